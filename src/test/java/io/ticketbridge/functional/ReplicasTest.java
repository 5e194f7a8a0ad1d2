package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one PostgreSQL: they share what is owed, one takes over from the other, and no ticket is there twice (P15, P35). */
class ReplicasTest {
    private static final RequestMatcher OPENING = RequestMatcher.on("POST", "/table/incident$");
    private static final RequestMatcher LOOK_UP = RequestMatcher.on("GET", "/table/incident$");

    /** One second to connect, two for the answer to begin, two to read it, five of margin. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    /** So many tickets are owed, one at least was tried in vain, and nobody is at work on them. */
    private String owe(int tickets) {
        var refusing = bridge.serviceNow().faults().always(OPENING, Fault.status(503));
        Scan scan = Scan.of();
        IntStream.range(0, tickets).forEach(number -> scan.fails("control-" + (1000 + number), "disk-1"));
        File file = scan.write(folder).toFile();
        bridge.engine().importFiles(Bridge.COMPLIANCE, List.of(file));
        await().atMost(Duration.ofSeconds(30)).until(() -> refusing.used() > 0);
        bridge.restart();
        refusing.off();
        assertThat(bridge.tickets()).isEmpty();
        return bridge.config().toString();
    }

    private Bridge bridge;

    private void start(Bridge started) {
        // Without Vision One's patience in it, a lease is short; its cases have nothing to say here.
        bridge = started.with("flow.cases.enabled", "false").with("servicenow.deliveries", "2");
    }

    private ChildProcess replica(String config) {
        return ChildProcess.start(folder, "run", "--config", config);
    }

    private static void awaitThat(Duration longest, BooleanSupplier what, ChildProcess... children) {
        try {
            await().atMost(longest).pollInterval(Duration.ofMillis(20)).until(() -> {
                for (ChildProcess child : children) {
                    assertThat(child.isAlive()).as(child.err()).isTrue();
                }
                return what.getAsBoolean();
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    Stream.of(children).map(ChildProcess::err).collect(Collectors.joining("\n---\n")), e);
        }
    }

    private boolean claimed() {
        return bridge.countBeside("select count(*) from finding_group where lease_owner is not null") == 1;
    }

    private static long opened(ChildProcess child) {
        return child.err()
                .lines()
                .filter(line -> line.contains("Ticket opened. number="))
                .count();
    }

    private void assertEachOnce(int tickets) {
        assertThat(bridge.tickets())
                .extracting(ticket -> ticket.get("correlation_id"))
                .hasSize(tickets)
                .doesNotHaveDuplicates();
        assertThat(bridge.countBeside("select count(*) from finding_group where pending"))
                .isZero();
        assertThat(bridge.countBeside("select count(*) from action where state in ('intended', 'written')"))
                .as("intents that nobody ended")
                .isZero();
        assertThat(bridge.countBeside("select count(*) from dead_letter")).isZero();
    }

    @Test
    void two_share_the_work_and_what_a_killed_one_had_in_hand_is_taken_over() {
        int tickets = 60;
        try (Bridge started = Bridge.in(folder, Ledger.POSTGRESQL)) {
            start(started);
            String config = owe(tickets);
            bridge.serviceNow().faults().always(OPENING, Fault.slow(Duration.ofMillis(700)));
            try (ChildProcess one = replica(config);
                    ChildProcess other = replica(config)) {
                awaitThat(Duration.ofSeconds(90), () -> opened(one) > 0 && opened(other) > 0, one, other);
                one.kill();
                Instant killed = Instant.now();
                awaitThat(Duration.ofSeconds(90), () -> bridge.tickets().size() == tickets, other);
                // What the killed one had sent was committed at once; what it had only claimed waits for its lease.
                awaitThat(
                        LEASE.multipliedBy(2).plusSeconds(20),
                        () -> bridge.countBeside("select count(*) from finding_group where pending") == 0,
                        other);
                assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(90));
            }
            assertEachOnce(tickets);
        }
    }

    @Test
    void one_that_was_paused_for_longer_than_its_lease_notices_before_it_sends() {
        try (Bridge started = Bridge.in(folder, Ledger.POSTGRESQL)) {
            start(started);
            String config = owe(1);
            // The open intent is looked up first. While the answer is under way the process is paused.
            var slow = bridge.serviceNow().faults().always(LOOK_UP, Fault.slowAnswer(Duration.ofMillis(1500)));
            try (ChildProcess paused = replica(config)) {
                // The probe at start, the sweep, and the look-up of the claimed group.
                awaitThat(Duration.ofSeconds(40), () -> slow.used() >= 3 && claimed(), paused);
                paused.pause();
                slow.off();
                try (ChildProcess other = replica(config)) {
                    awaitThat(Duration.ofSeconds(90), () -> other.err().contains("Ticket opened. number="), other);
                    int asked = bridge.serviceNow().requests().matching(OPENING).size();
                    paused.resume();
                    awaitThat(Duration.ofSeconds(30), () -> paused.err().contains("goes on elsewhere"), paused);
                    assertThat(bridge.serviceNow().requests().matching(OPENING)).hasSize(asked);
                }
            }
            assertEachOnce(1);
        }
    }
}
