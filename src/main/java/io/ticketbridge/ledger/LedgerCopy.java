package io.ticketbridge.ledger;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.config.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * A copy of the ledger that may be changed and thrown away (P29). The ledger itself is read in one transaction, never
 * migrated and never made: where there is none, the copy is empty.
 */
public final class LedgerCopy {
    private static final int CONNECTIONS = 10;

    private LedgerCopy() {}

    /**
     * @param folder where the copy is made; whoever asks for it deletes it
     * @return where the copy is
     * @throws LedgerUnavailable if the ledger is there and can't be read
     */
    public static DatabaseSettings of(DatabaseSettings ledger, Path folder) {
        DatabaseSettings copy = in(folder, ledger.poolSize());
        try {
            MovedMark.of(ledger.url()).require();
            Optional<ExistingLedger> there = ExistingLedger.beside(ledger);
            if (there.isPresent()) {
                try (ExistingLedger from = there.get()) {
                    make(from, copy);
                }
            }
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

    private static void make(ExistingLedger from, DatabaseSettings copy) throws SQLException {
        from.requireKnownVersion();
        LedgerDatabase.migrate(copy, from.version().getVersion());
        try (Connection to = DriverManager.getConnection(copy.url(), "", "")) {
            Numbering.after(from, to);
            to.setAutoCommit(false);
            TableCopy rows = new TableCopy(from.connection(), to, done -> {});
            List<String> tables = from.tables();
            for (String table : tables) {
                if (!table.equals(LedgerTables.PARTS)) {
                    rows.copy(table);
                }
            }
            if (tables.contains(LedgerTables.PARTS)) {
                // Only of bodies that are still to be read.
                rows.copyParts("state in ('waiting', 'reading')");
            }
            bringToRest(to, tables);
            to.commit();
        }
    }

    /**
     * Whoever works on a group or reads a scan goes on with it in the ledger itself; in the copy nobody does. What waits for its
     * next attempt is planned, too.
     */
    private static void bringToRest(Connection to, List<String> tables) throws SQLException {
        try (Statement statement = to.createStatement()) {
            statement.executeUpdate(
                    "update run set seen_at = dateadd('day', -1, started_at) where state in ('reading', 'read')");
            if (tables.contains(LedgerTables.PARTS)) {
                statement.executeUpdate("update intake set lease_until = received_at where state = 'reading'");
            }
            statement.executeUpdate(
                    "update finding_group set lease_owner = null, lease_until = null, due_at = least(due_at, current_timestamp)");
        }
    }
}
