package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.ConnectionCallback;

/** What the ledger has of a flow's findings, by their identities. */
final class FindingLookUp {
    /**
     * The flow is compared with what comes back: asked for here, it led PostgreSQL from the flow's groups to all their findings.
     * Some keys at a time: H2 compares each row that it finds with every key once more, and joined keys had PostgreSQL read
     * the whole table.
     */
    static final String SQL =
            """
            select f.id, f.group_id, f.content, f.result, f.severity, f.version, f.listed,
                   g.shown, g.released, g.held, g.dead, g.grouping, g.flow, f.accepted_in, f.run_id, %s
            from finding f join finding_group g on g.id = f.group_id
            where f.id = any(?)"""
                    .formatted(FindingRow.GROUP_OPEN);

    private final LedgerDatabase database;

    FindingLookUp(LedgerDatabase database) {
        this.database = database;
    }

    Map<UUID, List<FindingRow>> of(Run run, Collection<UUID> identities) {
        if (identities.isEmpty()) {
            return Map.of();
        }
        List<UUID> all = List.copyOf(identities);
        return database.jdbc().execute((ConnectionCallback<Map<UUID, List<FindingRow>>>) connection -> {
            Map<UUID, List<FindingRow>> rows = new HashMap<>(all.size() * 2);
            try (var statement = connection.prepareStatement(SQL)) {
                for (List<UUID> some : Batches.ofKeys(database, all)) {
                    Array keys = connection.createArrayOf("uuid", some.toArray());
                    statement.setArray(1, keys);
                    try (ResultSet result = statement.executeQuery()) {
                        take(result, run, rows);
                    } finally {
                        keys.free();
                    }
                }
            }
            return rows;
        });
    }

    private static void take(ResultSet result, Run run, Map<UUID, List<FindingRow>> rows) throws SQLException {
        while (result.next()) {
            if (run.flow().equals(result.getString(13))) {
                FindingRow row = row(result, run.facts());
                rows.computeIfAbsent(row.id(), id -> new ArrayList<>(1)).add(row);
            }
        }
    }

    private static FindingRow row(ResultSet result, FlowFacts facts) throws SQLException {
        return new FindingRow(
                result.getObject(1, UUID.class),
                result.getObject(2, UUID.class),
                result.getObject(3, UUID.class),
                Result.values()[result.getInt(4)],
                Severity.values()[result.getInt(5)],
                result.getLong(6),
                result.getBoolean(7),
                result.getLong(8),
                result.getBoolean(9),
                result.getString(10) != null,
                result.getBoolean(11),
                result.getBoolean(16),
                result.getObject(14) != null,
                result.getLong(15),
                !facts.forms(result.getString(12)));
    }
}
