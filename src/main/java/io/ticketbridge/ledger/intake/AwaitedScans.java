package io.ticketbridge.ledger.intake;

import io.ticketbridge.ledger.database.LedgerDatabase;

/** Which flows wait for a scan that says once more what the last one said: it opens the next ticket, though nothing changed (P7, P8). */
final class AwaitedScans {
    private AwaitedScans() {}

    /** Whether something of the flow fails whose ticket no longer blocks the next, and no scan has said so since. */
    static boolean isAwaited(LedgerDatabase database, String flow) {
        return database.client()
                .sql(
                        """
                        select 1 from finding_group g where g.flow = :flow and g.released and exists (
                            select 1 from finding f where f.group_id = g.id and f.result = 0 and f.accepted_in is null)
                        limit 1""")
                .param("flow", flow)
                .query()
                .listOfRows()
                .iterator()
                .hasNext();
    }
}
