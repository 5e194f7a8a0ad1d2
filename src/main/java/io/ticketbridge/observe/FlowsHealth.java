package io.ticketbridge.observe;

import io.ticketbridge.ledger.LastEnds;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Says of each flow how its last pass ended, and whether one waits for the rate budget, whichever replica makes it. A source or ServiceNow that is down does not make the application unready: it
 * would be restarted for nothing. It is told by the message, the metrics and the log.
 */
public final class FlowsHealth extends AbstractHealthCheck {
    private final LastEnds lastEnds;
    private final Collection<String> flows;

    public FlowsHealth(LastEnds lastEnds, Collection<String> flows) {
        super("ticketbridge", "flows");
        this.lastEnds = lastEnds;
        this.flows = flows;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.message(message()).up();
    }

    private String message() {
        try {
            String failing = flows.stream()
                    .flatMap(flow -> lastEnds.failure(flow).map(cause -> flow + ": " + cause).stream())
                    .collect(Collectors.joining("; "));
            String waiting = flows.stream()
                    .flatMap(flow -> lastEnds.waitsUntil(flow).map(until -> flow + " until " + until).stream())
                    .collect(Collectors.joining(", "));
            return (failing.isEmpty() ? "The last pass of each flow ended well" : "Failing: " + failing)
                    + (waiting.isEmpty() ? "" : "; waiting for the rate budget: " + waiting);
        } catch (RuntimeException e) {
            return "The ledger can't be used, and so it is not known how the last passes ended";
        }
    }
}
