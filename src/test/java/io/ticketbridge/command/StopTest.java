package io.ticketbridge.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.sandbox.Sandbox;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class StopTest {
    private static final int LONGEST_END = 25;

    @TempDir
    Path folder;

    @Test
    void a_run_that_is_stopped_in_mid_delivery_ends_well_and_doubles_nothing() throws Exception {
        try (Sandbox sandbox = Sandbox.start(1, folder.resolve("scans"), Clock.systemUTC())) {
            configure(sandbox);
            var slow = sandbox.serviceNow().faults().always(RequestMatcher.writes(), Fault.slow(Duration.ofSeconds(2)));
            try (Child run = Child.start(folder, "run")) {
                await().atMost(60, SECONDS).until(() -> incidents(sandbox).size() >= 2);
                run.terminate();
                assertThat(run.ended(LONGEST_END)).as("%s", run.lines()).isZero();
                assertThat(run.lines())
                        .anyMatch(line -> line.contains("Stopping"))
                        .noneMatch(line -> line.contains(" ERROR ") || line.contains("Exception"));
            }
            int before = incidents(sandbox).size();
            assertThat(before).isLessThan(12);

            slow.off();
            try (Child rest = Child.start(folder, "run", "--once")) {
                assertThat(rest.ended(60)).as("%s", rest.lines()).isZero();
            }
            assertThat(incidents(sandbox)).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_run_that_is_stopped_while_a_source_asks_for_patience_does_not_wait_for_it() throws Exception {
        try (Sandbox sandbox = Sandbox.start(1, folder.resolve("scans"), Clock.systemUTC())) {
            configure(
                    sandbox,
                    Map.of("ticketbridge.flow.scc.enabled", "false", "ticketbridge.flow.compliance.enabled", "false"));
            sandbox.visionOne().faults().always(path -> true, VisionOneFaults.tooManyRequests(120));
            try (Child run = Child.start(folder, "run")) {
                await().atMost(60, SECONDS)
                        .until(() -> sandbox.visionOne().requests().count() > 0);

                run.terminate();

                assertThat(run.ended(60)).as("%s", run.lines()).isZero();
                assertThat(run.lines())
                        .noneMatch(line -> line.contains("Exception"))
                        .anyMatch(line -> line.contains("Running. flows=[cases, ") && !line.contains("compliance"))
                        .anyMatch(line -> line.contains("is read next time"));
            }
        }
    }

    @Test
    void a_run_whose_map_names_a_state_that_the_instance_does_not_have_ends_and_says_so() throws Exception {
        try (Sandbox sandbox = Sandbox.start(1, folder.resolve("scans"), Clock.systemUTC())) {
            configure(
                    sandbox,
                    Map.of("ticketbridge.profile.case-incident.sync.status.Closed", "Rezolved, Closed, Canceled"));
            try (Child run = Child.start(folder, "run")) {
                assertThat(run.ended(60)).as("%s", run.lines()).isEqualTo(TicketbridgeCommand.UNUSABLE);
                assertThat(run.lines())
                        .anyMatch(line -> line.contains(" ERROR ")
                                && line.contains(
                                        "ticketbridge.profile.case-incident.sync.status.Closed must hold a state")
                                && line.contains("Rezolved"));
            }
        }
    }

    @Test
    void a_stopped_sandbox_leaves_nothing_behind() throws Exception {
        try (Child sandbox = Child.start(folder, "sandbox")) {
            await().atMost(60, SECONDS)
                    .until(() -> sandbox.lines().stream().anyMatch(line -> line.contains("Ticket opened")));
            assertThat(sandbox.lines())
                    .anyMatch(line -> line.matches(" *Control page +http://127\\.0\\.0\\.1:\\d+/"))
                    .anyMatch(line -> line.matches(" *Tickets +http://127\\.0\\.0\\.1:\\d+/#tickets"));
            sandbox.terminate();
            assertThat(sandbox.ended(LONGEST_END)).as("%s", sandbox.lines()).isZero();
        }
        try (var left = Files.list(folder)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("ticketbridge-sandbox")))
                    .isEmpty();
        }
    }

    private void configure(Sandbox sandbox) throws Exception {
        configure(sandbox, Map.of());
    }

    private void configure(Sandbox sandbox, Map<String, String> more) throws Exception {
        Map<String, String> properties = new LinkedHashMap<>(sandbox.properties());
        properties.putAll(more);
        properties.put("ticketbridge.database.url", "jdbc:h2:file:" + folder.resolve("ledger"));
        properties.put("ticketbridge.http.management-port", "0");
        properties.put("ticketbridge.http.port", "0");
        properties.put("ticketbridge.servicenow.deliveries", "1");
        properties.put("ticketbridge.servicenow.connect-timeout", "1s");
        properties.put("ticketbridge.servicenow.request-timeout", "4s");
        Files.writeString(
                Files.createDirectories(folder.resolve("config")).resolve("application.properties"),
                PropertyLines.of(properties));
    }

    private static List<String> incidents(Sandbox sandbox) {
        return sandbox.serviceNow().records("incident").stream()
                .map(row -> row.get("correlation_id"))
                .toList();
    }
}
