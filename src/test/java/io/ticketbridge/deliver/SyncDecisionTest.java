package io.ticketbridge.deliver;

import static io.ticketbridge.finding.Findings.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Note;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.pass.Replays;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.SyncPlans;
import io.ticketbridge.ticket.TicketNote;
import io.ticketbridge.ticket.TicketRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** What ServiceNow did not take of a ticket in step is sent once more by a replay, and by nothing else (P20). */
class SyncDecisionTest {
    private static final String GROUP = "0123456789abcdef0123456789abcdef";
    private static final Finding CASE = of("case", "CL-1")
            .attributes(Map.of("case", "CL-1", "status", "Open", "priority", "P2"))
            .finding();
    private static final String NO_GROUP = Verification.of(
                    "incident", Set.of(), Map.of("assignment_group", GROUP), Map.of("assignment_group", ""))
            .problem();

    private final DeliveryWorld world = new DeliveryWorld(Map.of(
            "source",
            "vision-one-cases",
            "vision-one.url",
            "https://api.xdr.trendmicro.com",
            "vision-one.token",
            "token",
            "servicenow.group-sys-id",
            GROUP,
            "profile.incident.on-open.category",
            "cloud"));

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_replay_of_an_opening_sends_what_its_letter_names() {
        opened();
        notTaken(NO_GROUP);
        replay();

        Delivery delivery = decided();

        assertThat(delivery.decision().action()).isEqualTo(Action.UPDATE);
        assertThat(world.drafts.synced(delivery).body()).isEqualTo(delivery.sent());
        assertThat(delivery.sent())
                .hasSize(2)
                .containsEntry("assignment_group", GROUP)
                .hasEntrySatisfying("work_notes", note -> assertThat(note).contains("is sent once more"));
    }

    @Test
    void where_there_is_nothing_to_send_its_letter_stays() {
        opened();
        notTaken("impact is '3' though '2' was sent: a rule refused it");
        replay();

        Delivery delivery = decided();
        world.settling.settle(delivery);

        assertThat(delivery.decision().action()).isEqualTo(Action.NOTHING);
        assertThat(world.ledger.deadLetters.open().count()).isEqualTo(1);
    }

    @Test
    void a_ticket_of_which_no_more_than_the_key_is_known_is_told_of_nothing_that_was_refused() {
        opened();
        world.ledger.left(
                "update ticket set sent_fields = '{\"correlation_id\":\"tb-1\",\"correlation_display\":\"tb\"}'");
        world.ledger.scan(new Findings(CASE)
                .notes(new Note("n1", "ann", Instant.EPOCH, "look here"))
                .finding());

        assertThat(decided().decision().action()).isEqualTo(Action.NOTHING);
    }

    @Test
    void a_second_time_of_the_same_is_said_unless_it_is_what_was_not_taken() {
        opened();
        world.ledger.left("update finding_group set pending = true");
        SyncPlan raise = SyncPlans.of(
                Action.UPDATE,
                "priority: P3 -> P2",
                Map.of(SyncField.PRIORITY, "P2"),
                List.of("priority: P3 -> P2"),
                new Agreement(Map.of(), Map.of(), Map.of()));
        Delivery delivery = decided(raise, List.of());
        world.drafts.synced(delivery);
        TicketNote said = new TicketNote(
                "n1", true, "tb", Instant.EPOCH, "", delivery.sent().get("work_notes"));

        take(delivery, raise, List.of(said));
        world.drafts.synced(delivery);
        assertThat(delivery.sent()).containsKey("work_notes");

        notTaken("impact is '3' though '2' was sent: a rule refused it");
        take(delivery, raise, List.of(said));
        world.drafts.synced(delivery);
        assertThat(delivery.sent()).containsKey("impact").doesNotContainKey("work_notes");
    }

    @Test
    void a_ticket_of_which_all_is_known_is_sent_nothing_once_more() {
        opened();
        world.ledger.scan(new Findings(CASE)
                .notes(new Note("n1", "ann", Instant.EPOCH, "look here"))
                .finding());

        Delivery delivery = decided();

        assertThat(delivery.decision().action()).isEqualTo(Action.NOTHING);
        assertThat(delivery.plan().linesToServiceNow()).isEmpty();
    }

    @Test
    void what_can_not_be_carried_over_is_a_dead_letter_with_its_kind() {
        opened();
        world.ledger.left("update finding_group set pending = true");

        decided(
                SyncPlans.with(
                        inStep(),
                        SyncPlan.Problem.noMap("no list holds the state '99'"),
                        SyncPlan.Problem.notTaken("it was dropped")),
                List.of());

        assertThat(world.ledger.deadLetters.open().of(10)).singleElement().satisfies(letter -> {
            assertThat(letter.kind()).isEqualTo("no-map");
            assertThat(letter.error()).isEqualTo("no list holds the state '99'; it was dropped");
        });
    }

    private void opened() {
        world.ledger.scan(CASE);
        world.deliver(CASE, Action.OPEN);
    }

    private void notTaken(String problem) {
        UUID group = world.ledger.groupOf(CASE);
        world.ledger.deadLetters.refused(Flow.NAME, 1, "not-taken", group, problem, "{assignment_group=" + GROUP + "}");
    }

    private void replay() {
        Exchange exchange = new DefaultExchange(world.context);
        exchange.setProperty("flow", Flow.NAME);
        new Replays(
                        world.ledger.database,
                        world.ledger.runs,
                        world.ledger.deadLetters,
                        new History(world.ledger.database, world.ledger.clock),
                        world.ledger.clock)
                .begin(exchange, world.ledger.deadLetters.open().of(10));
    }

    /** Where case and ticket are in step. */
    private Delivery decided() {
        return decided(inStep(), List.of());
    }

    private Delivery decided(SyncPlan plan, List<TicketNote> notes) {
        Delivery delivery = world.claim(CASE);
        delivery.decide(new Decision(Action.SYNC, 1, "in step"));
        take(delivery, plan, notes);
        return delivery;
    }

    private void take(Delivery delivery, SyncPlan plan, List<TicketNote> notes) {
        new SyncDecision(
                        world.drafts,
                        world.ledger.records,
                        world.ledger.deadLetters,
                        new History(world.ledger.database, world.ledger.clock),
                        NOPLogger.NOP_LOGGER)
                .take(
                        delivery,
                        plan,
                        new Sourced(Optional.of(CASE), "", "", null, List.of()),
                        new TicketRecord(
                                true, Phase.OPEN, Map.of(), Map.of(), Map.of(), notes, false, List.of(), "mark"));
    }

    static SyncPlan inStep() {
        return SyncPlans.inStep(new Agreement(Map.of(), Map.of(), Map.of()));
    }
}
