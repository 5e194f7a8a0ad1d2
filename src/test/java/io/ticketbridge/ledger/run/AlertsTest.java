package io.ticketbridge.ledger.run;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ticketbridge.config.Settings;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.LastEnds;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.ledger.intake.Intakes;
import io.ticketbridge.ledger.report.LedgerFigures;
import io.ticketbridge.ledger.ticket.StrayRecords;
import io.ticketbridge.observe.LedgerGauges;
import io.ticketbridge.observe.Meters;
import io.ticketbridge.observe.TlsGauges;
import io.ticketbridge.testing.Alerts;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Breaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each shipped alert over courses of events: it fires in what it is for, and does not in what looks like it. What a circuit raises is
 * {@code CircuitsTest}'s.
 */
class AlertsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Finding ONE = fail("one", "disk-1");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private OptionalInt requestsPerHour = OptionalInt.empty();
    private LedgerWorld world;
    private LastEnds ends;
    private Meters meters;

    @BeforeEach
    void open() {
        world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("check"));
        ends = new LastEnds(world.database, world.clock);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Alerts alerts(Map<String, String> keys) {
        return alerts(keys, MINUTE);
    }

    private Alerts alerts(Map<String, String> keys, Duration every) {
        Settings settings = Flow.settings(keys);
        RequestBudget budget = budget();
        new LedgerGauges(
                        () -> LedgerFigures.of(world.database, budget),
                        settings.flows().values(),
                        flow -> true,
                        world.clock)
                .bindTo(registry);
        new TlsGauges(settings).bindTo(registry);
        meters = new Meters(registry, List.of(Flow.NAME));
        return new Alerts(world.clock, every, registry);
    }

    private Alerts alerts() {
        return alerts(Map.of("poll", "1h"));
    }

    private RequestBudget budget() {
        return new RequestBudget(world.database, requestsPerHour, flow -> true, world.clock);
    }

    private boolean every(Duration period) {
        return Duration.between(Instant.EPOCH, world.clock.instant()).toMinutes() % period.toMinutes() == 0;
    }

    /** As deliveries wait between tries. */
    private void failDelivery() {
        world.groups.claim(world.groupOf(ONE)).ifPresent(claimed -> {
            int tries = world.groups.attempts(claimed.group().id());
            world.groups.retry(
                    claimed, world.clock.instant().plus(Duration.ofSeconds(Math.min(300, 1L << Math.min(tries, 9)))));
        });
    }

    @Test
    void tickets_that_no_try_writes_are_stuck() {
        world.scan(ONE);

        assertThat(alerts().during(HOUR, this::failDelivery)).containsOnly("TicketbridgeDeliveriesStuck");
    }

    @Test
    void tickets_that_fail_now_and_then_are_not_stuck() {
        Alerts alerts = alerts();
        for (int i = 1; i <= 6; i++) {
            world.scan(fail("one", "disk-" + i));
            assertThat(alerts.during(Duration.ofMinutes(9), this::failDelivery)).isEmpty();
            world.clock.advance(Duration.ofMinutes(5));
            world.deliver(ONE, i == 1 ? Action.OPEN : Action.UPDATE);
        }
    }

    @Test
    void tickets_that_wait_for_the_rate_budget_after_a_failed_try_are_not_stuck() {
        world.scan(ONE);
        failDelivery();

        assertThat(alerts().during(Duration.ofHours(2), () -> ends.passEnded(Flow.NAME)))
                .isEmpty();
    }

    @Test
    void a_backlog_of_hours_is_told_and_a_rest_with_nothing_owed_is_not() {
        requestsPerHour = OptionalInt.of(10);
        Alerts alerts = alerts();
        budget().rest(world.clock.instant().plus(Duration.ofHours(6)));
        assertThat(alerts.during(HOUR)).isEmpty();

        world.scan(IntStream.range(0, 60)
                .mapToObj(i -> fail("check-" + i, "disk-1"))
                .toArray(Finding[]::new));
        assertThat(alerts.during(HOUR)).containsOnly("TicketbridgeBacklogLong");
    }

    @Test
    void a_backlog_that_is_through_within_the_hour_is_none() {
        requestsPerHour = OptionalInt.of(1000);
        world.scan(ONE, fail("two", "disk-1"));

        assertThat(alerts().during(HOUR)).isEmpty();
    }

    @Test
    void a_source_that_no_pass_reads_any_more_is_told() {
        Alerts alerts = alerts();
        assertThat(alerts.during(DAY, () -> {
                    if (every(HOUR)) {
                        ends.passEnded(Flow.NAME);
                    }
                }))
                .isEmpty();

        assertThat(alerts.during(Duration.ofHours(3))).isEmpty();
        assertThat(alerts.during(HOUR)).containsOnly("TicketbridgeSourceNotRead");
    }

    @Test
    void a_source_that_is_read_each_night_is_told_only_when_a_night_is_left_out() {
        Alerts alerts = alerts(Map.of("poll", "0 0 2 * * ?"), Duration.ofMinutes(10));
        assertThat(alerts.during(Duration.ofDays(3), () -> {
                    if (world.clock.instant().toString().contains("T02:20")) {
                        ends.passEnded(Flow.NAME);
                    }
                }))
                .isEmpty();

        assertThat(alerts.during(DAY)).containsOnly("TicketbridgeSourceNotRead");
    }

    @Test
    void a_flow_whose_hourly_passes_all_failed_from_the_first_on_is_told() {
        Alerts alerts = alerts();
        Runnable pass = () -> {
            if (every(HOUR)) {
                ends.passFailed(Flow.NAME, "the key is another account's");
            }
        };

        assertThat(alerts.during(Duration.ofMinutes(100), pass)).containsOnly("TicketbridgePassesFail");
        assertThat(alerts.during(Duration.ofHours(3), pass))
                .containsOnly("TicketbridgePassesFail", "TicketbridgeSourceNotRead");
    }

    @Test
    void a_source_that_was_never_read_is_as_old_as_its_first_run() {
        world.runs.fail(world.runs.begin(Flow.NAME, "scan"), "the key is another account's");
        world.clock.advance(Duration.ofHours(4));

        assertThat(alerts().during(Duration.ofMinutes(15))).containsOnly("TicketbridgeSourceNotRead");
    }

    @Test
    void a_pass_that_fails_now_and_then_is_followed_by_one_that_does_not() {
        assertThat(alerts(Map.of("poll", "10m")).during(Duration.ofHours(5), () -> {
                    if (every(Duration.ofMinutes(20))) {
                        ends.passFailed(Flow.NAME, "a time-out");
                    } else if (every(Duration.ofMinutes(10))) {
                        ends.passEnded(Flow.NAME);
                    }
                }))
                .isEmpty();
    }

    private void send(String digest) {
        new Intakes(world.database, world.clock)
                .keep(
                        new Intakes.Sent(Flow.NAME, digest, false, false, 2, false),
                        () -> new ByteArrayInputStream(new byte[2]));
    }

    @Test
    void what_was_sent_and_is_not_read_is_told() {
        Alerts alerts = alerts();
        send("first");

        assertThat(alerts.during(HOUR)).containsOnly("TicketbridgeSentNotRead");
    }

    @Test
    void senders_that_keep_the_queue_filled_are_no_alarm() {
        Alerts alerts = alerts();
        send("first");

        assertThat(alerts.during(Duration.ofHours(2), () -> {
                    send(UUID.randomUUID().toString());
                    world.left(
                            "update intake set state = 'read' where number = (select min(number) from intake where state = 'waiting')");
                }))
                .isEmpty();
        assertThat(Intakes.waiting(world.database)).containsEntry(Flow.NAME, 1L);
    }

    @Test
    void what_a_breaker_holds_is_told_after_an_hour_and_not_what_follows_before() {
        Alerts alerts = alerts();
        world.scan(ONE);
        world.groups.hold(world.claim(ONE), Breaker.NEW_TICKETS_PER_RUN.reason());
        assertThat(alerts.during(Duration.ofMinutes(50))).isEmpty();
        world.scan(fail("one", "disk-2"));
        assertThat(alerts.during(HOUR)).isEmpty();

        world.groups.hold(world.claim(ONE), Breaker.NEW_TICKETS_PER_RUN.reason());
        assertThat(alerts.during(Duration.ofMinutes(62))).containsOnly("TicketbridgeHeld");
    }

    @Test
    void dead_letters_are_told_until_they_are_replayed() {
        Alerts alerts = alerts();
        world.scan(ONE);
        world.groups.bury(world.claim(ONE));
        world.deadLetters.refused(Flow.NAME, 1, "refused", world.groupOf(ONE), "No", "{}");
        assertThat(alerts.during(Duration.ofMinutes(10))).containsOnly("TicketbridgeDeadLetters");

        world.deadLetters.settle(world.groupOf(ONE));
        assertThat(alerts.during(Duration.ofMinutes(10))).isEmpty();
    }

    private static Account account(long read, long opened) {
        return new Account(1, Flow.NAME, "scan", "done", read, Map.of("opened", opened), 0, Map.of(), null);
    }

    @Test
    void an_account_that_does_not_add_up_is_told_for_an_hour() {
        Alerts alerts = alerts();
        Runnable well = () -> meters.accountClosed(account(3, 3));
        assertThat(alerts.during(Duration.ofMinutes(5), well)).isEmpty();

        meters.accountClosed(account(3, 2));
        assertThat(alerts.during(Duration.ofMinutes(5), well)).containsOnly("TicketbridgeAccountOff");
        world.clock.advance(HOUR);
        assertThat(alerts.during(Duration.ofMinutes(5), well)).isEmpty();
    }

    private void compare(int drifted) {
        world.left("insert into reconciliation (flow, at, pairs, drifted) values ('compliance', current_timestamp, 50, "
                + drifted + ")");
    }

    @Test
    void many_tickets_that_drifted_are_told_of_a_flow_that_is_kept_in_step() {
        Map<String, String> cases = new HashMap<>(
                Map.of("source", "vision-one-cases", "vision-one.url", "https://api.xdr.trendmicro.com", "poll", "1h"));
        cases.put("vision-one.token", "token");
        Alerts alerts = alerts(cases);
        compare(2);
        assertThat(alerts.during(Duration.ofMinutes(70))).isEmpty();
        compare(11);

        assertThat(alerts.during(Duration.ofMinutes(70))).containsOnly("TicketbridgeDrift");
    }

    /** Nothing compares it any more: the last figure would stay for good. */
    @Test
    void drift_of_a_flow_that_is_not_kept_in_step_any_more_is_no_alarm() {
        compare(11);

        assertThat(alerts().during(Duration.ofMinutes(70))).isEmpty();
    }

    @Test
    void a_record_that_is_there_twice_is_told_where_it_could_not_be_closed() {
        Alerts alerts = alerts();
        StrayRecords strays = new StrayRecords(world.database, world.clock);
        StrayRecords.Stray stray = new StrayRecords.Stray("incident", "1", Flow.NAME, "INC2", "ticketbridge-1");
        strays.begin(stray, "INC1");
        assertThat(alerts.during(Duration.ofMinutes(10))).isEmpty();
        strays.ended(stray, "linked");
        assertThat(alerts.during(Duration.ofMinutes(70))).containsOnly("TicketbridgeRecordsTwice");

        strays.ended(stray, "merged");
        assertThat(alerts.during(Duration.ofMinutes(70))).isEmpty();
    }

    @Test
    void certificates_that_are_not_checked_are_told() {
        assertThat(alerts().during(MINUTE)).isEmpty();
        registry.clear();

        assertThat(alerts(Map.of("servicenow.tls-verify", "false")).during(MINUTE))
                .containsOnly("TicketbridgeTlsUnverified");
    }

    @Test
    void a_ledger_that_can_not_be_read_is_told() {
        Alerts alerts = alerts();
        assertThat(alerts.during(Duration.ofMinutes(30))).isEmpty();
        world.database.close();

        assertThat(alerts.during(Duration.ofMinutes(10))).containsOnly("TicketbridgeLedgerLost");
    }

    @Test
    void what_is_not_scraped_is_told() {
        Alerts alerts = alerts();
        registry.clear();

        assertThat(alerts.during(Duration.ofMinutes(10))).containsOnly("TicketbridgeLedgerLost");
    }

    @Test
    void each_shipped_alert_has_its_course_here_or_with_the_circuits() throws IOException {
        String courses = Files.readString(Path.of("src/test/java/io/ticketbridge/ledger/run/AlertsTest.java"))
                + Files.readString(Path.of("src/test/java/io/ticketbridge/deliver/CircuitsTest.java"));

        assertThat(Pattern.compile("\"(Ticketbridge\\w+)\"")
                        .matcher(courses)
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toSet()))
                .isEqualTo(alerts().names());
    }
}
