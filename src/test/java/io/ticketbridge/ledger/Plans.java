package io.ticketbridge.ledger;

import io.ticketbridge.ledger.database.LedgerDatabase;
import java.util.Map;

/** How a database means to answer a query, in its own words. */
public final class Plans {
    private Plans() {}

    /** Told by what was counted of the tables before, so that the plan is that of a ledger of this size. */
    public static String of(LedgerDatabase database, String sql, Map<String, ?> parameters) {
        database.jdbc().execute("analyze");
        return String.join(
                "\n",
                database.client()
                        .sql("explain " + sql)
                        .params(parameters)
                        .query(String.class)
                        .list());
    }
}
