package io.ticketbridge.ledger.move;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.ledger.database.ExistingLedger;
import io.ticketbridge.ledger.database.H2File;
import io.ticketbridge.ledger.database.JdbcUrl;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.LedgerUnavailable;
import io.ticketbridge.ledger.database.MovedMark;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies a ledger that nobody works on into an empty one, on whichever database. All rows arrive in one transaction, after they
 * were read back and compared: one that is killed leaves an empty ledger. The old one is opened for reading only.
 */
public final class LedgerMove {
    /** Hears how far it is. */
    public interface Listener {
        /** @param rows of the table, copied or compared so far */
        void progress(String what, String table, long rows, long of);
    }

    /**
     * @param mended how many rows held a text that PostgreSQL can't keep
     * @param mark the file that keeps anybody from starting on the old ledger again
     */
    public record Moved(List<MovedTable> tables, long mended, Optional<Path> mark) {}

    private final DatabaseSettings from;
    private final DatabaseSettings to;
    private final Listener listener;

    public LedgerMove(DatabaseSettings from, DatabaseSettings to, Listener listener) {
        this.from = from;
        this.to = to;
        this.listener = listener;
    }

    /**
     * Tells what would be copied; writes nothing.
     *
     * @throws LedgerUnavailable if either can't be used
     */
    public Moved plan() {
        try (ExistingLedger source = source()) {
            requireMovable(source);
            requireRoom(source);
            List<MovedTable> tables = new ArrayList<>();
            ExistingTables there = new ExistingTables(source);
            for (String table : there.names()) {
                tables.add(new MovedTable(table, there.count(table), ""));
            }
            return new Moved(tables, 0, Optional.empty());
        } catch (SQLException e) {
            throw LedgerUnavailable.ofSource(from, e);
        }
    }

    /**
     * @throws LedgerUnavailable if either can't be used; then nothing was copied, unless it says that the rows are there
     */
    public Moved move(Clock clock) {
        Moved moved;
        try (ExistingLedger source = source()) {
            requireMovable(source);
            requireRoom(source);
            // Rows fit the schema that they come from; what later versions change is done to the copy.
            LedgerDatabase.migrate(to, source.version().getVersion());
            moved = copy(source, clock);
        } catch (NotRead e) {
            throw LedgerUnavailable.ofSource(from, e);
        } catch (SQLException e) {
            throw LedgerUnavailable.because(to, e);
        }
        bringUpToDate();
        return moved;
    }

    private void bringUpToDate() {
        try {
            LedgerDatabase.open(to).close();
        } catch (LedgerUnavailable e) {
            throw LedgerUnavailable.onceMoved(e);
        }
    }

    private ExistingLedger source() {
        try {
            requireNotMoved();
            return ExistingLedger.alone(from).orElseThrow(() -> new IllegalStateException("there is no ledger"));
        } catch (SQLException | IllegalStateException e) {
            throw LedgerUnavailable.ofSource(from, e);
        }
    }

    /** A move that was killed between its mark and its commit is made again; one that was committed never is. */
    private void requireNotMoved() {
        MovedMark mark = MovedMark.of(from.url());
        if (!mark.names(to)) {
            mark.require();
        } else if (isFilled()) {
            throw new IllegalStateException(
                    "it was moved there before: ticketbridge.database.url holds its rows, start `run` on it");
        }
    }

    private boolean isFilled() {
        try {
            Optional<ExistingLedger> there = ExistingLedger.beside(to);
            if (there.isEmpty()) {
                return false;
            }
            try (ExistingLedger target = there.get()) {
                return !new ExistingTables(target).filled().isEmpty();
            }
        } catch (SQLException e) {
            throw LedgerUnavailable.because(to, e);
        }
    }

    private void requireMovable(ExistingLedger source) {
        try {
            source.requireKnownVersion();
        } catch (IllegalStateException e) {
            throw LedgerUnavailable.ofSource(from, e);
        }
        requireAlone(source);
    }

    private void requireAlone(ExistingLedger source) {
        try {
            OtherSessions.require(source.connection());
        } catch (SQLException | IllegalStateException e) {
            throw LedgerUnavailable.ofSource(from, e);
        }
    }

