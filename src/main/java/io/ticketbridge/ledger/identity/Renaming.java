package io.ticketbridge.ledger.identity;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ticket.GroupIdentity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Gives findings and groups the ids of the present recipe as they are read, before the filter asks for them: their tickets stay
 * theirs (P3). What no earlier version named otherwise it leaves alone. A group of which a part stays where it is keeps its id, and the
 * findings that belong elsewhere now stay on its ticket until that is done ({@code PageSession.tellLeftBehind}).
 */
public final class Renaming {
    /** Where the id of a group stands. */
    private static final List<String> OF_GROUPS = List.of(
            "update finding_group set id = ?, fence = fence + 1, lease_owner = null, lease_until = null where id = ?",
            "update finding set group_id = ? where group_id = ?",
            "update ticket set group_id = ? where group_id = ?",
            "update action set group_id = ? where group_id = ?",
            "update dead_letter set group_id = ? where group_id = ?",
            "update pair set group_id = ? where group_id = ?",
            "update carried set group_id = ? where group_id = ?",
            "update source_write set group_id = ? where group_id = ?",
            "update event set group_id = ? where group_id = ?");

    /** Where the id of a finding stands. */
    private static final List<String> OF_FINDINGS =
            List.of("update finding set id = ? where id = ?", "update event set finding_id = ? where finding_id = ?");

    private static final String PLACE =
            "update finding set scope_id = ?, source_scope = ?, account = ?, region = ?, resource_uid = ? where id = ?";

    private final LedgerDatabase database;
    private final SplitGroups split;
    private final List<FormerRecipe> former;
    private final BiFunction<Finding, String, List<GroupIdentity>> groups;

    /** @param groups the groups that a flow puts a finding into */
    public Renaming(
            LedgerDatabase database,
            List<FormerRecipe> former,
            BiFunction<Finding, String, List<GroupIdentity>> groups) {
        this.database = database;
        this.split = new SplitGroups(database);
        this.former = List.copyOf(former);
        this.groups = groups;
    }

    /** Whether an earlier version named any of them otherwise. */
    public boolean isNeeded(Set<Finding> findings) {
        return findings.stream().anyMatch(finding -> former.stream()
                .anyMatch(recipe -> recipe.former(finding).isPresent()));
    }

    /**
     * @param flow the flow that names them
     * @param scopes those of the scan
     * @param heard hears each as it was called before
     * @param findings with their present ids
     * @return the ids that findings of the ledger have now
     */
    public Set<UUID> rename(String flow, ScopeIds scopes, Consumer<Finding> heard, Map<Finding, UUID> findings) {
        Set<UUID> renamed = new HashSet<>();
        for (FormerRecipe recipe : former) {
            Map<UUID, UUID> ofFindings = new LinkedHashMap<>();
            Map<UUID, UUID> ofGroups = new LinkedHashMap<>();
            Map<UUID, Finding> places = new HashMap<>();
            SplitGroups.Moved moved = split.moved();
            findings.forEach((finding, now) -> recipe.former(finding).ifPresent(before -> {
                ofFindings.putIfAbsent(recipe.finding(before), now);
                places.put(now, finding);
                pairs(recipe, before, finding, flow).forEach((groupBefore, groupNow) -> {
                    ofGroups.putIfAbsent(groupBefore, groupNow);
                    moved.add(groupBefore, before, finding);
                });
                heard.accept(before);
            }));
            if (ofFindings.isEmpty()) {
                continue;
            }
            database.transaction().executeWithoutResult(status -> {
                Set<UUID> concerned = new HashSet<>(ofGroups.keySet());
                concerned.addAll(ofGroups.values());
                keepToBeRenamed("finding", ofFindings);
                keepToBeRenamed("finding_group", ofGroups);
                moved.dropSplit(ofGroups.keySet());
                if (ofFindings.isEmpty() && ofGroups.isEmpty()) {
                    return;
                }
                lock(concerned);
                // A page of another worker may have come first.
                moved.dropSplit(ofGroups.keySet());
                rename(ofGroups, OF_GROUPS);
                rename(ofFindings, OF_FINDINGS);
                move(scopes, ofFindings.values(), places);
                renameSpeakers(concerned, ofFindings);
            });
            renamed.addAll(ofFindings.values());
        }
        return renamed;
    }

