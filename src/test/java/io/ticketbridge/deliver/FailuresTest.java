package io.ticketbridge.deliver;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import io.ticketbridge.deliver.servicenow.Faults;
import io.ticketbridge.deliver.servicenow.HiddenRecords;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.deliver.servicenow.LastAnswers;
import io.ticketbridge.deliver.servicenow.UnusableValue;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.fault.NotEver;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.letter.DeadLetters.DeadLetter;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Phase;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeExpressionException;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.component.servicenow.ServiceNowException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;

/** What becomes of a delivery that failed (P18). */
class FailuresTest {
    private static final Finding ONE = fail("s3-public", "one");
    /** What a request may take, and so how long an ambiguous one rests. */
    private static final Duration REST = Duration.ofSeconds(2);

    private DeliveryWorld world;
    private Circuits circuits;
    private Failures failures;
    private UUID id;

    @BeforeEach
    void open() {
        // What an earlier test of this thread was answered would count for this one.
        LastAnswers.none();
        world = new DeliveryWorld(Map.of("group-by", "check"));
        circuits = new Circuits(world.ledger.clock);
        failures = new Failures(
                world.ledger.groups,
                world.ledger.tickets,
                world.ledger.intents,
                world.ledger.deadLetters,
                new Pairs(world.ledger.database, world.ledger.clock),
                new Faults(world.ledger.clock),
                circuits,
                world.settings.serviceNow(),
                Trail.OF_RUNS,
                world.ledger.clock);
        id = world.ledger.groupOf(ONE);
        world.ledger.scan(ONE);
    }

    @AfterEach
    void close() {
        LastAnswers.none();
        world.close();
    }