    /** The new ledger must be empty, and not of a version that the rows do not fit. */
    private void requireRoom(ExistingLedger source) {
        try {
            MovedMark.of(to.url()).require();
            Optional<ExistingLedger> there = ExistingLedger.beside(to);
            if (there.isPresent()) {
                try (ExistingLedger target = there.get()) {
                    List<String> filled = new ExistingTables(target).filled();
                    if (!filled.isEmpty()) {
                        throw new IllegalStateException(
                                "it must be empty, and holds rows: " + String.join(", ", filled));
                    }
                    if (target.version().compareTo(source.version()) > 0) {
                        throw new IllegalStateException("it is empty, but its schema has version " + target.version()
                                + " and that of the old ledger " + source.version()
                                + ": name a database without tables, or start the old ledger once with this version");
                    }
                    OtherSessions.require(target.connection());
                }
            }
        } catch (SQLException | IllegalStateException e) {
            throw LedgerUnavailable.because(to, e);
        }
    }

    private Moved copy(ExistingLedger source, Clock clock) throws SQLException {
        Map<String, RowSum> copied = new LinkedHashMap<>();
        try (Connection target = exclusive()) {
            ExistingTables there = new ExistingTables(source);
            List<String> tables = there.names();
            target.setAutoCommit(false);
            requireAlone(target);
            Numbering.after(source, target);
            lock(target, tables);
            String[] current = {""};
            long[] of = {0};
            TableCopy rows = new TableCopy(
                    source.connection(), target, done -> listener.progress("copied", current[0], done, of[0]));
            for (String table : tables) {
                current[0] = table;
                of[0] = there.count(table);
                copied.put(table, table.equals(LedgerTables.PARTS) ? rows.copyParts("1 = 1") : rows.copy(table));
            }
            List<MovedTable> compared = compare(copied, target);
            // What they wrote meanwhile is not in the copy.
            requireAlone(source);
            return new Moved(compared, rows.mended(), commit(target, clock));
        }
    }

    /** The mark comes first: at no moment may anybody start on both. */
    private Optional<Path> commit(Connection target, Clock clock) throws SQLException {
        MovedMark mark = MovedMark.of(from.url());
        Optional<Path> file;
        try {
            file = mark.put(to, clock.instant());
        } catch (IllegalStateException e) {
            throw LedgerUnavailable.ofSource(from, e);
        }
        try {
            target.commit();
        } catch (SQLException e) {
            unmark(mark, target, e);
            throw e;
        }
        return file;
    }

    /** Only where the rows are not there for sure: whoever loses the connection does not know what became of its commit. */
    private void unmark(MovedMark mark, Connection target, SQLException failure) {
        try {
            target.close();
            if (!isFilled()) {
                mark.remove();
            }
        } catch (SQLException | IOException | LedgerUnavailable e) {
            failure.addSuppressed(e);
        }
    }

    private void requireAlone(Connection target) throws SQLException {
        try {
            OtherSessions.require(target);
        } catch (IllegalStateException e) {
            throw LedgerUnavailable.because(to, e);
        }
    }

    private Connection exclusive() throws SQLException {
        String url = H2File.of(to.url()).isPresent()
                ? to.url().replaceAll("(?i);AUTO_SERVER=[^;]*", "") + ";AUTO_SERVER=FALSE"
                : JdbcUrl.patient(JdbcUrl.effective(to.url()));
        return DriverManager.getConnection(url, to.user(), to.password().reveal());
    }

    /** Whoever starts on the new ledger meanwhile waits for its end, and sees all of it. */
    private static void lock(Connection target, List<String> tables) throws SQLException {
        if (ExistingLedger.isH2(target.getMetaData().getURL())) {
            return;
        }
        try (Statement statement = target.createStatement()) {
            statement.execute("lock table " + String.join(", ", tables) + " in access exclusive mode");
        }
        for (String table : tables) {
            try (Statement statement = target.createStatement();
                    var rows = statement.executeQuery("select 1 from " + table + " limit 1")) {
                if (rows.next()) {
                    throw new SQLException("somebody began to use it meanwhile");
                }
            }
        }
    }

    private List<MovedTable> compare(Map<String, RowSum> copied, Connection target) throws SQLException {
        List<MovedTable> tables = new ArrayList<>();
        for (Map.Entry<String, RowSum> each : copied.entrySet()) {
            RowSum expected = each.getValue();
            listener.progress("compared", each.getKey(), expected.rows(), expected.rows());
            RowSum found = TableCopy.sum(target, each.getKey());
            if (!found.isSame(expected)) {
                throw new SQLException("what arrived in table " + each.getKey() + " differs from what was sent ("
                        + expected.rows() + " rows sent, " + found.rows() + " found): nothing was kept");
            }
            tables.add(new MovedTable(each.getKey(), expected.rows(), expected.checksum()));
        }
        return tables;
    }
}
