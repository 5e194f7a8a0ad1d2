package io.ticketbridge.engine;

import io.ticketbridge.config.Settings;
import java.util.List;
import java.util.Properties;
import org.apache.camel.main.Main;

/** Camel's own start, told what the settings say of it; no route is in it yet. */
final class CamelMain {
    private static final int SHUTDOWN_SECONDS = 20;

    private CamelMain() {}

    static Main of(Settings settings, boolean scheduled, boolean planned) {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure()
                .withName("ticketbridge")
                .withJmxEnabled(false)
                .withShutdownTimeout(SHUTDOWN_SECONDS)
                .withShutdownLogInflightExchangesOnTimeout(false);
        Properties properties = new Properties();
        settings.properties().forEach((key, value) -> {
            // Routes never need a credential: beans take those from the settings, so that no placeholder can show one.
            if (!isSecret(key)) {
                properties.setProperty(key, value);
            }
        });
        properties.setProperty("ticketbridge.scheduled", String.valueOf(scheduled));
        properties.setProperty("ticketbridge.planned", String.valueOf(planned));
        // Two components of one class, each with settings of its own.
        for (String component : List.of("http", "https")) {
            String prefix = "camel.component." + component + ".";
            properties.putIfAbsent(prefix + "responseTimeout", String.valueOf(Networks.PATIENCE.toMillis()));
            properties.putIfAbsent(prefix + "connectTimeout", String.valueOf(Networks.CONNECT.toMillis()));
            properties.putIfAbsent(prefix + "httpClientConfigurer", "#bean:" + Networks.COMMON);
        }
        if (scheduled && settings.kafka().isOn()) {
            // A worker waits for its brokers, however long they are away.
            properties.putIfAbsent("camel.component.kafka.createConsumerBackoffMaxAttempts", "2147483647");
            properties.putIfAbsent("camel.component.kafka.subscribeConsumerBackoffMaxAttempts", "2147483647");
        }
        main.setInitialProperties(properties);
        return main;
    }

    /** Of ours alone: what an engineer names is for a route, or for a component that Camel sets up by it. */
    private static boolean isSecret(String key) {
        return key.matches("ticketbridge\\..*\\.(.*password|.*secret|api-key|token)");
    }
}
