package io.ticketbridge.observe;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Says of each flow how its last pass ended. A source or ServiceNow that is down does not make the application unready: it
 * would be restarted for nothing. It is told by the message, the metrics and the log.
 */
public final class FlowsHealth extends AbstractHealthCheck {
    private final Meters meters;
    private final Collection<String> flows;

    public FlowsHealth(Meters meters, Collection<String> flows) {
        super("ticketbridge", "flows");
        this.meters = meters;
        this.flows = flows;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String failing = flows.stream()
                .flatMap(flow -> meters.failure(flow).map(cause -> flow + ": " + cause).stream())
                .collect(Collectors.joining("; "));
        builder.message(failing.isEmpty() ? "The last pass of each flow ended well" : "Failing: " + failing)
                .up();
    }
}
