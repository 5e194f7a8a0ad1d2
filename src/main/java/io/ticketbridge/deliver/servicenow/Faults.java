package io.ticketbridge.deliver.servicenow;

import java.time.Clock;
import org.apache.camel.Exchange;

/** Names the fault of an exchange for error handlers. To be asked on the thread that made the call. */
public final class Faults {
    private final Clock clock;

    public Faults(Clock clock) {
        this.clock = clock;
    }

    /** The fault of the exchange's exception, caught or not; null if it has none. */
    public Fault of(Exchange exchange) {
        Throwable error = exchange.getException() != null
                ? exchange.getException()
                : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return error == null ? null : FaultSorter.sort(error, LastAnswer.current(), clock.instant());
    }

    /** Whether to send the same request again at once: it was refused for its token, and the token has been dropped. */
    public boolean tokenRefused(Exchange exchange) {
        Fault fault = of(exchange);
        return fault != null && fault.kind() == Fault.Kind.TOKEN_REFUSED;
    }
}
