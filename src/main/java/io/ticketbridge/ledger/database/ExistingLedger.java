package io.ticketbridge.ledger.database;

import io.ticketbridge.config.DatabaseSettings;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;

/** A ledger that is only read: it is neither made nor migrated, and nothing is written to it. */
public final class ExistingLedger implements AutoCloseable {
    /** H2's error code for a file that is not there. */
    private static final int NOT_THERE = 90146;

    private static final String HISTORY = "flyway_schema_history";

    private static final String EXCLUSIVE = ";AUTO_SERVER=FALSE;ACCESS_MODE_DATA=r;LAZY_QUERY_EXECUTION=TRUE";

    private final Connection connection;
    private final MigrationVersion version;

    private ExistingLedger(Connection connection, MigrationVersion version) {
        this.connection = connection;
        this.version = version;
    }

    /** Beside others that go on with it, as it is at one moment; empty where no ledger is. */
    public static Optional<ExistingLedger> beside(DatabaseSettings ledger) throws SQLException {
        return open(ledger, JdbcUrl.patient(JdbcUrl.effective(ledger.url())));
    }

    /**
     * As this ticketbridge, or a newer one, has left it.
     *
     * @throws IllegalStateException if there is none, or only one of an older version
     */
    static ExistingLedger current(DatabaseSettings ledger) throws SQLException {
        ExistingLedger there = open(ledger, JdbcUrl.effective(ledger.url()))
                .orElseThrow(() -> new IllegalStateException("there is no ledger" + in(ledger)));
        MigrationVersion known = ShippedSchema.version();
        if (there.version.compareTo(known) < 0) {
            there.close();
            throw new IllegalStateException(
                    "its schema is of version " + there.version + ", and this ticketbridge reads " + known);
        }
        return there;
    }

    /** A path in a URL may be relative to wherever one happens to be. */
    private static String in(DatabaseSettings ledger) {
        return H2File.of(ledger.url()).map(file -> " in " + file.data()).orElse("");
    }

    /** While nobody else has it; empty where no ledger is. */
    public static Optional<ExistingLedger> alone(DatabaseSettings ledger) throws SQLException {
        Optional<H2File> file = H2File.of(ledger.url());
        boolean isFile = file.isPresent();
        if (file.filter(some -> Files.exists(some.beside(".lock.db"))).isPresent()) {
            // Its last user has it still, or was killed: then H2 brings the file to rest before anybody can only read
            // it.
            DriverManager.getConnection(
                            JdbcUrl.effective(ledger.url()) + ";IFEXISTS=TRUE",
                            ledger.user(),
                            ledger.password().reveal())
                    .close();
        }
        return open(ledger, isFile ? ledger.url().replaceAll("(?i);AUTO_SERVER=[^;]*", "") + EXCLUSIVE : ledger.url());
    }

    private static Optional<ExistingLedger> open(DatabaseSettings ledger, String url) throws SQLException {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        Connection opened = null;
        try {
            opened = DriverManager.getConnection(
                    url + (isH2(url) ? ";IFEXISTS=TRUE" : ""),
                    ledger.user(),
                    ledger.password().reveal());
            opened.setTransactionIsolation(
                    isH2(url) ? Connection.TRANSACTION_READ_COMMITTED : Connection.TRANSACTION_REPEATABLE_READ);
            opened.setAutoCommit(false);
            opened.setReadOnly(true);
            Optional<MigrationVersion> version = version(opened);
            if (version.isPresent()) {
                return Optional.of(new ExistingLedger(opened, version.get()));
            }
            opened.close();
            return Optional.empty();
        } catch (SQLException e) {
            if (opened != null) {
                opened.close();
            }
            if (e.getErrorCode() == NOT_THERE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Empty where nothing of ours was ever made. */
    private static Optional<MigrationVersion> version(Connection connection) throws SQLException {
        try (ResultSet history = connection
                .getMetaData()
                .getTables(null, connection.getSchema(), HISTORY, new String[] {"TABLE", "BASE TABLE"})) {
            if (!history.next()) {
                return Optional.empty();
            }
        }
        String sql = "select \"version\" from \"" + HISTORY + "\" where \"success\" and \"version\" is not null";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            MigrationVersion newest = null;
            while (rows.next()) {
                MigrationVersion each = MigrationVersion.fromVersion(rows.getString(1));
                newest = newest == null || each.isNewerThan(newest.getVersion()) ? each : newest;
            }
            return Optional.ofNullable(newest);
        }
    }

    public static boolean isH2(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:");
    }

    public Connection connection() {
        return connection;
    }

    /** @throws IllegalStateException if it was made by a newer ticketbridge, which may mean more by it */
    public void requireKnownVersion() {
        MigrationVersion known = ShippedSchema.version();
        if (version.compareTo(known) > 0) {
            throw new IllegalStateException("its schema has version " + version + ", and this ticketbridge knows "
                    + known + ": use the version that made it, or a newer one");
        }
    }

    public MigrationVersion version() {
        return version;
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
