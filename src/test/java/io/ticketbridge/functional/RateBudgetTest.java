package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.engine.Engine;
import io.ticketbridge.engine.Failed;
import io.ticketbridge.ledger.LastEnds;
import io.ticketbridge.ledger.budget.BudgetSpent;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.sandbox.servicenow.SeenRequest;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An instance limited to so many requests an hour is not asked for more, whoever asks (P19). */
class RateBudgetTest {
    private static final int LIMIT = 50;
    private static final Duration HOUR = Duration.ofMinutes(63);
    private static final Duration PACE = Duration.ofMinutes(10);

    private static final RequestMatcher OPENING = RequestMatcher.on("POST", "/table/incident$");

    @TempDir
    private Path folder;

    private static Scan failing(String prefix, int from, int to) {
        Scan scan = Scan.of();
        IntStream.range(from, to).forEach(number -> scan.fails(prefix + (1000 + number), "disk-1"));
        return scan;
    }

    private static List<SeenRequest> refused(Bridge bridge) {
        return bridge.serviceNow().requests().all().stream()
                .filter(request -> request.status() == 429)
                .toList();
    }

    private static RequestBudget budget(Bridge bridge) {
        return new RequestBudget(bridge.engine().database(), OptionalInt.of(LIMIT), flow -> true, bridge.clock());
    }

    private static void bitByBit(Bridge bridge, Engine engine) {
        for (int wait = 0; !engine.owing().isSettled(); wait++) {
            assertThat(wait).isLessThan(60);
            bridge.later(PACE);
            untilSettledOrSpent(bridge, engine);
        }
    }

