package io.ticketbridge.engine;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes that read by themselves: a folder, a bucket, a queue. What they take away from there is meant for whoever runs the schedule.
 * A plan must take nothing, and a command that ends would end in the middle of it, so nobody else starts them.
 */
final class OwnConsumers {
    private static final Logger LOG = LoggerFactory.getLogger(OwnConsumers.class);

    /** All that is no call from another route of the same process. A route's id has no {@code ://}; commas would be two patterns. */
    private static final String PATTERN = "(?!(?:direct|seda|kamelet)://)[^:]+://.*";

    private OwnConsumers() {}

    /** Before any route is in the context. A pattern that the engineer's settings have stays in effect. */
    static void holdBack(CamelContext context) {
        String theirs = context.getAutoStartupExcludePattern();
        context.setAutoStartupExcludePattern(theirs == null ? PATTERN : theirs + "," + PATTERN);
    }

    /** A route that asks by {@code autoStartup} who runs it is meant to stand still. */
    static void sayWhatStandsStill(CamelContext context) {
        context.getRoutes().stream()
                .filter(Route::isAutoStartup)
                .filter(route -> route.getEndpoint().getEndpointUri().matches(PATTERN))
                .forEach(route -> LOG.info(
                        "A route that reads by itself is started by run alone, not here. route={} from={}",
                        route.getRouteId(),
                        route.getEndpoint().getEndpointUri().replaceFirst(":.*", "")));
    }
}
