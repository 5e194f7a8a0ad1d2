package io.ticketbridge.schedule;

import io.ticketbridge.fault.Causes;
import io.ticketbridge.ledger.database.Outage;
import org.quartz.SchedulerException;
import org.quartz.listeners.SchedulerListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line what Quartz would say with a stack trace; of an outage of the ledger, what everybody says of it. */
final class ScheduleFaults extends SchedulerListenerSupport {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleFaults.class);

    private final Outage outage;
    private final SharedJobStore store;

    ScheduleFaults(Outage outage, SharedJobStore store) {
        this.outage = outage;
        this.store = store;
    }

    @Override
    public void schedulerError(String message, SchedulerException cause) {
        if (Outage.isCauseOf(cause)) {
            outage.began(cause);
        } else {
            LOG.warn("The schedule failed; it is tried again. cause=\"{}\"", Causes.sentence(cause));
        }
    }

    @Override
    public void schedulerShuttingdown() {
        store.closing();
    }
}
