package io.ticketbridge.ledger.ticket;

import io.ticketbridge.ledger.database.LedgerDatabase;
import java.util.UUID;

/**
 * Groups before tickets and findings, everywhere: deliveries and pages lock a group first, so that whoever would begin with one of its
 * rows would wait for them, and they for it.
 */
public final class GroupLock {
    private GroupLock() {}

    /** Until the transaction ends, which has begun. */
    public static void take(LedgerDatabase database, UUID group) {
        database.client()
                .sql("select id from finding_group where id = :group for update")
                .param("group", group)
                .query(UUID.class)
                .optional();
    }
}
