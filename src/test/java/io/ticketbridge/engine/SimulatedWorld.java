package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.sandbox.scans.SimulatedCloud;
import io.ticketbridge.sandbox.servicenow.Credentials;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.sandbox.visionone.Options;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A simulated Vision One with three cases, a simulated cloud and ServiceNow, a copy of the route files that may be edited,
 * and engines on a ledger of their own. Flow {@code cases} polls cases, {@code compliance} the files of {@link #scans}.
 */
final class SimulatedWorld implements AutoCloseable {
    private static final Path ORIGINALS = Path.of("routes");

    final VisionOneSimulator visionOne =
            VisionOneSimulator.start(Options.defaults().withCases(3));
    final ServiceNowSimulator serviceNow = ServiceNowSimulator.start();
    final SimulatedCloud cloud = new SimulatedCloud(7, 1, 40, Clock.systemUTC());
    final Path routes;
    final Path scans;
    private final Path folder;
    private final Map<String, String> more = new TreeMap<>();

    SimulatedWorld(Path folder) {
        this.folder = folder;
        try {
            routes = Files.createDirectories(folder.resolve("routes"));
            scans = Files.createDirectories(folder.resolve("scans"));
            try (Stream<Path> files = Files.list(ORIGINALS)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".camel.yaml"))
                        .toList()) {
                    // Only so that a test does not wait for a source to come round.
                    write(file.getFileName().toString(), Files.readString(file).replace("\"1000\"", "\"5\""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets a setting, named without {@code ticketbridge.}, for engines that start later. */
    SimulatedWorld with(String key, String value) {
        more.put(key, value);
        return this;
    }

    Engine start(Path otherRoutes, boolean watch) {
        return Engine.start(settings(), new Engine.Options(otherRoutes, false, watch, Clock.systemUTC()));
    }

    Engine start(boolean scheduled, boolean watch) {
        return Engine.start(settings(), new Engine.Options(routes, scheduled, watch, Clock.systemUTC()));
    }

    Settings settings() {
        Map<String, String> settings = new TreeMap<>();
        Credentials credentials = serviceNow.credentials();
        settings.put("database.url", "jdbc:h2:file:" + folder.resolve("ledger"));
        settings.put("http.management-port", "0");
        settings.put("http.port", "0");
        settings.put("vision-one.url", visionOne.url());
        settings.put("vision-one.token", visionOne.token());
        settings.put("servicenow.url", serviceNow.url());
        settings.put("servicenow.client-id", credentials.clientId());
        settings.put("servicenow.client-secret", credentials.clientSecret());
        settings.put("servicenow.connect-timeout", "1s");
        settings.put("servicenow.request-timeout", "2s");
        settings.put("flow.cases.source", "vision-one-cases");
        settings.put("flow.cases.profile", "tickets");
        settings.put("flow.compliance.source", "files");
        settings.put("flow.compliance.folder", scans.toString());
        settings.put("flow.compliance.group-by", "control");
        settings.put("flow.compliance.profile", "tickets");
        settings.put("profile.tickets.table", "incident");
        settings.putAll(more);
        Map<String, String> full = new TreeMap<>();
        settings.forEach((key, value) -> full.put("ticketbridge." + key, value));
        return Settings.load(Sources.only(full));
    }

    String read(String routeFile) throws IOException {
        return Files.readString(routes.resolve(routeFile));
    }

    void write(String routeFile, String text) throws IOException {
        Files.writeString(routes.resolve(routeFile), text);
    }

    /** Replaces the one place where a route file says that. */
    void edit(String routeFile, String before, String after) throws IOException {
        String text = read(routeFile);
        if (text.split(Pattern.quote(before), -1).length != 2) {
            throw new IllegalArgumentException(routeFile + " does not say once: " + before);
        }
        write(routeFile, text.replace(before, after));
    }

    List<Map<String, String>> tickets() {
        return serviceNow.records("incident").stream()
                .filter(record -> record.get("correlation_id").startsWith("ticketbridge-"))
                .toList();
    }

    static void untilSettled(Engine engine) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(engine.owing()::isSettled);
    }

    @Override
    public void close() {
        visionOne.close();
        serviceNow.close();
        assertThat(visionOne.faults().unused())
                .as("faults that no request has met")
                .isEmpty();
        assertThat(serviceNow.faults().unused())
                .as("faults that no request has met")
                .isEmpty();
    }
}
