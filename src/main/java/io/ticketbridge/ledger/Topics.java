package io.ticketbridge.ledger;

import io.ticketbridge.ledger.database.LedgerDatabase;
import java.util.Map;
import java.util.TreeMap;

/** What is on its way through a topic. */
public final class Topics {
    private Topics() {}

    /** How many findings of each flow were published and that no worker has written yet; only those that have some. */
    public static Map<String, Long> underWay(LedgerDatabase database) {
        Map<String, Long> underWay = new TreeMap<>();
        database.jdbc()
                .query(
                        """
                        select flow, sum(published_count - taken_count) from run
                        where state = 'reading' and published_count > taken_count group by flow""",
                        row -> {
                            underWay.put(row.getString(1), row.getLong(2));
                        });
        return underWay;
    }
}
