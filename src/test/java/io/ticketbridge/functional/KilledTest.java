package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.Scan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed with -9 at one moment after another, and started again: no ticket is missing, none is there twice (P15). */
class KilledTest {
    private static final RequestMatcher OPENING = RequestMatcher.on("POST", "/table/incident$");
    private static final RequestMatcher CHANGING =
            RequestMatcher.writes().and((method, path) -> path.contains("/table/incident/"));
    private static final int CASES = 25;
    private static final int CONTROLS = 25;

    @TempDir
    private Path folder;

    private static Scan scan(String... resources) {
        Scan scan = Scan.of();
        IntStream.range(0, CONTROLS).forEach(number -> scan.fails("control-" + (100 + number), resources));
        return scan;
    }

    private static void killWhen(BooleanSupplier moment, Path folder, String config) {
        try (ChildProcess child = ChildProcess.start(folder, "run", "--once", "--config", config)) {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> moment.getAsBoolean() || !child.isAlive());
            assertThat(child.isAlive())
                    .as("it was killed in mid-run: " + child.err())
                    .isTrue();
            child.kill();
        }
    }

    private static void runToTheEnd(Path folder, String config) {
        try (ChildProcess child = ChildProcess.start(folder, "run", "--once", "--config", config)) {
            assertThat(child.exit()).as(child.err()).isZero();
        }
    }

    @Test
    void tickets_are_opened_and_updated_once_each_whenever_it_was_killed() throws Exception {
        Path scans = Files.createDirectories(folder.resolve("scans"));
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.folder", scans.toString())) {
            String config = bridge.config().toString();
            IntStream.range(0, CASES).forEach(number -> bridge.visionOne().addCase("Case " + (100 + number), "P2"));
            scan("disk-1").write(scans);

            killWhen(() -> bridge.serviceNow().requests().matching(OPENING).size() >= 5, folder, config);

            var slow = bridge.serviceNow().faults().next(2, OPENING, Fault.slow(Duration.ofMillis(1500)));
            killWhen(() -> slow.used() > 0, folder, config);
            slow.off();

            var closed = bridge.serviceNow().faults().next(4, OPENING, Fault.closedAfterCommit());
            killWhen(() -> closed.used() > 1, folder, config);
            closed.off();

            runToTheEnd(folder, config);

            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("short_description"))
                    .hasSize(CASES + CONTROLS)
                    .doesNotHaveDuplicates();
            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("correlation_id"))
                    .doesNotHaveDuplicates();

            scan("disk-1", "disk-2").write(scans);
            var slowUpdate = bridge.serviceNow().faults().next(2, CHANGING, Fault.slow(Duration.ofMillis(1500)));
            killWhen(() -> slowUpdate.used() > 0, folder, config);
            slowUpdate.off();
            var closedUpdate = bridge.serviceNow().faults().next(4, CHANGING, Fault.closedAfterCommit());
            killWhen(() -> closedUpdate.used() > 1, folder, config);
            closedUpdate.off();

            runToTheEnd(folder, config);

            assertThat(bridge.tickets())
                    .hasSize(CASES + CONTROLS)
                    .filteredOn(ticket -> ticket.get("short_description").startsWith("Rule"))
                    .allSatisfy(ticket -> assertThat(bridge.notes(ticket))
                            .filteredOn(note -> note.contains("Joined:"))
                            .hasSize(1));
        }
    }

    @Test
    void a_page_that_was_being_read_when_it_was_killed_is_read_again() throws Exception {
        try (Bridge bridge = Bridge.in(folder)) {
            String config = bridge.config().toString();
            IntStream.range(0, CASES).forEach(number -> bridge.visionOne().addCase("Case " + (100 + number), "P2"));

            killWhen(() -> bridge.visionOne().requests().count() >= 10, folder, config);
            runToTheEnd(folder, config);

            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("short_description"))
                    .hasSize(CASES)
                    .doesNotHaveDuplicates();
        }
    }
}
