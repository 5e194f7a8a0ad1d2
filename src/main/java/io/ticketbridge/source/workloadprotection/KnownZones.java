package io.ticketbridge.source.workloadprotection;

import io.ticketbridge.ledger.Watermarks;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The zones that each control of a flow was ever read in. Where one of them is not read any more, because a policy was taken off
 * it or the flow's filter was narrowed, resources vanish that nobody has mended (P11).
 */
final class KnownZones {
    private static final int LONGEST = 4000;

    private final Watermarks watermarks;

    KnownZones(Watermarks watermarks) {
        this.watermarks = watermarks;
    }

    boolean isNarrower(String flow, PostureControl control) {
        Set<String> known = new TreeSet<>(known(flow, control).orElse(List.of()));
        // What does not fit was not remembered, so nobody can tell whether a zone is missing.
        return !control.zones().containsAll(known)
                || known.addAll(control.zones()) && String.join(" ", known).length() > LONGEST;
    }

    /** Those that are not read any more. */
    Set<String> missing(String flow, PostureControl control) {
        Set<String> missing = new TreeSet<>(known(flow, control).orElse(List.of()));
        missing.removeAll(control.zones());
        return missing;
    }

    /** The control is in no other zones any more, and what was there is gone. */
    void forgetOthers(String flow, PostureControl control) {
        watermarks.move(key(flow, control), String.join(" ", new TreeSet<>(control.zones())));
    }

    void remember(String flow, PostureControl control) {
        Set<String> zones = new TreeSet<>(known(flow, control).orElse(List.of()));
        boolean isNews = zones.addAll(control.zones());
        String joined = String.join(" ", zones);
        if (isNews && joined.length() <= LONGEST) {
            watermarks.move(key(flow, control), joined);
        }
    }

    private Optional<Collection<String>> known(String flow, PostureControl control) {
        return watermarks.of(key(flow, control)).map(zones -> List.of(zones.split(" ")));
    }

    private static String key(String flow, PostureControl control) {
        return flow + "/" + control.id();
    }
}
