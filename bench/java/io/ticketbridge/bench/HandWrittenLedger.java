package io.ticketbridge.bench;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The statements of the hand-written contender: prepared once, sent in batches, one transaction a page. */
final class HandWrittenLedger implements AutoCloseable {
    static final String FLOW = "scc";

    /** A finding in a group as the tables have it. */
    record Known(UUID id, UUID group, UUID content, int result, boolean released) {}

    /** A failure that the report does not name any more. */
    record Gone(UUID id, UUID group) {}

    private final Connection connection;
    private final PreparedStatement lookUp;
    private final PreparedStatement insertFinding;
    private final PreparedStatement updateFinding;
    private final PreparedStatement insertGroup;
    private final PreparedStatement updateGroup;
    private final PreparedStatement insertEvent;
    private final PreparedStatement count;

    HandWrittenLedger(Database database) throws SQLException {
        // The driver sends a batch of inserts as statements with many rows.
        String url = database.kind() == Database.Kind.POSTGRESQL
                ? database.url() + "?reWriteBatchedInserts=true"
                : database.url();
        connection = DriverManager.getConnection(url, database.user(), database.password());
        HandWrittenTables.create(connection);
        connection.setAutoCommit(false);
        lookUp = connection.prepareStatement(
                """
                select f.id, f.group_id, f.content, f.result, g.released
                from finding f join finding_group g on g.id = f.group_id where f.id = any(?)""");
        insertFinding = connection.prepareStatement(
                """
                insert into finding (id, group_id, content, result, severity, version, listed, run_id, scope_id, source_scope,
                    account, region, check_id, resource_uid, resource_name, resource_type, message, first_seen, changed_at)
                values (?, ?, ?, ?, 0, ?, false, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
        updateFinding = connection.prepareStatement(
                """
                update finding set content = ?, result = ?, version = ?, listed = ?, run_id = ?, message = ?, changed_at = ?
                where id = ? and group_id = ?""");
        insertGroup = connection.prepareStatement(
                """
                insert into finding_group (id, flow, label, label_key, grouping, head, version, settled, shown, run_id, pending,
                    released, due_at, attempts)
                values (?, 'scc', ?, ?, 'control', ?, ?, 0, 0, ?, true, false, ?, 0)""");
        updateGroup = connection.prepareStatement(
                """
                update finding_group set version = ?, run_id = ?, pending = true, released = false, due_at = ?, attempts = 0
                where id = any(?)""");
        insertEvent = connection.prepareStatement(
                "insert into event (group_id, finding_id, run_id, what, text, at) values (?, ?, ?, 'finding', ?, ?)");
        count = connection.prepareStatement(
                """
                update run set read_count = read_count + ?, unchanged_count = unchanged_count + ?,
                    inconclusive_count = inconclusive_count + ?, news_count = news_count + ?, seen_at = ? where id = ?""");
    }

    long begin(String scan, OffsetDateTime now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into run (flow, scan, state, started_at, seen_at) values ('scc', ?, 'reading', ?, ?)",
                new String[] {"id"})) {
            set(insert, scan, now, now);
            insert.executeUpdate();
            try (ResultSet key = insert.getGeneratedKeys()) {
                key.next();
                long run = key.getLong(1);
                connection.commit();
                return run;
            }
        }
    }

    Set<UUID> groups() throws SQLException {
        Set<UUID> groups = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from finding_group where flow = 'scc'")) {
            while (rows.next()) {
                groups.add(rows.getObject(1, UUID.class));
            }
        }
        return groups;
    }

    /** One query for a page. */
    Map<UUID, List<Known>> lookUp(Object[] identities) throws SQLException {
        Map<UUID, List<Known>> known = new HashMap<>(identities.length * 2);
        Array keys = connection.createArrayOf("uuid", identities);
        lookUp.setArray(1, keys);
        try (ResultSet rows = lookUp.executeQuery()) {
            while (rows.next()) {
                Known row = new Known(
                        rows.getObject(1, UUID.class),
                        rows.getObject(2, UUID.class),
                        rows.getObject(3, UUID.class),
                        rows.getInt(4),
                        rows.getBoolean(5));
                known.computeIfAbsent(row.id(), id -> new ArrayList<>(1)).add(row);
            }
        }
        keys.free();
        return known;
    }

    void insertFinding(Object... values) throws SQLException {
        add(insertFinding, values);
    }

    void updateFinding(Object... values) throws SQLException {
        add(updateFinding, values);
    }

    void insertGroup(Object... values) throws SQLException {
        add(insertGroup, values);
    }

    /** All of them with one statement, for they all come to the same version. */
    void updateGroups(Collection<UUID> groups, long version, long run, OffsetDateTime now) throws SQLException {
        if (!groups.isEmpty()) {
            Array ids = connection.createArrayOf("uuid", groups.toArray());
            set(updateGroup, version, run, now, ids);
            updateGroup.executeUpdate();
            ids.free();
        }
    }

    void insertEvent(Object... values) throws SQLException {
        add(insertEvent, values);
    }

    /** Sends what was added and the page's figures, and makes it durable. */
    void commit(long run, OffsetDateTime now, long read, long unchanged, long inconclusive, long news)
            throws SQLException {
        insertGroup.executeBatch();
        insertFinding.executeBatch();
        updateFinding.executeBatch();
        insertEvent.executeBatch();
        set(count, read, unchanged, inconclusive, news, now, run);
        count.executeUpdate();
        connection.commit();
    }

    long failing() throws SQLException {
        return number("select count(*) from finding f join finding_group g on g.id = f.group_id"
                + " where g.flow = 'scc' and f.result = 0");
    }

    /** The failures that were not seen. Streams, for there may be a million. */
    List<Gone> gone(Set<UUID> seen) throws SQLException {
        List<Gone> gone = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(1000);
            try (ResultSet rows = statement.executeQuery(
                    "select f.id, f.group_id from finding f join finding_group g on g.id = f.group_id"
                            + " where g.flow = 'scc' and f.result = 0")) {
                while (rows.next()) {
                    UUID id = rows.getObject(1, UUID.class);
                    if (!seen.contains(id)) {
                        gone.add(new Gone(id, rows.getObject(2, UUID.class)));
                    }
                }
            }
        }
        return gone;
    }

    void end(Collection<Gone> gone, long version, long run, OffsetDateTime now) throws SQLException {
        try (PreparedStatement finding = connection.prepareStatement(
                        "update finding set result = 1, version = ?, listed = true, run_id = ?, changed_at = ?"
                                + " where id = ? and group_id = ?");
                PreparedStatement absent =
                        connection.prepareStatement("update run set absent_count = ? where id = ?")) {
            Set<UUID> groups = new HashSet<>();
            for (Gone each : gone) {
                add(finding, version, -run, now, each.id(), each.group());
                insertEvent(each.group(), each.id(), run, "absent", now);
                groups.add(each.group());
            }
            updateGroups(groups, version, run, now);
            finding.executeBatch();
            insertEvent.executeBatch();
            set(absent, (long) gone.size(), run);
            absent.executeUpdate();
            connection.commit();
        }
    }

    /** Nothing is owed for the groups any more, and the run is done. */
    void settle(Collection<UUID> groups, long run, OffsetDateTime now) throws SQLException {
        try (PreparedStatement settle = connection.prepareStatement(
                        "update finding_group set pending = false, settled = version, shown = version where id = ?");
                PreparedStatement end =
                        connection.prepareStatement("update run set state = 'done', ended_at = ? where id = ?")) {
            for (UUID group : groups) {
                add(settle, group);
            }
            settle.executeBatch();
            set(end, now, run);
            end.executeUpdate();
            connection.commit();
        }
    }

    Holdings holdings() throws SQLException {
        return new Holdings(
                number("select count(*) from finding"), failing(), number("select count(*) from finding_group"));
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void add(PreparedStatement statement, Object... values) throws SQLException {
        set(statement, values);
        statement.addBatch();
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int at = 0; at < values.length; at++) {
            statement.setObject(at + 1, values[at]);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
