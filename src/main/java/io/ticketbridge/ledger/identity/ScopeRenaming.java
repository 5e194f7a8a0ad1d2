package io.ticketbridge.ledger.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Gives a flow's findings the ids that they have under the scope's present name: no row is news, and none is left that nobody reads. Their
 * groups stay theirs. Some groups at a time, so that one who is killed at it goes on where it was.
 */
final class ScopeRenaming {
    /** A control's group may have many findings. */
    private static final int AT_ONCE = 50;

    private final LedgerDatabase database;

    ScopeRenaming(LedgerDatabase database) {
        this.database = database;
    }

    private record Row(FindingKey key, UUID group, UUID sourceScope) {}

    /** @return how many rows have other ids now */
    int rename(String flow, String before, String now) {
        List<UUID> groups = database.client()
                .sql("select id from finding_group where flow = :flow and grouping <> 'storm' order by id")
                .param("flow", flow)
                .query(UUID.class)
                .list();
        int renamed = 0;
        for (int start = 0; start < groups.size(); start += AT_ONCE) {
            List<UUID> some = groups.subList(start, Math.min(start + AT_ONCE, groups.size()));
            renamed += database.transaction().execute(status -> rename(some, before, now));
        }
        renameLetters(flow, before, now);
        return renamed;
    }

    /** What a route could not take is replayed as it was read. */
    private void renameLetters(String flow, String before, String now) {
        record Letter(long id, String raw) {}
        List<Letter> letters = database.client()
                .sql(
                        "select id, raw from dead_letter where flow = :flow and stage = 'read' and class = 'error' and raw is not null"
                                + " and replayed_at is null order by id")
                .param("flow", flow)
                .query((row, number) -> new Letter(row.getLong(1), row.getString(2)))
                .list();
        for (Letter letter : letters) {
            finding(letter.raw())
                    .ifPresent(read -> FindingKey.of(read).within(before).ifPresent(rest -> {
                        Finding renamed = read.in(now + rest);
                        database.jdbc()
                                .update(
                                        "update dead_letter set raw = ?, digest = ? where id = ?",
                                        Json.write(renamed),
                                        renamed.id(),
                                        letter.id());
                    }));
        }
    }

    /** Empty for a text that was cut, or is none. */
    private static Optional<Finding> finding(String raw) {
        try {
            return Optional.of(Json.finding(raw));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private int rename(List<UUID> groups, String before, String now) {
        Map<UUID, String> heads = new LinkedHashMap<>();
        // Groups first, and in their order, as pages and deliveries lock them.
        Batches.query(
                database,
                "select id, head from finding_group where id = any(?) order by id for update",
                groups,
                row -> heads.put(row.getObject(1, UUID.class), row.getString(2)));
        List<Row> rows = new ArrayList<>();
        Set<List<UUID>> taken = new HashSet<>();
        Batches.query(
                database,
                "select " + FindingKey.COLUMNS
                        + ", f.group_id, f.source_scope from finding f where f.group_id = any(?)",
                groups,
                row -> {
                    rows.add(new Row(FindingKey.of(row), row.getObject(6, UUID.class), row.getObject(7, UUID.class)));
                    taken.add(List.of(row.getObject(1, UUID.class), row.getObject(6, UUID.class)));
                });
        List<Object[]> findings = new ArrayList<>();
        List<Object[]> events = new ArrayList<>();
        Map<UUID, UUID> ids = new LinkedHashMap<>();
        for (Row row : rows) {
            Optional<String> rest = row.key().within(before);
            if (rest.isEmpty()) {
                continue;
            }
            UUID id = row.key().in(now + rest.get());
            // What a replay has read under its new id already: its former row ends with the next complete scan.
            UUID kept = taken.add(List.of(id, row.group())) ? id : row.key().id();
            findings.add(new Object[] {
                kept,
                scope(row, now + rest.get()),
                sourceScope(row, before + rest.get(), now + rest.get()),
                row.key().id(),
                row.group()
            });
            events.add(new Object[] {kept, row.key().id(), row.group()});
            ids.put(row.key().id(), kept);
        }
        Batches.send(
                database.jdbc(),
                "update finding set id = ?, scope_id = ?, source_scope = ? where id = ? and group_id = ?",
                findings);
        Batches.send(database.jdbc(), "update event set finding_id = ? where finding_id = ? and group_id = ?", events);
        renameSpeakers(heads, ids);
        return findings.size();
    }

    private static UUID scope(Row row, String now) {
        return ScopeIds.place(
                now, row.key().account(), row.key().region(), row.key().check());
    }

    private static UUID sourceScope(Row row, String before, String now) {
        return row.sourceScope().equals(ScopeIds.ofCheck(before, row.key().check()))
                ? ScopeIds.ofCheck(now, row.key().check())
                : ScopeIds.ofWhole(now);
    }

    /** The finding that speaks for a group is named in what its ticket says. */
    private void renameSpeakers(Map<UUID, String> heads, Map<UUID, UUID> ids) {
        List<Object[]> spoken = new ArrayList<>();
        heads.forEach((group, head) -> {
            UUID now = ids.get(Json.head(head).finding());
            if (now != null) {
                spoken.add(new Object[] {Json.write(Json.head(head).spokenBy(now)), group});
            }
        });
        Batches.send(database.jdbc(), "update finding_group set head = ? where id = ?", spoken);
    }
}
