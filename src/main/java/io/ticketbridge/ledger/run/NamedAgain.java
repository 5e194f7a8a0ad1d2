package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Failures that one scan names more than once, once per standard say: which groups they are in, and which controls they serve at
 * their check, in their account and region. One thread uses it.
 */
final class NamedAgain {
    /** A record that names one standard has few controls; those that name all of them are not repeated. */
    private static final int FEW = 4;

    private final Map<UUID, List<Control>> first = new HashMap<>();
    /** Most scopes of a check begin with the same. */
    private final Map<List<Control>, List<Control>> same = new HashMap<>();

    private final Map<UUID, Set<Control>> further = new HashMap<>();
    private final Set<UUID> groups = new HashSet<>();

    /** The first record of a scope. */
    void first(UUID scope, Finding finding) {
        if (finding.controls().size() <= FEW) {
            first.put(scope, same.computeIfAbsent(finding.controls(), controls -> controls));
        }
    }

    void again(UUID scope, Finding finding, Set<UUID> itsGroups) {
        if (!finding.controls().isEmpty()) {
            further.computeIfAbsent(scope, none -> new TreeSet<>(Control.ORDER)).addAll(finding.controls());
            groups.addAll(itsGroups);
        }
    }

    /** None where everything was named once. */
    Set<Control> controls(UUID scope) {
        if (!further.containsKey(scope)) {
            return Set.of();
        }
        Set<Control> all = new HashSet<>(further.get(scope));
        all.addAll(first.getOrDefault(scope, List.of()));
        return all;
    }

    List<UUID> groups() {
        return List.copyOf(groups);
    }
}
