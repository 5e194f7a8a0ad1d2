package io.ticketbridge.engine;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * What is served takes forms and no files. Camel's own switch for that leaves vertx-web's upload folder in use: it is made in the
 * working directory before anybody was asked who they are, and where that is read-only every form is answered by a 500.
 */
final class ConsoleServer extends VertxPlatformHttpEngine {
    private static final String ROUTER = "console-router";

    private final int longestBody;

    /** @param longestBody in bytes */
    ConsoleServer(int longestBody) {
        this.longestBody = longestBody;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        CamelContext context = getCamelContext();
        VertxPlatformHttpRouter shared =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(getServerPort()));
        if (shared == null) {
            shared = VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO);
        }
        context.getRegistry().bind(ROUTER, VertxPlatformHttpRouter.class, new Forms(shared, longestBody));
        return new VertxPlatformHttpConsumer(endpoint, processor, List.of(), ROUTER);
    }

    private static final class Forms extends VertxPlatformHttpRouter {
        private final int longestBody;

        private Forms(VertxPlatformHttpRouter shared, int longestBody) {
            super(shared.getServer(), shared.vertx(), shared, ROUTER, shared.getServerType());
            this.longestBody = longestBody;
        }

        @Override
        public Handler<RoutingContext> bodyHandler() {
            return BodyHandler.create(false).setBodyLimit(longestBody);
        }
    }
}
