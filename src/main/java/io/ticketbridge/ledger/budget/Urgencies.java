package io.ticketbridge.ledger.budget;

import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import java.util.List;
import java.util.UUID;

/**
 * What goes first (P19): closures and critical ones, then pairs in step, then what opens a ticket, then what changes one. A pair is owed
 * a look since somebody changed one of its sides (P23): that is little, and he waits for it.
 */
public final class Urgencies {
    /** What changes a ticket that is there. */
    public static final int LEAST = 3;

    /** Of findings it reads the index alone; of groups only what is pending. */
    private static final String WRONG =
            """
            select id, due from (
                select id, urgency, case
                    when not exists (select 1 from finding f where f.group_id = g.id and f.result = 0) then 0
                    when exists (select 1 from finding f
                        where f.group_id = g.id and f.result = 0 and f.severity = :critical) then 0
                    when exists (select 1 from pair p where p.group_id = g.id and p.ended is null) then 1
                    when exists (select 1 from ticket t where t.group_id = g.id and t.phase = 'OPEN') then 3
                    else 2 end as due
                from finding_group g where pending%s) as ranked
            where urgency <> due
            order by id""";

    public static final String WRONG_OF_FLOW = WRONG.formatted(" and flow = :flow");
    private static final String WRONG_OF_ALL = WRONG.formatted("");

    private final LedgerDatabase database;

    public Urgencies(LedgerDatabase database) {
        this.database = database;
    }

    /**
     * Ranks what is pending; what is ranked rightly is not written.
     *
     * @param flow the flow, or null for all
     */
    public void rank(String flow) {
        List<Object[]> wrong = database.client()
                .sql(flow == null ? WRONG_OF_ALL : WRONG_OF_FLOW)
                .param("critical", Severity.CRITICAL.ordinal())
                .param("flow", flow)
                .query((row, number) -> new Object[] {row.getInt("due"), row.getObject("id", UUID.class)})
                .list();
        Batches.write(database, "update finding_group set urgency = ? where id = ?", wrong, group -> group);
    }
}
