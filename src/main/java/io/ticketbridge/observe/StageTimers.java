package io.ticketbridge.observe;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.spi.RoutePolicy;

/**
 * Camel's own timers and counters, one set a route. The routes that see every single finding have none: what becomes of
 * findings is counted from the accounts, and a timer a finding would cost more than the filter.
 */
public final class StageTimers extends MicrometerRoutePolicyFactory {
    private static final Set<String> HOT = Set.of("dedupe-findings", "split-groups", "aggregate-findings");

    public StageTimers(MeterRegistry registry) {
        setMeterRegistry(registry);
        getPolicyConfiguration().setContextEnabled(false);
        getPolicyConfiguration().setRouteEnabled(true);
        // Nobody asks for them, and with many flows they were a quarter of all that is scraped.
        getPolicyConfiguration().setExchangesSucceeded(false);
        getPolicyConfiguration().setFailuresHandled(false);
        getPolicyConfiguration().setExternalRedeliveries(false);
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return HOT.contains(routeId) ? null : super.createRoutePolicy(context, routeId, route);
    }
}