    private static void untilSettledOrSpent(Bridge bridge, Engine engine) {
        RequestBudget budget = budget(bridge);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> engine.owing().isSettled() || budget.get().ordinary() <= 0 && isAtRest(engine));
    }

    private static boolean isAtRest(Engine engine) {
        return engine.database()
                        .client()
                        .sql("select count(*) from finding_group where lease_owner is not null")
                        .query(Long.class)
                        .single()
                == 0;
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_limited_instance_never_answers_429(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).with("servicenow.requests-per-hour", String.valueOf(LIMIT))) {
            bridge.serviceNow().settings().rateLimit(LIMIT);
            Engine engine = bridge.engine();

            engine.importFiles(
                    Bridge.COMPLIANCE,
                    List.of(failing("control-", 0, 120).write(folder).toFile()));
            untilSettledOrSpent(bridge, engine);

            assertThat(bridge.tickets()).hasSizeBetween(4, LIMIT / 2);
            assertThat(engine.owing().backlog().sentence()).contains("of 50 in the last hour", "through in about");

            bitByBit(bridge, engine);

            assertThat(bridge.tickets()).hasSize(120);
            assertThat(refused(bridge)).isEmpty();
        }
    }

    @Test
    void what_servicenow_says_of_its_limit_is_enough() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.serviceNow().settings().rateLimit(LIMIT);
            Engine engine = bridge.engine();

            engine.importFiles(
                    Bridge.COMPLIANCE,
                    List.of(failing("control-", 0, 120).write(folder).toFile()));
            untilSettledOrSpent(bridge, engine);
            bitByBit(bridge, engine);

            assertThat(bridge.tickets()).hasSize(120);
            assertThat(refused(bridge)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void closures_and_critical_ones_go_first_then_what_opens_then_what_changes(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).with("servicenow.deliveries", "1")) {
            bridge.importFile(failing("old-", 0, 40).write(folder));
            bridge.with("servicenow.requests-per-hour", String.valueOf(LIMIT)).restart();
            bridge.serviceNow().settings().rateLimit(LIMIT);
            Engine engine = bridge.engine();
            spend(bridge);
            bridge.listen();

            Scan scan = Scan.of();
            IntStream.range(0, 20).forEach(number -> scan.fails("old-" + (1000 + number), "disk-1", "disk-2"));
            IntStream.range(20, 40).forEach(number -> scan.passes("old-" + (1000 + number), "disk-1"));
            IntStream.range(0, 20).forEach(number -> scan.fails("new-" + (1000 + number), "disk-1"));
            scan.ofSeverity(5);
            IntStream.range(20, 25).forEach(number -> scan.fails("worst-" + (1000 + number), "disk-1"));
            Thread pass = new Thread(() -> engine.importFiles(
                    Bridge.COMPLIANCE, List.of(scan.write(folder).toFile())));
            pass.start();
            bridge.later(HOUR);
            await().atMost(Duration.ofSeconds(30)).until(() -> !pass.isAlive());
            untilSettledOrSpent(bridge, engine);
            bitByBit(bridge, engine);

            assertThat(bridge.serviceNow().requests().matching(RequestMatcher.writes()))
                    .hasSize(65);
            List<String> order = bridge.serviceNow().requests().matching(RequestMatcher.writes()).stream()
                    .map(request -> kind(request.body()))
                    .toList();
            assertThat(order.subList(0, 25)).containsOnly("critical", "closure");
            assertThat(order.subList(25, 45)).containsOnly("opening");
            assertThat(order.subList(45, 65)).containsOnly("update");
            assertThat(refused(bridge)).isEmpty();
        }
    }

    private static String kind(String body) {
        if (body.contains("worst-")) {
            return "critical";
        }
        return body.contains("close_code") ? "closure" : body.contains("correlation_id") ? "opening" : "update";
    }

    private static void spend(Bridge bridge) {
        RequestBudget budget = budget(bridge);
        while (budget.backlogOf(0).used() < LIMIT) {
            budget.take();
        }
    }

    @Test
    void a_restart_keeps_the_count() {
        try (Bridge bridge = Bridge.in(folder).with("servicenow.requests-per-hour", String.valueOf(LIMIT))) {
            spend(bridge);
            bridge.restart().listen();

            assertThat(bridge.engine().owing().backlogOf(1).time())
                    .isBetween(Duration.ofMinutes(60), Duration.ofMinutes(62));
            assertThat(bridge.serviceNow().requests().all()).isEmpty();
        }
    }

    @Test
    void status_says_how_long_the_backlog_takes() {
        try (Bridge bridge = Bridge.in(folder).with("servicenow.requests-per-hour", String.valueOf(LIMIT))) {
            Engine engine = bridge.engine();
            spend(bridge);
            String config = bridge.config().toString();

            assertThat(CommandRun.of("status", "--config", config).out())
                    .contains("Requests to ServiceNow: 50 of 50 in the last hour; about 0 owed");
            assertThat(CommandRun.of("status", "--config", config, "--output", "json")
                            .out())
                    .contains("\"requestsPerHour\":50");
        }
    }

    @Test
    void a_pass_that_waits_for_room_does_not_hold_up_the_end() throws InterruptedException {
        try (Bridge bridge = Bridge.in(folder).with("servicenow.requests-per-hour", String.valueOf(LIMIT))) {
            bridge.importFile(failing("control-", 0, 1).write(folder));
            Engine engine = bridge.engine();
            spend(bridge);
            Thread pass = new Thread(() -> {
                try {
                    engine.importFiles(
                            Bridge.COMPLIANCE,
                            List.of(failing("control-", 0, 2).write(folder).toFile()));
                } catch (Failed e) {
                    // The end came before there was room.
                    return;
                }
            });
            pass.start();
            await().during(Duration.ofSeconds(2)).until(pass::isAlive);

            Instant before = Instant.now();
            bridge.restart();
            pass.join(40_000);

            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(40));
            assertThat(pass.isAlive()).isFalse();

            bridge.later(HOUR).importFile(failing("control-", 0, 2).write(folder));

            assertThat(bridge.tickets()).hasSize(2);
        }
    }

    @Test
    void two_engines_on_one_ledger_share_the_budget() {
        try (Bridge bridge =
                Bridge.in(folder, Ledger.POSTGRESQL).with("servicenow.requests-per-hour", String.valueOf(LIMIT))) {
            bridge.serviceNow().settings().rateLimit(LIMIT);
            Engine one = bridge.engine();
            try (Engine two = bridge.another()) {
                one.importFiles(
                        Bridge.COMPLIANCE,
                        List.of(failing("control-", 0, 120).write(folder).toFile()));
                untilSettledOrSpent(bridge, two);
                bitByBit(bridge, two);
            }

            assertThat(bridge.tickets()).hasSize(120);
            assertThat(refused(bridge)).isEmpty();
        }
    }

    @Test
    void after_a_429_every_replica_waits_as_long_as_it_says() {
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL).with("servicenow.deliveries", "1")) {
            bridge.serviceNow().faults().next(1, OPENING, Fault.status(429).retryAfter(Duration.ofMinutes(20)));
            Engine one = bridge.engine();
            try (Engine two = bridge.another()) {
                one.importFiles(
                        Bridge.COMPLIANCE,
                        List.of(failing("control-", 0, 10).write(folder).toFile()));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> !refused(bridge).isEmpty());
                await().pollDelay(Duration.ofSeconds(2)).until(() -> isAtRest(two));

                int before = bridge.tickets().size();
                assertThat(before).isLessThan(10);
                assertThat(two.owing().backlog().restUntil())
                        .isAfter(bridge.clock().instant());

                bridge.later(Duration.ofMinutes(21));
                await().atMost(Duration.ofSeconds(30)).until(two.owing()::isSettled);
            }

            assertThat(bridge.tickets()).hasSize(10);
            assertThat(refused(bridge)).hasSize(1);
        }
    }

    /** Of a review: the storm took the hour's requests, polls what is kept for critical ones, and then nothing was read. */
    @ParameterizedTest
    @EnumSource(Ledger.class)
    void in_a_storm_with_polls_a_critical_case_is_read_and_opened(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)
                .with("servicenow.requests-per-hour", "200")
                .with("flow.compliance.max-new-tickets-per-run", "1000")) {
            Engine engine = bridge.engine();
            RequestBudget budget =
                    new RequestBudget(engine.database(), OptionalInt.of(200), flow -> true, bridge.clock());
            engine.pass(Bridge.CASES);
            engine.importFiles(
                    Bridge.COMPLIANCE,
                    List.of(failing("control-", 0, 300).write(folder).toFile()));
            // Others poll as often as they may.
            for (int minute = 0; minute < 40; minute += 10) {
                await().atMost(Duration.ofSeconds(30)).until(() -> budget.get().ordinary() <= 0 && isAtRest(engine));
                readAll(budget);
                bridge.later(PACE);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> budget.get().ordinary() <= 0 && isAtRest(engine));

            assertThat(budget.get().urgent()).isGreaterThanOrEqualTo(10);

            bridge.visionOne().addCase("Ransomware", "P0");
            engine.pass(Bridge.CASES);

            await().atMost(Duration.ofSeconds(30)).until(() -> bridge.tickets().stream()
                    .anyMatch(ticket -> ticket.get("short_description").equals("Ransomware")));
        }
    }

    private static void readAll(RequestBudget budget) {
        try {
            while (true) {
                budget.takeForRead();
            }
        } catch (BudgetSpent e) {
            return;
        }
    }

    @Test
    void a_pass_that_waits_for_room_says_so() throws Exception {
        try (Bridge bridge = Bridge.in(folder).with("servicenow.requests-per-hour", String.valueOf(LIMIT))) {
            Engine engine = bridge.engine();
            engine.probe();
            readAll(budget(bridge));
            Thread pass = new Thread(() -> engine.pass(Bridge.CASES));
            pass.start();
            LastEnds ends = new LastEnds(engine.database(), bridge.clock());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> ends.waitsUntil(Bridge.CASES).isPresent());

            assertThat(pass.isAlive()).isTrue();
            assertThat(CommandRun.of("status", "--config", bridge.config().toString())
                            .out())
                    .contains("cases: its pass waits for the rate budget until 20");

            bridge.later(PACE);
            pass.join(30_000);

            assertThat(pass.isAlive()).isFalse();
            assertThat(CommandRun.of("status", "--config", bridge.config().toString(), "--output", "json")
                            .out())
                    .contains("\"waitsUntil\":null");
        }
    }

    @Test
    void check_warns_of_more_polls_than_there_are_requests() {
        try (Bridge bridge =
                Bridge.in(folder).with("servicenow.requests-per-hour", "200").with("flow.cases.poll", "1m")) {
            assertThat(CommandRun.of("check", "--config", bridge.config().toString())
                            .out())
                    .contains("Polls alone need about 180 requests to ServiceNow an hour, and of"
                            + " ticketbridge.servicenow.requests-per-hour=200 polls may use 120");
        }
    }
}
