package io.ticketbridge.deliver;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.HiddenRecords;
import io.ticketbridge.deliver.servicenow.LastAnswers;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.deliver.state.TicketStates;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.policy.FlowPolicy;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a look-up makes of a write of which it is not known whether ServiceNow has it (P15). */
class IntentLookUpTest {
    private static final Finding ONE = fail("s3-public", "one");

    private DeliveryWorld world;

    @BeforeEach
    void open() {
        LastAnswers.none();
        world = new DeliveryWorld(Map.of("group-by", "check", "new-ticket-after-days", "30"));
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
    }

    @AfterEach
    void close() {
        LastAnswers.none();
        world.close();
    }

    /** A change that was sent and of which no answer came: the group is claimed again, with its intent. */
    private Delivery inDoubt(Action action) {
        Delivery sent = world.intended(ONE, action, "as told");
        world.draft(sent);
        world.ledger.groups.retry(sent.claimed(), world.ledger.clock.instant());
        return new Delivery(world.ledger.flow, sent.profile(), world.ledger.claim(ONE));
    }

    private Ticket latest() {
        return world.ledger.tickets.latest(world.ledger.groupOf(ONE)).orElseThrow();
    }

    @Test
    void a_ticket_that_an_earlier_try_wrote_has_its_number_and_one_that_is_yet_to_be_written_has_none() {
        Finding other = fail("s3-logging", "one");
        world.ledger.scan(other);
        Delivery sent = world.intended(other, Action.OPEN, "as told");
        world.draft(sent);
        assertThat(sent.number()).isEmpty();
        world.ledger.record(sent.claimed(), sent.intent(), sent.sent());
        world.ledger.groups.retry(sent.claimed(), world.ledger.clock.instant());

        Delivery again = new Delivery(world.ledger.flow, sent.profile(), world.ledger.claim(other));

        assertThat(again.number()).startsWith("INC");
    }

    @Test
    void a_record_that_is_not_there_is_deleted_and_decided_about_anew() {
        world.ledger.scan(ONE, fail("s3-public", "two"));
        Delivery update = inDoubt(Action.UPDATE);
        LastAnswers.was(200, Map.of("X-Total-Count", List.of("0")));

        assertThatThrownBy(() -> world.intentLookUp.take(update, List.of())).isInstanceOf(NotNow.class);

        assertThat(latest().phase()).isEqualTo(Phase.DELETED);
        assertThat(world.ledger.tickets.openIntent(latest().groupId())).isEmpty();
    }

    @Test
    void a_record_that_is_one_of_another_table_by_now_is_looked_for_there() {
        world.ledger.scan(ONE, fail("s3-public", "two"));
        Delivery update = inDoubt(Action.UPDATE);
        world.answers(
                "task",
                call -> List.of(
                        Map.of("sys_id", update.ticket().sysId(), "number", "PRB7", "sys_class_name", "problem")));

        assertThatThrownBy(() -> world.intentLookUp.take(update, List.of())).isInstanceOf(NotNow.class);

        assertThat(latest().table()).isEqualTo("problem");
        assertThat(latest().phase()).isEqualTo(Phase.OPEN);
        assertThat(world.ledger.tickets.openIntent(latest().groupId())).isPresent();
    }

    /** Else the case would never be told that its ticket is gone (P23). */
    @Test
    void a_record_kept_in_step_that_is_not_there_is_left_to_the_look_at_both_sides() {
        world.ledger.scan(ONE, fail("s3-public", "two"));
        Delivery update = inDoubt(Action.UPDATE);
        FlowSettings inStep = Flow.with(Map.of(
                "source",
                "vision-one-cases",
                "vision-one.url",
                "https://api.xdr.trendmicro.com",
                "vision-one.token",
                "token"));
        LastAnswers.was(200, Map.of("X-Total-Count", List.of("0")));

        world.intentLookUp.take(new Delivery(inStep, update.profile(), update.claimed()), List.of());

        assertThat(latest().phase()).isEqualTo(Phase.OPEN);
        assertThat(world.ledger.tickets.openIntent(latest().groupId())).isEmpty();
    }

    @Test
    void a_record_that_is_counted_and_not_shown_is_not_deleted_and_stays_in_doubt() {
        world.ledger.scan(ONE, fail("s3-public", "two"));
        Delivery update = inDoubt(Action.UPDATE);
        LastAnswers.was(200, Map.of("X-Total-Count", List.of("1")));

        assertThatThrownBy(() -> world.intentLookUp.take(update, List.of()))
                .isInstanceOf(HiddenRecords.class)
                .hasMessageContaining("read access to incident");

        assertThat(latest().phase()).isEqualTo(Phase.OPEN);
        assertThat(world.ledger.tickets.openIntent(latest().groupId())).isPresent();
    }

    /** In whatever order ServiceNow names them: to sort is a right of its own. */
    @Test
    void of_two_records_of_one_opening_the_older_is_taken() {
        Finding other = fail("s3-logging", "one");
        world.ledger.scan(other);
        Delivery sent = world.intended(other, Action.OPEN, "as told");
        world.draft(sent);
        world.ledger.groups.retry(sent.claimed(), world.ledger.clock.instant());
        Delivery opening = new Delivery(world.ledger.flow, sent.profile(), world.ledger.claim(other));
        assertThat(query(world.intentLookUp.ask(opening)))
                .startsWith("correlation_id=")
                .doesNotContain("^");

        world.intentLookUp.take(
                opening,
                List.of(opened(opening, "b", "2026-03-01 10:00:05"), opened(opening, "a", "2026-03-01 10:00:00")));

        assertThat(world.ledger
                        .tickets
                        .latest(opening.group().id())
                        .orElseThrow()
                        .sysId())
                .isEqualTo("a");
    }

