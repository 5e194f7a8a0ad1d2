package io.ticketbridge.ledger;

import java.util.List;
import java.util.function.Function;

/** Writes many rows, some hundred to a transaction, so that none grows with the ledger. */
final class Batches {
    private static final int SIZE = 500;

    private Batches() {}

    /** @param rows in the order of the ids that they change, as pages are written: two replicas can't lock them crosswise */
    static <T> void write(LedgerDatabase database, String sql, List<T> rows, Function<T, Object[]> parameters) {
        for (int start = 0; start < rows.size(); start += SIZE) {
            List<Object[]> batch = rows.subList(start, Math.min(start + SIZE, rows.size())).stream()
                    .map(parameters)
                    .toList();
            database.transaction()
                    .executeWithoutResult(status -> database.jdbc().batchUpdate(sql, batch));
        }
    }
}