    /** @return identities to the groups in which an earlier version had them, where those are others now */
    public Map<UUID, Set<UUID>> formerGroups(String flow, Map<Finding, UUID> findings) {
        Map<UUID, Set<UUID>> all = new HashMap<>();
        for (FormerRecipe recipe : former) {
            findings.forEach((finding, now) -> recipe.former(finding)
                    .ifPresent(before -> pairs(recipe, before, finding, flow).forEach((groupBefore, groupNow) -> {
                        if (!groupBefore.equals(groupNow)) {
                            all.computeIfAbsent(now, id -> new HashSet<>(2)).add(groupBefore);
                        }
                    })));
        }
        return all;
    }

    /** A finding is in the same groups before and now, in one order. */
    private Map<UUID, UUID> pairs(FormerRecipe recipe, Finding former, Finding finding, String flow) {
        List<GroupIdentity> before = groups.apply(former, flow);
        List<GroupIdentity> now = groups.apply(finding, flow);
        Map<UUID, UUID> pairs = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
            pairs.putIfAbsent(recipe.group(before.get(i)), now.get(i).id());
        }
        return pairs;
    }

    /** In their order, as pages and deliveries lock them. */
    private void lock(Set<UUID> groupIds) {
        Batches.query(
                database,
                "select id from finding_group where id = any(?) order by id for update",
                new TreeSet<>(groupIds),
                row -> {});
    }

    /** What a scan proves to be gone goes by where it is. */
    private void move(ScopeIds scopes, Collection<UUID> renamed, Map<UUID, Finding> places) {
        List<Object[]> rows = new ArrayList<>();
        for (UUID id : renamed) {
            Finding finding = places.get(id);
            rows.add(new Object[] {
                scopes.scopeOf(finding),
                scopes.sourceScopeOf(finding),
                Text.cut(finding.account()),
                Text.cut(finding.region()),
                Text.cut(finding.resource().uid()),
                id
            });
        }
        if (!rows.isEmpty()) {
            database.jdbc().batchUpdate(PLACE, rows);
        }
    }

    /** What has its new id already was seen since: what is left under the old one ends with the next complete scan. */
    private void keepToBeRenamed(String table, Map<UUID, UUID> ids) {
        ids.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
        ids.keySet().retainAll(present(table, ids.keySet()));
        Set<UUID> taken = present(table, ids.values());
        ids.values().removeIf(now -> !taken.add(now));
    }

    private void rename(Map<UUID, UUID> ids, List<String> statements) {
        List<Object[]> rows = new ArrayList<>();
        ids.forEach((before, now) -> rows.add(new Object[] {now, before}));
        if (!rows.isEmpty()) {
            statements.forEach(statement -> database.jdbc().batchUpdate(statement, rows));
        }
    }

    private Set<UUID> present(String table, Collection<UUID> ids) {
        Set<UUID> present = new HashSet<>();
        Batches.query(database, "select distinct id from " + table + " where id = any(?)", new HashSet<>(ids), row -> {
            present.add(row.getObject(1, UUID.class));
        });
        return present;
    }

    /** The finding that speaks for a group is named in what its ticket says. */
    private void renameSpeakers(Collection<UUID> groupIds, Map<UUID, UUID> findings) {
        Map<UUID, String> heads = new HashMap<>();
        Batches.query(
                database, "select id, head from finding_group where id = any(?)", new HashSet<>(groupIds), row -> {
                    UUID now = findings.get(Json.head(row.getString(2)).finding());
                    if (now != null) {
                        heads.put(
                                row.getObject(1, UUID.class),
                                Json.write(Json.head(row.getString(2)).spokenBy(now)));
                    }
                });
        List<Object[]> rows = new ArrayList<>();
        heads.forEach((group, head) -> rows.add(new Object[] {head, group}));
        database.jdbc().batchUpdate("update finding_group set head = ? where id = ?", rows);
    }
}
