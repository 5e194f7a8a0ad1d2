package io.ticketbridge.ledger.move;

import io.ticketbridge.ledger.database.ExistingLedger;
import io.ticketbridge.ledger.database.Text;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;

/** Who else is connected to a ledger on PostgreSQL, whatever it calls itself. H2 itself keeps others out. */
final class OtherSessions {
    /** A role without rights on another's session sees that it is there, and not of what kind: that counts, too. */
    private static final String OTHERS =
            """
            select count(*), string_agg(distinct coalesce(usename, '?') || ' ' || coalesce(application_name, ''), ', ')
            from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            and coalesce(backend_type, 'client backend') = 'client backend'""";

    /** Within a transaction PostgreSQL would give the answer that it gave before. */
    private static final String LOOK_AGAIN = "select pg_stat_clear_snapshot()";

    /** A session ends a moment after its connection was closed or its process was killed: seconds, on a busy machine. */
    private static final int LOOKS = 50;

    private static final long BETWEEN_NANOS = 100_000_000;

    private OtherSessions() {}

    /** @throws IllegalStateException if there are any */
    static void require(Connection connection) throws SQLException {
        if (ExistingLedger.isH2(connection.getMetaData().getURL())) {
            return;
        }
        String others = others(connection);
        for (int look = 1; look < LOOKS && !others.isEmpty(); look++) {
            LockSupport.parkNanos(BETWEEN_NANOS);
            others = others(connection);
        }
        if (!others.isEmpty()) {
            throw new IllegalStateException("it is in use by others (" + others + ")");
        }
    }

    private static String others(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOOK_AGAIN);
            try (ResultSet rows = statement.executeQuery(OTHERS)) {
                rows.next();
                return rows.getLong(1) == 0 ? "" : rows.getLong(1) + ": " + Text.cut(rows.getString(2), 200);
            }
        }
    }
}
