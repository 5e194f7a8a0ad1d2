package io.ticketbridge.deliver.servicenow;

import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Names the fault of an exchange for error handlers. To be asked on the thread that made the call. */
public final class Faults implements Processor {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

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

    /** Whether the same read may pass when it is tried again a little later. */
    public boolean mayPass(Exchange exchange) {
        Fault fault = of(exchange);
        return fault != null && fault.passes();
    }

    /** Whether the integration's user may not do that. */
    public boolean notAllowed(Exchange exchange) {
        Fault fault = of(exchange);
        return fault != null && fault.status() == 403;
    }

    /** Whether ServiceNow answered that it will never take this request as it is. */
    public boolean refused(Exchange exchange) {
        Fault fault = of(exchange);
        return fault != null
                && fault.status() != 0
                && (fault.kind() == Fault.Kind.REFUSED || fault.kind() == Fault.Kind.NOT_FOUND);
    }

    /** Before a repetition is planned: takes the wait from the answer, where it names one. */
    @Override
    public void process(Exchange exchange) {
        exchange.getIn().removeHeader(Exchange.REDELIVERY_DELAY);
        Fault fault = of(exchange);
        if (fault != null && !fault.retryAfter().isZero()) {
            Duration wait = fault.retryAfter().compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : fault.retryAfter();
            exchange.getIn().setHeader(Exchange.REDELIVERY_DELAY, wait.toMillis());
        }
    }

    /** Whether to send the same request again at once: it was refused for its token, and the token has been dropped. */
    public boolean tokenRefused(Exchange exchange) {
        Fault fault = of(exchange);
        return fault != null && fault.kind() == Fault.Kind.TOKEN_REFUSED;
    }
}
