package io.ticketbridge.engine;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.ticketbridge.config.HttpSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.console.Console;
import io.ticketbridge.console.Desk;
import io.ticketbridge.console.OnlyOurHeaders;
import io.ticketbridge.console.PlanView;
import io.ticketbridge.ledger.budget.Backlog;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.letter.DeadLetters.Choice;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.main.Main;
import org.apache.camel.support.LifecycleStrategySupport;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;

/** The HTTP server of the application that runs the schedule, with the console on it (P32, P39). */
final class Serving {
    /** In bytes: forms of the console are a line or two. */
    private static final int LONGEST_BODY = 16_384;

    private static final int LONGEST_REQUEST_MINUTES = 15;
    private static final int SECONDS_OF_A_START = 5;

    private final HttpSettings http;
    private final boolean sentTo;
    private final boolean served;
    private Route meanwhile;
    private boolean open;

    Serving(Settings settings, boolean scheduled) {
        this.http = settings.http();
        this.sentTo = FlowRoutes.isSentTo(settings);
        this.served = scheduled && (http.enabled() || sentTo);
    }

    void configure(Main main) {
        Properties properties = main.getInitialProperties();
        properties.setProperty("camel.server.enabled", String.valueOf(served));
        if (served) {
            FreePort.require(
                    http.enabled() ? "The console" : "The intake",
                    http.host(),
                    http.port(),
                    "set ticketbridge.http.port to a free port (0 takes any) and ticketbridge.http.host to an address of"
                            + " this machine"
                            + (sentTo ? "" : ", or ticketbridge.http.enabled=false"));
            // Who sends slowly holds a thread for as long as a body may take; that is no fault to be told of.
            main.bind(
                    "vertxOptions",
                    new VertxOptions()
                            .setMaxWorkerExecuteTimeUnit(TimeUnit.MINUTES)
                            .setMaxWorkerExecuteTime(LONGEST_REQUEST_MINUTES));
            properties.setProperty("camel.server.host", http.host());
            properties.setProperty("camel.server.port", String.valueOf(http.port()));
            properties.setProperty("camel.server.maxBodySize", String.valueOf(LONGEST_BODY));
            main.bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, new ConsoleServer(LONGEST_BODY));
        }
    }

    void bind(
            CamelContext context,
            Settings settings,
            LedgerDatabase database,
            Supplier<Backlog> backlog,
            Function<Choice, List<String>> replay,
            Supplier<Plan> planning,
            Clock clock) {
        Desk desk = new Desk() {
            @Override
            public Optional<Instant> nextPoll(String flow) {
                return Serving.nextPoll(context, flow);
            }

            @Override
            public Backlog backlog() {
                return backlog.get();
            }

            @Override
            public List<String> replay(Choice choice) {
                return replay.apply(choice);
            }

            @Override
            public PlanView plan() {
                Plan plan = planning.get();
                return new PlanView(
                        plan.at(),
                        plan.planned(),
                        plan.counts(),
                        plan.failures(),
                        plan.requests().planSentence());
            }
        };
        context.getRegistry().bind("consoleHeaders", new OnlyOurHeaders());
        context.getRegistry()
                .bind("console", new Console(settings, desk, database, new Masking(settings)::masked, clock));
    }

    /**
     * The port is open before its routes are: until {@link #opens} whoever asks is told to come again, and not that there is nothing. Camel
     * has no place for that; what it adds as soon as the server listens is the first sign of it.
     */
    void holds(CamelContext context) {
        if (served) {
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onComponentAdd(String name, Component component) {
                    hold(context);
                }

                @Override
                public void onServiceAdd(CamelContext to, Service service, org.apache.camel.Route route) {
                    hold(context);
                }
            });
        }
    }

    private synchronized void hold(CamelContext context) {
        VertxPlatformHttpRouter router = open || meanwhile != null
                ? null
                : VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(http.port()));
        if (router != null) {
            meanwhile = router.route().last().handler(Serving::answerLater);
        }
    }

    private static void answerLater(RoutingContext asked) {
        asked.response()
                .setStatusCode(HttpResponseStatus.SERVICE_UNAVAILABLE.code())
                .putHeader("Retry-After", String.valueOf(SECONDS_OF_A_START))
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end("Ticketbridge is starting. Nothing was kept: come again.");
    }

    /** Everything has started. */
    synchronized void opens() {
        open = true;
        if (meanwhile != null) {
            meanwhile.remove();
        }
    }

    /** Where the server is; empty where there is none. */
    Optional<URI> address(CamelContext context) {
        VertxPlatformHttpServer server = served ? context.hasService(VertxPlatformHttpServer.class) : null;
        String host = http.host().contains(":") && !http.host().startsWith("[") ? "[" + http.host() + "]" : http.host();
        return Optional.ofNullable(server).map(found -> URI.create("http://" + host + ":" + found.getPort() + "/"));
    }

    private static Optional<Instant> nextPoll(CamelContext context, String flow) {
        try {
            QuartzComponent quartz = context.getComponent("quartz", QuartzComponent.class);
            Trigger trigger = quartz.getScheduler() == null
                    ? null
                    : quartz.getScheduler().getTrigger(new TriggerKey(flow, "ticketbridge"));
            return Optional.ofNullable(trigger).map(Trigger::getNextFireTime).map(Date::toInstant);
        } catch (SchedulerException e) {
            return Optional.empty();
        }
    }
}
