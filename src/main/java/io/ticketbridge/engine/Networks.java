package io.ticketbridge.engine;

import io.ticketbridge.config.KafkaSettings;
import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.servicenow.Network;
import io.ticketbridge.kafka.Brokers;
import io.ticketbridge.network.Tls;
import io.ticketbridge.network.UnusableFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The HTTP clients of a running engine, one per system, by the name that routes give them. */
final class Networks {
    /** The client of endpoints that name none: those in routes of the user's own. */
    static final String COMMON = "network";

    static final Duration CONNECT = Duration.ofSeconds(10);
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Networks() {}

    /** @throws CannotStart naming the file that can't be used, or that there is no address: the settings need one for enabled flows alone */
    static Network of(ServiceNowSettings serviceNow) {
        if (serviceNow.url() == null) {
            throw new CannotStart(
                    "ticketbridge.servicenow.url is missing: set it to the like of https://example.service-now.com");
        }
        try {
            return new Network(Tls.of(serviceNow.network()).orElse(null), serviceNow.network());
        } catch (UnusableFile e) {
            throw new CannotStart(e.getMessage());
        }
    }

    /** @throws CannotStart naming the file that can't be used */
    static Brokers brokers(KafkaSettings kafka) {
        try {
            return new Brokers(kafka, Tls.of(kafka.network()));
        } catch (UnusableFile e) {
            throw new CannotStart(e.getMessage());
        }
    }

    /** @throws CannotStart naming every file that can't be used */
    static Map<String, SystemClient> clients(Settings settings) {
        List<String> problems = new ArrayList<>();
        Map<String, SystemClient> clients = new TreeMap<>();
        add(clients, COMMON, () -> SystemClient.of(settings.network(), CONNECT, PATIENCE), problems);
        settings.visionOne()
                .forEach((name, tenant) -> add(
                        clients,
                        "vision-one-" + name,
                        () -> SystemClient.endingInTime(tenant.network(), CONNECT, tenant.requestTimeout()),
                        problems));
        settings.scc()
                .forEach((name, instance) -> add(
                        clients,
                        "scc-" + name,
                        () -> SystemClient.endingInTime(instance.network(), CONNECT, instance.requestTimeout()),
                        problems));
        settings.api()
                .forEach((name, api) -> add(
                        clients,
                        "api-" + name,
                        () -> SystemClient.endingInTime(api.network(), CONNECT, api.requestTimeout()),
                        problems));
        settings.workloadProtection()
                .forEach((name, instance) -> add(
                        clients,
                        "workload-protection-" + name,
                        () -> SystemClient.endingInTime(instance.network(), CONNECT, instance.requestTimeout()),
                        problems));
        if (!problems.isEmpty()) {
            throw new CannotStart(problems);
        }
        return clients;
    }

    /**
     * The longest that a call of a delivery may take. Connecting, waiting for the answer to begin, and reading it: each has its own limit.
     */
    static Duration longestCall(Settings settings) {
        Duration toServiceNow = longestCall(
                settings.serviceNow().connectTimeout(), settings.serviceNow().requestTimeout());
        Duration toVisionOne = settings.flows().values().stream()
                .filter(flow -> flow.enabled() && flow.syncBack())
                .map(flow -> settings.visionOne().get(flow.instance()).requestTimeout())
                .map(request -> longestCall(CONNECT, request))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return toServiceNow.compareTo(toVisionOne) > 0 ? toServiceNow : toVisionOne;
    }

    private static Duration longestCall(Duration connect, Duration request) {
        return connect.plus(request.multipliedBy(2));
    }

    private static void add(
            Map<String, SystemClient> clients, String name, Supplier<SystemClient> make, List<String> problems) {
        try {
            clients.put(name, make.get());
        } catch (UnusableFile e) {
            problems.add(e.getMessage());
        }
    }
}
