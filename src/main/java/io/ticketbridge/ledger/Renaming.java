package io.ticketbridge.ledger;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.GroupIdentity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Gives findings and groups the ids of the present recipe as they are read, before the filter asks for them: their tickets stay
 * theirs (P3). What no earlier version named otherwise it leaves alone.
 */
final class Renaming {
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
    private final List<FormerRecipe> former;
    private final BiFunction<Finding, String, List<GroupIdentity>> groups;

    /** @param groups the groups that a flow puts a finding into */
    Renaming(
            LedgerDatabase database,
            List<FormerRecipe> former,
            BiFunction<Finding, String, List<GroupIdentity>> groups) {
        this.database = database;
        this.former = List.copyOf(former);
        this.groups = groups;
    }

    /** Whether an earlier version named any of them otherwise. */
    boolean isNeeded(Set<Finding> findings) {
        return findings.stream().anyMatch(finding -> former.stream()
                .anyMatch(recipe -> recipe.former(finding).isPresent()));
    }

    /**
     * @param findings with their present ids
     * @return the ids that findings of the ledger have now
     */
    Set<UUID> rename(Run run, Map<Finding, UUID> findings) {
        Set<UUID> renamed = new HashSet<>();
        for (FormerRecipe recipe : former) {
            Map<UUID, UUID> ofFindings = new LinkedHashMap<>();
            Map<UUID, UUID> ofGroups = new LinkedHashMap<>();
            Map<UUID, Finding> places = new HashMap<>();
            findings.forEach((finding, now) -> recipe.former(finding).ifPresent(before -> {
                ofFindings.putIfAbsent(recipe.finding(before), now);
                places.put(now, finding);
                addGroups(ofGroups, recipe, groups.apply(before, run.flow()), groups.apply(finding, run.flow()));
                run.coverage().hearsAlso(before);
            }));
            if (ofFindings.isEmpty()) {
                continue;
            }
            database.transaction().executeWithoutResult(status -> {
                rename("finding_group", ofGroups, OF_GROUPS);
                rename("finding", ofFindings, OF_FINDINGS);
                move(run.scopes(), ofFindings.values(), places);
                renameSpeakers(ofGroups.values(), ofFindings);
            });
            renamed.addAll(ofFindings.values());
        }
        return renamed;
    }

    /** A finding is in the same groups before and now, in one order. */
    private static void addGroups(
            Map<UUID, UUID> all, FormerRecipe recipe, List<GroupIdentity> before, List<GroupIdentity> now) {
        for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
            all.putIfAbsent(recipe.group(before.get(i)), now.get(i).id());
        }
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
    private void rename(String table, Map<UUID, UUID> ids, List<String> statements) {
        ids.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
        ids.keySet().retainAll(present(table, ids.keySet()));
        Set<UUID> taken = present(table, ids.values());
        ids.values().removeIf(now -> !taken.add(now));
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
