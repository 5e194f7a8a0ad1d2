package io.ticketbridge.ledger;

import io.ticketbridge.ledger.database.LedgerDatabase;
import java.util.UUID;

/** Which findings a flow has in the ledger, whatever became of them. Thread-safe. */
public final class KnownHere {
    private final LedgerDatabase database;

    public KnownHere(LedgerDatabase database) {
        this.database = database;
    }

    public boolean isKnown(String flow, UUID identity) {
        return database.client()
                        .sql(
                                """
                        select count(*) from finding f join finding_group g on g.id = f.group_id
                        where f.id = :identity and g.flow = :flow""")
                        .param("identity", identity)
                        .param("flow", flow)
                        .query(Long.class)
                        .single()
                > 0;
    }
}
