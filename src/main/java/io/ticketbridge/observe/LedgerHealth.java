package io.ticketbridge.observe;

import io.ticketbridge.ledger.database.LedgerDatabase;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Without a ledger that takes writes ticketbridge can do nothing: it is not ready. */
public final class LedgerHealth extends AbstractHealthCheck {
    private final LedgerDatabase database;

    public LedgerHealth(LedgerDatabase database) {
        super("ticketbridge", "ledger");
        this.database = database;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        try {
            database.requireWritable();
            builder.up();
        } catch (RuntimeException e) {
            builder.message("The ledger can't be used").down();
        }
    }
}
