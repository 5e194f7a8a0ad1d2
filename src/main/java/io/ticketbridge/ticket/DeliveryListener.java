package io.ticketbridge.ticket;

import java.time.Duration;

/** Hears of each write that ServiceNow has, for metrics (P32). Called on the worker's thread; must not throw. */
public interface DeliveryListener {
    /** @param lag from the beginning of the pass that read the cause to the record */
    void written(String flow, Intent.Kind kind, Duration lag);
}
