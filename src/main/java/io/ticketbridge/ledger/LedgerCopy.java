package io.ticketbridge.ledger;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.config.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;

/**
 * A copy of the ledger that may be changed and thrown away (P29). The ledger itself is read in one transaction, never
 * migrated and never made: where there is none, the copy is empty.
 */
public final class LedgerCopy {
    private static final int BATCH = 1000;
    private static final int CONNECTIONS = 10;
    private static final String PARTS = "INTAKE_PART";

    /** H2's error code for a file that is not there. */
    private static final int NOT_THERE = 90146;

    private final DatabaseSettings ledger;
    private final DatabaseSettings copy;

    private LedgerCopy(DatabaseSettings ledger, DatabaseSettings copy) {
        this.ledger = ledger;
        this.copy = copy;
    }

    /**
     * @param folder where the copy is made; whoever asks for it deletes it
     * @return where the copy is
     * @throws LedgerUnavailable if the ledger is there and can't be read
     */
    public static DatabaseSettings of(DatabaseSettings ledger, Path folder) {
        DatabaseSettings copy = in(folder, ledger.poolSize());
        try {
            new LedgerCopy(ledger, copy).make();
        } catch (SQLException | IllegalStateException e) {
            throw LedgerUnavailable.because(ledger, e);
        }
        return copy;
    }

    /** The same of a ledger that nobody has used yet. */
    public static DatabaseSettings empty(Path folder) {
        return in(folder, CONNECTIONS);
    }

    /** Nobody else opens it: no server, and nothing has to survive a kill. */
    private static DatabaseSettings in(Path folder, int connections) {
        return new DatabaseSettings(
                "jdbc:h2:file:" + folder.resolve("plan").toAbsolutePath() + ";AUTO_SERVER=FALSE;WRITE_DELAY=500",
                "",
                Secret.NONE,
                connections);
    }

    private void make() throws SQLException {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        Optional<Connection> opened = open();
        if (opened.isEmpty()) {
            return;
        }
        try (Connection from = opened.get()) {
            from.setTransactionIsolation(
                    isH2() ? Connection.TRANSACTION_READ_COMMITTED : Connection.TRANSACTION_REPEATABLE_READ);
            from.setAutoCommit(false);
            from.setReadOnly(true);
            Optional<String> version = version(from);
            if (version.isEmpty()) {
                return;
            }
            String made = LedgerDatabase.migrate(copy, version.get());
            if (!MigrationVersion.fromVersion(made).equals(MigrationVersion.fromVersion(version.get()))) {
                throw new IllegalStateException("its schema has version " + version.get()
                        + ", and this ticketbridge knows " + made + ": plan with the version that runs");
            }
            try (Connection to = DriverManager.getConnection(copy.url(), "", "")) {
                to.setAutoCommit(false);
                for (String table : tables(to)) {
                    copy(from, to, table);
                }
                copyParts(from, to);
                bringToRest(to);
                to.commit();
            }
            from.rollback();
        }
    }

    private boolean isH2() {
        return ledger.url().startsWith("jdbc:h2:");
    }

