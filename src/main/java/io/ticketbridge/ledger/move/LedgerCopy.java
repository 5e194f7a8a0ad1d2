package io.ticketbridge.ledger.move;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.config.Secret;
import io.ticketbridge.ledger.database.ExistingLedger;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.LedgerUnavailable;
import io.ticketbridge.ledger.database.MovedMark;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A copy of the ledger that may be changed and thrown away (P29). The ledger itself is read in one transaction, never
 * migrated and never made: where there is none, the copy is empty. What a plan does not ask for is left out.
 */
public final class LedgerCopy {
    private static final int CONNECTIONS = 10;

    /** What a row takes in the copy, in bytes: 930 of a finding were measured. */
    private static final long ROW = 1200;

    /** What was done before; a plan tells what would be. */
    private static final Set<String> EMPTY = Set.of("event", "source_write");

    private static final Set<String> TEXTS_OF_WRITES = Set.of("request", "answer");

    private LedgerCopy() {}

    /**
     * @param folder where the copy is made; whoever asks for it deletes it
     * @param listener hears how far it is
     * @return where the copy is
     * @throws LedgerUnavailable if the ledger is there and can't be read, or the folder can't hold a copy of it
     */
    public static DatabaseSettings of(DatabaseSettings ledger, Path folder, LedgerMove.Listener listener) {
        DatabaseSettings copy = in(folder, ledger.poolSize());
        try {
            MovedMark.of(ledger.url()).require();
            Optional<ExistingLedger> there = ExistingLedger.beside(ledger);
            if (there.isPresent()) {
                try (ExistingLedger from = there.get()) {
                    from.requireKnownVersion();
                    Map<String, Long> rows = rows(from);
                    requireRoom(rows, folder);
                    make(from, rows, copy, folder, listener);
                }
            }
        } catch (SQLException | IllegalStateException e) {
            throw LedgerUnavailable.because(ledger, e);
        }
        return copy;
    }

    private static Map<String, Long> rows(ExistingLedger from) throws SQLException {
        Map<String, Long> rows = new LinkedHashMap<>();
        ExistingTables tables = new ExistingTables(from);
        for (String table : tables.names()) {
            rows.put(table, EMPTY.contains(table) ? 0 : tables.count(table));
        }
        return rows;
    }

    /** A folder that is full in the end may take more with it than the plan: a pod, say. */
    private static void requireRoom(Map<String, Long> rows, Path folder) {
        long needed = ROW * rows.values().stream().mapToLong(Long::longValue).sum();
        long free = folder.toFile().getUsableSpace();
        if (needed > free) {
            throw LedgerUnavailable.ofCopy(
                    folder,
                    new IOException(String.format(
                            Locale.ROOT, "about %,d MB are needed, and %,d are free", needed >> 20, free >> 20)));
        }
    }

    /** The same of a ledger that nobody has used yet. */
    public static DatabaseSettings empty(Path folder) {
        return in(folder, CONNECTIONS);
    }

    /** Nobody else opens it: no server, nothing has to survive a kill, and what was overwritten is free at once. */
    private static DatabaseSettings in(Path folder, int connections) {
        return new DatabaseSettings(
                "jdbc:h2:file:" + folder.resolve("plan").toAbsolutePath()
                        + ";AUTO_SERVER=FALSE;WRITE_DELAY=500;RETENTION_TIME=0;COMPRESS=TRUE",
                "",
                Secret.NONE,
                connections);
    }

    private static void make(
            ExistingLedger from,
            Map<String, Long> rows,
            DatabaseSettings copy,
            Path folder,
            LedgerMove.Listener listener)
            throws NotRead {
        try {
            fill(from, rows, copy, listener);
        } catch (NotRead e) {
            throw e;
        } catch (SQLException | LedgerUnavailable e) {
            throw LedgerUnavailable.ofCopy(folder, e);
        }
    }

    private static void fill(
            ExistingLedger from, Map<String, Long> tables, DatabaseSettings copy, LedgerMove.Listener listener)
            throws SQLException {
        LedgerDatabase.migrate(copy, from.version().getVersion());
        try (Connection to = DriverManager.getConnection(copy.url(), "", "")) {
            Numbering.after(from, to);
            to.setAutoCommit(false);
            String[] current = {""};
            TableCopy rows = new TableCopy(from.connection(), to, done -> {
                // One transaction would double the file.
                to.commit();
                listener.progress("copied for the plan", current[0], done, tables.get(current[0]));
            });
            for (String table : tables.keySet()) {
                current[0] = table;
                if (table.equals("action")) {
                    rows.copyWithout(TEXTS_OF_WRITES, table);
                } else if (!EMPTY.contains(table) && !table.equals(LedgerTables.PARTS)) {
                    rows.copy(table);
                }
                to.commit();
            }
            if (tables.containsKey(LedgerTables.PARTS)) {
                // Only of bodies that are still to be read.
                rows.copyParts("state in ('waiting', 'reading')");
            }
            bringToRest(to, tables.keySet());
            to.commit();
        }
    }

    /**
     * Whoever works on a group or reads a scan goes on with it in the ledger itself; in the copy nobody does. What waits for its
     * next attempt is planned, too.
     */
    private static void bringToRest(Connection to, Set<String> tables) throws SQLException {
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
