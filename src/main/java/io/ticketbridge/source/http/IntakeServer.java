package io.ticketbridge.source.http;

import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * The console's server, on which the intake comes first: the console answers for every path, and the route that was made later,
 * by an edit say, would never be asked.
 */
public final class IntakeServer extends VertxPlatformHttpEngine {
    private static final String ROUTER = "intake-router";

    public IntakeServer(CamelContext context) {
        setCamelContext(context);
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        CamelContext context = getCamelContext();
        VertxPlatformHttpRouter shared =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(getServerPort()));
        if (shared == null) {
            shared = VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO);
        }
        context.getRegistry().bind(ROUTER, VertxPlatformHttpRouter.class, new First(shared));
        return new VertxPlatformHttpConsumer(endpoint, processor, List.of(), ROUTER);
    }

    private static final class First extends VertxPlatformHttpRouter {
        private final Router shared;

        private First(VertxPlatformHttpRouter shared) {
            super(shared.getServer(), shared.vertx(), shared, ROUTER, shared.getServerType());
            this.shared = shared;
        }

        @Override
        public Route route(String path) {
            return shared.route(path).order(-1);
        }
    }
}