    private static Map<String, Object> opened(Delivery opening, String sysId, String createdOn) {
        return Map.of(
                "sys_id",
                sysId,
                "number",
                "INC-" + sysId,
                "state",
                "1",
                "active",
                "true",
                "correlation_id",
                Ticket.correlationId(opening.group().id(), 1),
                "sys_created_on",
                createdOn);
    }

    private static String query(ServiceNowCall call) {
        return call.headers().get(ServiceNowConstants.SYSPARM_QUERY).toString();
    }

    @Test
    void records_to_adopt_that_do_not_carry_the_groups_key_are_not_believed() {
        world.ledger.scan(ONE, fail("s3-public", "two"));
        Delivery next =
                new Delivery(world.ledger.flow, world.settings.profiles().get("incident"), world.ledger.claim(ONE));
        Map<String, Object> foreign = Map.of("sys_id", "a", "correlation_id", "ticketbridge-0123-1", "state", "1");

        assertThatThrownBy(() -> world.adoption().adopt(next, List.of(foreign)))
                .isInstanceOf(WrongAnswer.class)
                .hasMessageContaining("query_range");
    }

    @Test
    void a_resolving_that_is_found_is_not_sent_again_where_an_older_ticket_was_left_open() {
        world.ledger.clock.advance(Duration.ofDays(31));
        world.ledger.release.releaseOlderThan(world.ledger.flow.name(), 30);
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        Ticket older = world.ledger.tickets.find(latest().groupId(), 1).orElseThrow();
        world.ledger.scan(pass("s3-public", "one"));
        Delivery resolve = inDoubt(Action.RESOLVE);

        world.intentLookUp.take(resolve, List.of(resolvedWith(resolve.intent().reference())));
        world.settling.settle(resolve);

        assertThat(latest().phase()).isEqualTo(Phase.RESOLVED);
        Decision next = new FlowPolicy(world.ledger.tickets, world.ledger.clock)
                .decide(world.ledger.claim(ONE), world.ledger.flow);
        assertThat(next.action()).isEqualTo(Action.RESOLVE);
        assertThat(next.generation()).isEqualTo(older.generation());
    }

    /** The pass before the look-up sees it, and does not release what a scan has flagged and is owed still. */
    @Test
    void a_ticket_that_was_resolved_before_its_update_is_found_is_followed_by_another() {
        Finding two = fail("s3-public", "two");
        world.ledger.scan(ONE, two);
        Delivery sent = world.intended(ONE, Action.UPDATE, "1 joined");
        world.draft(sent);
        world.ledger.people(ONE, "6", Phase.RESOLVED);
        states().releaseAged(Flow.NAME);
        world.ledger.groups.retry(sent.claimed(), world.ledger.clock.instant());
        Delivery update = new Delivery(world.ledger.flow, sent.profile(), world.ledger.claim(ONE));

        world.intentLookUp.take(update, List.of(resolvedWith(update.intent().reference())));
        world.settling.settleLookedUp(update, null);
        states().releaseAged(Flow.NAME);
        world.ledger.scan(ONE, two);

        Decision next = new FlowPolicy(world.ledger.tickets, world.ledger.clock)
                .decide(world.ledger.claim(ONE), world.ledger.flow);
        assertThat(next.action()).isEqualTo(Action.OPEN);
        assertThat(next.generation()).isEqualTo(2);
    }

    /** A {@code problem} by its Table API takes the note and leaves the state: no scan is to say "Reopened" again. */
    @Test
    void a_reopening_that_is_found_and_left_the_ticket_resolved_is_told_once_and_followed_by_another() {
        world.ledger.people(ONE, "6", Phase.RESOLVED);
        world.ledger.scan(ONE);
        Delivery reopen = inDoubt(Action.REOPEN);

        world.intentLookUp.take(reopen, List.of(resolvedWith(reopen.intent().reference())));
        world.settling.settleLookedUp(reopen, null);

        assertThat(latest().phase()).isEqualTo(Phase.CLOSED);
        assertThat(world.ledger.deadLetters.open().of(9)).singleElement().satisfies(letter -> assertThat(letter.error())
                .contains("was to be reopened and stays in state '6'"));
        states().releaseAged(Flow.NAME);
        world.ledger.scan(ONE);
        Decision next = new FlowPolicy(world.ledger.tickets, world.ledger.clock)
                .decide(world.ledger.claim(ONE), world.ledger.flow);
        assertThat(next.action()).isEqualTo(Action.OPEN);
        assertThat(next.generation()).isEqualTo(2);
    }

    private TicketStates states() {
        return new TicketStates(
                world.settings,
                world.ledger.openTickets,
                world.ledger.release,
                world.moved,
                world.missing,
                world.ledger.clock);
    }

    private Map<String, Object> resolvedWith(String note) {
        return Map.of(
                "sys_id",
                latest().sysId(),
                "number",
                latest().number(),
                "state",
                both("6", "Resolved"),
                "active",
                both("true", "true"),
                "work_notes",
                both("", "Written. " + note));
    }

    private static Map<String, String> both(String value, String shown) {
        return Map.of("value", value, "display_value", shown);
    }
}
