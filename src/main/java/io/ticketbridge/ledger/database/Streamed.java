package io.ticketbridge.ledger.database;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Reads a result of any length row by row (P36): both databases would gather all of it first unless told otherwise. Not for use inside a
 * transaction: H2 commits where its session is set.
 */
public final class Streamed {
    private static final int FETCH = 1000;

    private Streamed() {}

    public static void rows(LedgerDatabase database, String query, RowCallbackHandler row, Object... parameters) {
        JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
        jdbc.setFetchSize(FETCH);
        // PostgreSQL streams only inside a transaction; H2 only where its session says so.
        database.transaction().executeWithoutResult(status -> {
            if (database.isH2()) {
                jdbc.execute("set lazy_query_execution true");
            }
            try {
                jdbc.query(query, row, parameters);
            } finally {
                if (database.isH2()) {
                    jdbc.execute("set lazy_query_execution false");
                }
            }
        });
    }
}
