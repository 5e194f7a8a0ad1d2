package io.ticketbridge.ledger;

import io.ticketbridge.ledger.database.LedgerDatabase;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at start which open tickets were formed by a grouping that is not their flow's any more: they stay until they are done. */
public final class Regroupings {
    private static final Logger LOG = LoggerFactory.getLogger(Regroupings.class);

    private final LedgerDatabase database;
    private final Map<String, FlowFacts> groupings;

    /** @param groupings flow to how it groups now */
    public Regroupings(LedgerDatabase database, Map<String, FlowFacts> groupings) {
        this.database = database;
        this.groupings = groupings;
    }

    public void report() {
        database.jdbc()
                .query(
                        """
                        select g.flow, g.grouping, count(*) from finding_group g
                        join ticket t on t.group_id = g.id and t.phase = 'OPEN' where g.grouping <> 'storm'
                        group by g.flow, g.grouping order by g.flow, g.grouping""",
                        row -> {
                            FlowFacts now = groupings.get(row.getString(1));
                            if (now == null) {
                                LOG.warn(
                                        "A flow with open tickets is gone from the settings; they are left alone. flow={} open={}",
                                        row.getString(1),
                                        row.getLong(3));
                            } else if (!now.forms(row.getString(2))) {
                                LOG.info(
                                        "The flow's group-by changed; open tickets keep their groups until they are done."
                                                + " flow={} before=\"{}\" now=\"{}\" open={}",
                                        row.getString(1),
                                        row.getString(2),
                                        now.grouping(),
                                        row.getLong(3));
                            }
                        });
    }
}