    private Optional<Connection> open() throws SQLException {
        String url = JdbcUrl.effective(ledger.url()) + (isH2() ? ";IFEXISTS=TRUE" : "");
        try {
            return Optional.of(DriverManager.getConnection(
                    url, ledger.user(), ledger.password().reveal()));
        } catch (SQLException e) {
            if (e.getErrorCode() == NOT_THERE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The ledger's schema version; empty where nothing of ours was ever made. */
    private Optional<String> version(Connection from) throws SQLException {
        try (ResultSet tables = from.getMetaData()
                .getTables(null, isH2() ? "PUBLIC" : from.getSchema(), "flyway_schema_history", null)) {
            if (!tables.next()) {
                return Optional.empty();
            }
        }
        String sql = "select \"version\" from \"flyway_schema_history\" where \"success\" and \"version\" is not null";
        try (Statement statement = from.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            MigrationVersion newest = null;
            while (rows.next()) {
                MigrationVersion each = MigrationVersion.fromVersion(rows.getString(1));
                newest = newest == null || each.isNewerThan(newest.getVersion()) ? each : newest;
            }
            return Optional.ofNullable(newest).map(MigrationVersion::getVersion);
        }
    }

    private static List<String> tables(Connection to) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet tables = to.getMetaData().getTables(null, "PUBLIC", "%", new String[] {"BASE TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        names.removeIf(name -> name.equals("flyway_schema_history") || name.equals(PARTS));
        return names;
    }

    private static void copy(Connection from, Connection to, String table) throws SQLException {
        List<String> columns = columns(to, table);
        String names = String.join(", ", columns);
        String insert = "insert into " + table + " (" + names + ") overriding system value values ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        try (Statement select = from.createStatement();
                PreparedStatement into = to.prepareStatement(insert)) {
            select.setFetchSize(BATCH);
            try (ResultSet rows = select.executeQuery("select " + names + " from " + table)) {
                ResultSetMetaData types = rows.getMetaData();
                int waiting = 0;
                while (rows.next()) {
                    for (int column = 1; column <= columns.size(); column++) {
                        into.setObject(column, value(rows, types, column));
                    }
                    into.addBatch();
                    if (++waiting % BATCH == 0) {
                        into.executeBatch();
                    }
                }
                into.executeBatch();
            }
        }
        for (String column : List.of("ID", "NUMBER")) {
            if (columns.contains(column) && isNumber(to, table, column)) {
                restartNumbers(to, table, column);
            }
        }
    }

    /** One by one: each has a quarter of a megabyte. Only those of bodies that are still to be read. */
    private static void copyParts(Connection from, Connection to) throws SQLException {
        if (columns(to, PARTS).isEmpty()) {
            return;
        }
        String waiting = "select id from intake where state in ('waiting', 'reading') order by number";
        try (Statement select = from.createStatement();
                ResultSet ids = select.executeQuery(waiting);
                PreparedStatement part =
                        from.prepareStatement("select bytes from intake_part where intake_id = ? and number = ?");
                PreparedStatement into =
                        to.prepareStatement("insert into intake_part (intake_id, number, bytes) values (?, ?, ?)")) {
            while (ids.next()) {
                Object id = ids.getObject(1);
                for (int number = 0; copyPart(part, into, id, number); number++) {}
            }
        }
    }

    private static boolean copyPart(PreparedStatement part, PreparedStatement into, Object id, int number)
            throws SQLException {
        part.setObject(1, id);
        part.setInt(2, number);
        try (ResultSet row = part.executeQuery()) {
            if (!row.next()) {
                return false;
            }
            into.setObject(1, id);
            into.setInt(2, number);
            into.setBytes(3, row.getBytes(1));
            into.executeUpdate();
            return true;
        }
    }

    private static Object value(ResultSet rows, ResultSetMetaData types, int column) throws SQLException {
        String type = types.getColumnTypeName(column).toLowerCase(java.util.Locale.ROOT);
        if (type.startsWith("timestamp")) {
            return rows.getObject(column, OffsetDateTime.class);
        }
        return type.contains("char") || type.equals("text") ? rows.getString(column) : rows.getObject(column);
    }

    private static List<String> columns(Connection to, String table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet columns = to.getMetaData().getColumns(null, "PUBLIC", table, "%")) {
            while (columns.next()) {
                names.add(columns.getString("COLUMN_NAME"));
            }
        }
        return names;
    }

    private static boolean isNumber(Connection to, String table, String column) throws SQLException {
        try (ResultSet columns = to.getMetaData().getColumns(null, "PUBLIC", table, column)) {
            return columns.next() && "YES".equals(columns.getString("IS_AUTOINCREMENT"));
        }
    }

    private static void restartNumbers(Connection to, String table, String column) throws SQLException {
        try (Statement statement = to.createStatement();
                ResultSet most = statement.executeQuery("select coalesce(max(" + column + "), 0) + 1 from " + table)) {
            most.next();
            long next = most.getLong(1);
            try (Statement alter = to.createStatement()) {
                alter.execute("alter table " + table + " alter column " + column + " restart with " + next);
            }
        }
    }

    /**
     * Whoever works on a group or reads a scan goes on with it in the ledger itself; in the copy nobody does. What waits for its
     * next attempt is planned, too.
     */
    private static void bringToRest(Connection to) throws SQLException {
        try (Statement statement = to.createStatement()) {
            statement.executeUpdate(
                    "update run set seen_at = dateadd('day', -1, started_at) where state in ('reading', 'read')");
            if (!columns(to, PARTS).isEmpty()) {
                statement.executeUpdate("update intake set lease_until = received_at where state = 'reading'");
            }
            statement.executeUpdate(
                    "update finding_group set lease_owner = null, lease_until = null, due_at = least(due_at, current_timestamp)");
        }
    }
}
