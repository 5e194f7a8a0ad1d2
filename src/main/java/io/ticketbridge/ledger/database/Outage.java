package io.ticketbridge.ledger.database;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * The ledger can't be used for a while: its database is stopped, or its disk is full. One line says so when it begins, and one
 * when it is over; whatever fails meanwhile is not acknowledged to anybody, and is done again. Thread-safe.
 */
public final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    /** Classes of SQL states: connection, resources (a full disk), intervention of an operator, errors of the system. */
    private static final Set<String> STATES = Set.of("08", "53", "57", "58");

    /**
     * PostgreSQL can only be read: after a failover the connection leads to what is a standby now, or a managed server that is full
     * takes nothing more. What comes back of it is of the class of errors in transactions.
     */
    static final String READ_ONLY = "25006";

    /** PostgreSQL ended a session whose transaction stood still for as long as {@link LedgerDatabase} allows. */
    private static final String STOOD_STILL = "25P03";

    /** H2's own: I/O error, file corrupt, database closed, connection broken. */
    private static final Set<Integer> OF_H2 = Set.of(90028, 90030, 90031, 90067, 90098, 90121);

    /** Two threads that close a file of H2 at once, because its disk is full, meet here. */
    private static final String CLOSING_H2 = "org.h2.engine.Database";

    private static final String FOR_READ_ONLY =
            "name the primary in ticketbridge.database.url, or make room for the database: it can only be read";

    private final AtomicBoolean lasts = new AtomicBoolean();

    /** Whether it is the ledger that failed, not what was asked of it. */
    public static boolean isCauseOf(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataAccessResourceFailureException
                    || cause instanceof TransactionException
                    || cause instanceof MVStoreException
                    || cause instanceof NullPointerException && isWithin(cause, CLOSING_H2)
                    || cause instanceof SQLException sql && isOutage(sql)) {
                return true;
            }
        }
        return false;
    }

    /** What the ledger says where it did not do what was asked, a deadlock for one; empty if it is not the ledger that failed. */
    public static Optional<String> failureOfLedger(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataAccessException) {
                return Optional.of(rootOf(cause));
            }
        }
        return Optional.empty();
    }

    private static boolean isWithin(Throwable error, String type) {
        StackTraceElement[] trace = error.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().equals(type);
    }

    private static boolean isOutage(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return OF_H2.contains(error.getErrorCode())
                || state.equals(READ_ONLY)
                || state.equals(STOOD_STILL)
                || STATES.contains(state.substring(0, Math.min(2, state.length())));
    }

    public void began(Throwable error) {
        if (stoodStill(error)) {
            LOG.warn(
                    "PostgreSQL ended a transaction that stood still for more than five seconds; what it wrote is done again. cure=\"{}\"",
                    "give the process more of the processor, if this is said often");
            return;
        }
        if (lasts.compareAndSet(false, true)) {
            String said = rootOf(error);
            LOG.error(
                    "The ledger can't be used; everything waits for it and then goes on by itself. cause=\"{}\" cure=\"{}\"",
                    said,
                    isReadOnly(error) ? FOR_READ_ONLY : cure(said.toLowerCase(Locale.ROOT)));
        }
    }

    public void ended() {
        if (lasts.compareAndSet(true, false)) {
            LOG.info("The ledger can be used again");
        }
    }

    /** The first line of what the database itself said; Spring's own has the whole statement. */
    public static String rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }

    /** The rollback fails as well then, on a connection that is closed by now; Spring keeps what came before it beside that. */
    static boolean stoodStill(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && STOOD_STILL.equals(sql.getSQLState())
                    || cause instanceof TransactionSystemException system
                            && stoodStill(system.getApplicationException())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReadOnly(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && READ_ONLY.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** H2 closes its store where it can't write; a connection is closed for whatever reason. */
    static String cure(String said) {
        return said.contains("space")
                        || said.contains("too large")
                        || said.contains("closed") && !said.contains("connection")
                        || said.contains(".mv.db")
                ? "make room on the disk of ticketbridge.database.url"
                : "see that the database of ticketbridge.database.url runs and can be reached";
    }
}