    private void fails(Delivery delivery, Throwable error) {
        Exchange exchange = new DefaultExchange(world.context);
        exchange.setProperty("delivery", delivery);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, error);
        failures.handle(exchange);
    }

    private Delivery opening() {
        Delivery delivery = world.intended(ONE, Action.OPEN, "no ticket yet");
        world.draft(delivery);
        return delivery;
    }

    private static ServiceNowException answered(int status, String message) {
        return new ServiceNowException(
                status, Map.of("status", "failure", "error", Map.of("message", message, "detail", "")));
    }

    @Test
    void a_time_out_rests_and_is_looked_up() {
        fails(opening(), new jakarta.ws.rs.ProcessingException(new SocketTimeoutException("Read timed out")));

        assertThat(world.ledger.groups.claim(id)).isEmpty();
        world.ledger.clock.advance(REST.minusMillis(1));
        assertThat(world.ledger.groups.claim(id)).isEmpty();
        world.ledger.clock.advance(Duration.ofMillis(1));
        assertThat(world.ledger.groups.claim(id))
                .hasValueSatisfying(claimed -> assertThat(claimed.intent()).isPresent());
    }

    @Test
    void a_value_that_can_not_stand_in_a_query_buries_its_group_and_opens_no_circuit() {
        for (int i = 0; i < 5; i++) {
            Finding poisoned = fail("poisoned-" + i, "one");
            world.ledger.scan(poisoned);
            Delivery delivery = world.intended(poisoned, Action.OPEN, "no ticket yet");
            world.draft(delivery);
            fails(delivery, new RuntimeExpressionException(new UnusableValue("a value holds ^")));
        }

        assertThat(world.ledger.deadLetters.open().count()).isEqualTo(5);
        assertThat(circuits.isRefused("incident")).isFalse();
    }

    @Test
    void what_was_certainly_not_sent_is_decided_anew() {
        fails(opening(), new jakarta.ws.rs.ProcessingException(new ConnectException("Connection refused")));

        world.ledger.clock.advance(Duration.ofSeconds(1));
        assertThat(world.ledger.groups.claim(id))
                .hasValueSatisfying(claimed -> assertThat(claimed.intent()).isEmpty());
        assertThat(world.ledger.deadLetters.open().count()).isZero();
    }

    @Test
    void a_rate_limit_waits_as_it_says_and_is_decided_anew() {
        Delivery opening = opening();
        LastAnswers.was(429, Map.of("Retry-After", List.of("17")));
        fails(opening, answered(429, "Rate limit exceeded"));

        world.ledger.clock.advance(Duration.ofSeconds(17).minusMillis(1));
        assertThat(world.ledger.groups.claim(id)).isEmpty();
        world.ledger.clock.advance(Duration.ofMillis(1));
        assertThat(world.ledger.groups.claim(id))
                .hasValueSatisfying(claimed -> assertThat(claimed.intent()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"17, 17", "1, 2"})
    void an_instance_that_was_unavailable_may_have_done_it_and_is_looked_up(int named, int rested) {
        Delivery opening = opening();
        LastAnswers.was(503, Map.of("Retry-After", List.of(String.valueOf(named))));
        fails(opening, answered(503, "Service Unavailable"));

        world.ledger.clock.advance(Duration.ofSeconds(rested).minusMillis(1));
        assertThat(world.ledger.groups.claim(id)).isEmpty();
        world.ledger.clock.advance(Duration.ofMillis(1));
        assertThat(world.ledger.groups.claim(id))
                .hasValueSatisfying(claimed -> assertThat(claimed.intent()).isPresent());
    }

    @Test
    void waits_grow_with_every_failure_and_end_at_five_minutes_and_no_two_groups_come_back_at_once() {
        Duration longest = Duration.ZERO;
        Set<Duration> ofFiveMinutes = new HashSet<>();
        for (int i = 0; i < 14; i++) {
            fails(opening(), new jakarta.ws.rs.ProcessingException(new ConnectException("Connection refused")));
            Duration waited = Duration.ZERO;
            while (world.ledger.handedOut().isEmpty()) {
                world.ledger.clock.advance(Duration.ofMillis(250));
                waited = waited.plusMillis(250);
            }
            long full = Math.min(300, 1L << Math.min(i, 9));
            assertThat(waited.toMillis()).isBetween(full * 500, full * 1000 + 250);
            longest = waited;
            if (full == 300) {
                ofFiveMinutes.add(waited);
            }
        }
        assertThat(ofFiveMinutes).as("each wait is another").hasSizeGreaterThan(1);
        assertThat(longest).isBetween(Duration.ofSeconds(150), Duration.ofSeconds(301));
        assertThat(world.ledger.groups.attempts(id)).isEqualTo(14);
    }

    @Test
    void a_refusal_is_a_dead_letter_with_servicenows_words_and_frees_the_others() {
        Delivery delivery = opening();
        fails(delivery, answered(400, "Mandatory field: category"));

        assertThat(world.ledger.deadLetters.open().of(9)).singleElement().satisfies(letter -> {
            assertThat(letter.kind()).isEqualTo("refused");
            assertThat(letter.stage()).isEqualTo("deliver");
            assertThat(letter.error()).contains("Mandatory field: category");
            assertThat(letter.raw()).contains("short_description=Title of s3-public");
            assertThat(letter.groupId()).isEqualTo(id);
        });
        assertThat(world.ledger.groups.claim(id)).isEmpty();
        assertThat(world.ledger.groups.owed()).isEmpty();
        assertThat(world.ledger.tickets.openIntent(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_a_source_refuses_is_its_own_dead_letter_and_no_fault_of_the_profile(boolean sorted) {
        // Of the call to ServiceNow before it, which says nothing of this one.
        LastAnswers.was(200, Map.of());
        var http = new HttpOperationFailedException(
                "https://api.example/cases/1/contents", 403, "", "", Map.of(), "no permission");
        for (int i = 0; i < 5; i++) {
            Finding finding = fail("check-" + i, "one");
            world.ledger.scan(finding);
            fails(
                    world.intended(finding, Action.OPEN, "no ticket yet"),
                    sorted ? new RuntimeExpressionException(new NotEver("403", http) {}) : http);
        }

        assertThat(world.ledger.deadLetters.open().of(9)).hasSize(5).allSatisfy(letter -> {
            assertThat(letter.kind()).isEqualTo("refused-by-source");
            assertThat(letter.error()).contains("403").doesNotContain("ServiceNow");
            assertThat(letter.answer()).isEqualTo("403 no permission");
        });
        assertThat(circuits.isRefused("incident")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void a_profile_that_is_refused_five_times_opens_its_circuit(int refusals) {
        for (int i = 0; i < refusals; i++) {
            Finding finding = fail("check-" + i, "one");
            world.ledger.scan(finding);
            fails(world.intended(finding, Action.OPEN, "no ticket yet"), answered(403, "ACL"));
        }
        assertThat(circuits.isRefused("incident")).isEqualTo(refusals == 5);
    }

    @Test
    void a_right_that_is_missing_is_named_by_its_role() {
        Finding finding = fail("check-1", "one");
        world.ledger.scan(finding);

        fails(
                world.intended(finding, Action.OPEN, "no ticket yet"),
                answered(403, "ACL Exception Insert Failed due to security constraints"));

        assertThat(world.ledger.deadLetters.open().of(9))
                .singleElement()
                .extracting(letter -> letter.error())
                .asString()
                .contains(
                        "; give the integration's user sn_incident_write, or a role of your own that may write incident");
    }

    /** A policy of the instance that wants one more field of what is resolved: the most common rule of all. */
    @Test
    void tickets_that_can_not_be_resolved_hold_what_is_resolved_and_nothing_that_is_opened() {
        for (int i = 0; i < 5; i++) {
            Finding fixed = fail("check-" + i, "one");
            world.ledger.scan(fixed);
            world.deliver(fixed, Action.OPEN);
            world.ledger.scan(pass("check-" + i, "one"));
            fails(
                    world.intended(fixed, Action.RESOLVE, "all fixed"),
                    answered(403, "Data Policy Exception: The following fields are mandatory: Root cause"));
        }
        Deciding deciding = world.deciding(circuits);

        assertThat(taken(deciding, Action.RESOLVE))
                .isEqualTo(
                        new Decision(
                                Action.HOLD,
                                1,
                                "resolving tickets with profile incident is refused again and again: ServiceNow answered 403: Data"
                                        + " Policy Exception: The following fields are mandatory: Root cause; set"
                                        + " ticketbridge.profile.incident.on-resolve.COLUMN for the column of each of these fields"));
        assertThat(taken(deciding, Action.OPEN).action()).isEqualTo(Action.OPEN);
    }

    private Decision taken(Deciding deciding, Action action) {
        Finding other = fail("another-" + action, "one");
        world.ledger.scan(other);
        if (action != Action.OPEN) {
            world.deliver(other, Action.OPEN);
            world.ledger.scan(pass("another-" + action, "one"));
        }
        Delivery delivery = world.claim(other);
        deciding.take(delivery, new Decision(action, 1, "as told"));
        return delivery.decision();
    }

    @Test
    void a_record_that_is_not_found_may_be_hidden_and_is_looked_up_at_once() {
        world.deliver(ONE, Action.OPEN);
        world.ledger.scan(ONE, fail("s3-public", "two"));
        Delivery update = world.intended(ONE, Action.UPDATE, "1 joined");
        fails(update, answered(404, "No Record found"));

        GroupCase again = world.ledger.groups.claim(id).orElseThrow();
        assertThat(again.latest().orElseThrow().phase()).isEqualTo(Phase.OPEN);
        assertThat(again.intent()).isPresent();
        assertThat(world.ledger.deadLetters.open().count()).isZero();
    }

    @Test
    void a_record_that_can_not_be_opened_for_want_of_its_table_is_dead() {
        fails(opening(), answered(404, "Invalid table"));

        assertThat(world.ledger.deadLetters.open().count()).isEqualTo(1);
        assertThat(world.ledger.tickets.latest(id).orElseThrow().phase()).isEqualTo(Phase.INTENDED);
    }

    @Test
    void what_the_ledger_did_not_do_is_tried_again_and_looked_up_whatever_servicenow_said_last() {
        Delivery delivery = opening();
        LastAnswers.was(403, Map.of());
        fails(delivery, new RuntimeExpressionException(new CannotAcquireLockException("deadlock detected")));

        world.ledger.clock.advance(REST.minusMillis(1));
        assertThat(world.ledger.groups.claim(id)).isEmpty();
        world.ledger.clock.advance(Duration.ofMillis(1));
        assertThat(world.ledger.groups.claim(id))
                .hasValueSatisfying(claimed -> assertThat(claimed.intent()).isPresent());
        assertThat(world.ledger.deadLetters.open().count()).isZero();
    }

    @Test
    void a_claim_forgets_what_servicenow_said_of_another_ticket() {
        LastAnswers.was(403, Map.of());

        world.claim(ONE);

        assertThat(LastAnswer.current()).isEqualTo(LastAnswer.NONE);
    }

    @Test
    void an_answer_that_can_not_be_trusted_is_looked_up_again() {
        fails(opening(), new WrongAnswer("rows that do not carry the key"));

        world.ledger.clock.advance(REST);
        assertThat(world.ledger.groups.claim(id))
                .hasValueSatisfying(claimed -> assertThat(claimed.intent()).isPresent());
    }

    @Test
    void a_record_that_is_not_shown_is_a_dead_letter_and_stays_in_doubt() {
        fails(opening(), new HiddenRecords("it is not shown"));

        assertThat(world.ledger.deadLetters.open().of(9))
                .extracting(DeadLetter::kind)
                .containsExactly("refused");
    }

    @Test
    void an_error_of_our_own_is_a_dead_letter() {
        fails(opening(), new IllegalArgumentException("a template says\nnothing"));

        assertThat(world.ledger.deadLetters.open().of(9))
                .extracting(DeadLetter::kind, DeadLetter::error)
                .containsExactly(tuple("error", "a template says nothing"));
    }

    @Test
    void what_servicenow_has_stays_intended_however_its_attachments_fail() {
        Delivery delivery = opening();
        world.ledger.record(delivery.claimed(), delivery.intent(), delivery.sent());
        fails(delivery, answered(403, "attachments are not allowed"));

        assertThat(world.ledger.tickets.openIntent(id))
                .hasValueSatisfying(intent -> assertThat(intent.written()).isTrue());
        assertThat(world.ledger.tickets.latest(id).orElseThrow().number()).isEqualTo("INC1");
    }

    static List<Throwable> failuresOfAStep() {
        return List.of(
                new HttpOperationFailedException("https://channel.example/T000/SECRET", 403, "", "", Map.of(), "no"),
                new DirectConsumerNotAvailableException("No consumers available", null),
                new IllegalArgumentException("no such template"),
                new RuntimeException("whatever"));
    }

    @ParameterizedTest
    @MethodSource("failuresOfAStep")
    void a_step_that_fails_behind_the_ticket_takes_nothing_of_it_back(Throwable error) {
        Delivery delivery = opening();
        world.ledger.record(delivery.claimed(), delivery.intent(), delivery.sent());
        world.settling.settle(delivery);
        try (CapturedLog log = new CapturedLog()) {
            fails(delivery, error);

            assertThat(log.lines(Level.WARN)).singleElement().satisfies(line -> assertThat(line)
                    .contains("A step behind a delivery failed", "flow=", "group=\"s3-public\"")
                    .doesNotContain("SECRET"));
        }

        assertThat(actionStates()).containsExactly("done");
        assertThat(world.ledger.tickets.writes(delivery.group().runId()).opened())
                .isEqualTo(1);
        assertThat(world.ledger.deadLetters.open().count()).isZero();
        assertThat(world.ledger.groups.attempts(id)).isZero();
        assertThat(world.ledger.groups.owed()).isEmpty();
        world.ledger.scan(ONE, fail("s3-public", "two"));
        assertThat(world.ledger.groups.claim(id)).isPresent();
    }

    private List<String> actionStates() {
        return world.ledger
                .database
                .client()
                .sql("select state from action where group_id = :group")
                .param("group", id)
                .query(String.class)
                .list();
    }

    @Test
    void a_step_that_fails_behind_a_group_that_is_held_leaves_it_held() {
        Delivery delivery = world.deliveries().claim(id, new DefaultExchange(world.context));
        delivery.decide(new Decision(Action.HOLD, 1, "a breaker"));
        world.settling.hold(delivery);

        fails(delivery, new IllegalStateException("no channel"));

        assertThat(world.ledger.deadLetters.open().count()).isZero();
        assertThat(world.ledger.groups.attempts(id)).isZero();
    }

    /** Of a flow in step a delivery may go on behind what it settled, with another intent or none. */
    @Test
    void what_was_carried_out_is_never_said_to_be_refused() {
        Delivery delivery = opening();
        world.ledger.record(delivery.claimed(), delivery.intent(), delivery.sent());
        world.ledger.intents.done(delivery.intent());

        fails(delivery, answered(403, "ACL"));

        assertThat(actionStates()).containsExactly("done");
    }

    @Test
    void what_a_step_drops_behind_its_claim_is_named_and_what_ends_or_fails_is_not() {
        Deliveries deliveries = world.deliveries();
        try (CapturedLog log = new CapturedLog()) {
            completes(ONE, deliveries, world.settling::settle);
            completes(fail("held", "one"), deliveries, delivery -> {
                delivery.decide(new Decision(Action.HOLD, 1, "a breaker"));
                world.settling.hold(delivery);
            });
            completes(fail("busy", "one"), deliveries, delivery -> fails(delivery, answered(503, "busy")));
            assertThat(log.lines(Level.WARN)).noneMatch(line -> line.contains("dropped"));

            completes(fail("dropped", "one"), deliveries, delivery -> {});

            assertThat(log.lines(Level.WARN))
                    .last()
                    .asString()
                    .contains("A step of a route dropped a group", "flow=", "group=\"dropped\"");
        }
    }

    /** As a route does that ends behind the step. */
    private void completes(Finding finding, Deliveries deliveries, Consumer<Delivery> step) {
        world.ledger.scan(finding);
        Exchange exchange = new DefaultExchange(world.context);
        step.accept(deliveries.claim(world.ledger.groupOf(finding), exchange));
        exchange.getExchangeExtension().handoverCompletions().forEach(each -> each.onComplete(exchange));
    }

    /** A disk that is full, for one: the database takes less and less until it is closed. */
    @Test
    void a_ledger_that_is_gone_by_the_time_a_failure_is_to_be_noted_is_an_outage() {
        Delivery delivery = opening();
        world.ledger.database.close();
        try (CapturedLog log = new CapturedLog()) {
            fails(delivery, new CannotAcquireLockException("deadlock detected"));

            assertThat(log.lines(Level.ERROR))
                    .singleElement()
                    .asString()
                    .contains("The ledger can't be used; everything waits for it");
        }
    }

    @Test
    void whoever_lost_the_lease_leaves_the_group_to_the_other() {
        Delivery lost = opening();
        world.ledger.clock.advance(LedgerWorld.LEASE.plusSeconds(1));
        GroupCase other = world.ledger.claim(ONE);

        assertThatThrownBy(() -> world.ledger.groups.keep(lost.claimed())).satisfies(error -> fails(lost, error));

        world.ledger.groups.keep(other);
        assertThat(world.ledger.tickets.openIntent(id)).isPresent();
        assertThat(world.ledger.groups.attempts(id)).isZero();
    }

    @Test
    void a_failure_before_anything_was_claimed_is_only_said() {
        fails(null, new IllegalStateException("no connection"));

        assertThat(world.ledger.groups.claim(id)).isPresent();
    }
}
