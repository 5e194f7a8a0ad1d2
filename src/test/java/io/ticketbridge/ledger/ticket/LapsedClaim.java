package io.ticketbridge.ledger.ticket;

import java.util.UUID;

/** What a thread finds that stood still for longer than its claim lasts. */
public final class LapsedClaim implements AutoCloseable {
    private LapsedClaim() {}

    public static LapsedClaim ofThisThread() {
        Renewal.done(
                UUID.randomUUID(),
                System.nanoTime() - Groups.MARGIN.plusMillis(1).toNanos());
        return new LapsedClaim();
    }

    @Override
    public void close() {
        Renewal.over();
    }
}
