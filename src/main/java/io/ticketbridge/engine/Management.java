package io.ticketbridge.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ticketbridge.config.HttpSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.report.LedgerFigures;
import io.ticketbridge.observe.CircuitGauges;
import io.ticketbridge.observe.FlowsHealth;
import io.ticketbridge.observe.LedgerGauges;
import io.ticketbridge.observe.LedgerHealth;
import io.ticketbridge.observe.Meters;
import io.ticketbridge.observe.StageTimers;
import io.ticketbridge.observe.TlsGauges;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * Health and metrics, served by camel-observability-services from the application that runs the schedule. Everything else
 * counts into nothing.
 */
final class Management {
    private final Settings settings;
    private final List<String> flows;
    private final MeterRegistry registry;
    private final Meters meters;

    Management(Settings settings, boolean scheduled) {
        this.settings = settings;
        this.flows = EnabledFlows.names(settings);
        boolean served = scheduled && settings.http().managementPort() > 0;
        this.registry = served ? new PrometheusMeterRegistry(PrometheusConfig.DEFAULT) : new CompositeMeterRegistry();
        this.meters = new Meters(registry, flows);
    }

    Meters meters() {
        return meters;
    }

    private boolean isServed() {
        return registry instanceof PrometheusMeterRegistry;
    }

    /** camel-observability-services alone would switch these on in every process, and listen on every interface. */
    void configure(Main main) {
        Properties properties = main.getInitialProperties();
        properties.setProperty("camel.opentelemetry2.enabled", "false");
        properties.setProperty("camel.management.enabled", String.valueOf(isServed()));
        properties.setProperty("camel.metrics.enabled", String.valueOf(isServed()));
        if (isServed()) {
            HttpSettings http = settings.http();
            FreePort.require(
                    "Health and metrics",
                    http.host(),
                    http.managementPort(),
                    "set ticketbridge.http.management-port to a free port, or to 0 for none, and ticketbridge.http.host to an address of this machine");
            properties.setProperty("camel.management.host", http.host());
            properties.setProperty("camel.management.port", String.valueOf(http.managementPort()));
            // A route that is being replaced is no reason to restart the application.
            properties.setProperty("camel.health.routesEnabled", "false");
            properties.setProperty("camel.health.consumersEnabled", "false");
            properties.setProperty("camel.health.exposureLevel", "full");
            properties.setProperty("camel.metrics.enableRoutePolicy", "false");
            properties.setProperty("camel.metrics.enableMessageHistory", "false");
            properties.setProperty("camel.metrics.enableExchangeEventNotifier", "false");
            properties.setProperty("camel.metrics.enableRouteEventNotifier", "false");
            properties.setProperty("camel.metrics.binders", "jvm-memory,jvm-gc,jvm-thread,processor,uptime");
            main.bind("metricsRegistry", registry);
        }
    }

    void observe(CamelContext context, LedgerDatabase database, Beans beans, Clock clock) {
        if (!isServed()) {
            return;
        }
        new LedgerGauges(
                        () -> LedgerFigures.of(database, beans.ledger.budget),
                        flows.stream().map(settings.flows()::get).toList(),
                        FlowRoutes::isPolled,
                        clock)
                .bindTo(registry);
        new CircuitGauges(
                        beans.delivery.circuits::isRefused, settings.profiles().keySet())
                .bindTo(registry);
        new TlsGauges(settings).bindTo(registry);
        context.addRoutePolicyFactory(new StageTimers(registry));
        context.getRegistry().bind("ledgerHealth", new LedgerHealth(database));
        context.getRegistry().bind("flowsHealth", new FlowsHealth(beans.ledger.lastEnds, flows));
    }
}
