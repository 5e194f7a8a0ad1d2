package io.ticketbridge.deliver;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.deliver.state.ChangedTickets;
import io.ticketbridge.deliver.state.TicketStates;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.account.Storms;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The summary ticket of a storm is nobody's case and nobody's risk (P12). */
class SummaryTicketTest {
    private static final Finding ONE = fail("s3-public", "one");

    private DeliveryWorld world;
    private Storms storms;

    @BeforeEach
    void open() {
        world = new DeliveryWorld(
                Map.of("group-by", "check", "profile.incident.accepted-risk.close-code", "Risk accepted"));
        storms = new Storms(world.ledger.database, Set.of(Flow.NAME), Set.of(Flow.NAME), world.ledger.clock);
        world.ledger.scan(ONE);
        storm("'max-new-tickets-per-run is used up'");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void storm(String held) {
        world.ledger.left("update finding_group set pending = false, held = " + held + " where grouping <> 'storm'");
        storms.look();
        world.ledger.work(group());
    }

    private UUID group() {
        return world.ledger
                .database
                .client()
                .sql("select id from finding_group where grouping = 'storm'")
                .query(UUID.class)
                .single();
    }

    private Ticket summary() {
        return world.ledger.tickets.latest(group()).orElseThrow();
    }

    private void closedAsAccepted() {
        TicketStates states = new TicketStates(
                world.settings,
                world.ledger.openTickets,
                world.ledger.release,
                world.moved,
                world.missing,
                world.ledger.clock);
        states.seen(
                summary(),
                Map.of(
                        "sys_id", summary().sysId(),
                        "number", summary().number(),
                        "state", "7",
                        "active", "false",
                        "close_code", "Risk accepted"));
    }

    @Test
    void closed_as_an_accepted_risk_it_silences_no_later_storm() {
        closedAsAccepted();
        assertThat(summary().acceptance()).isNull();
        storm("null");

        storm("'max-new-tickets-per-run is used up'");

        assertThat(summary().generation()).isEqualTo(2);
        assertThat(summary().phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void one_that_was_accepted_before_silences_none_either() {
        world.ledger.left(
                "update ticket set phase = 'CLOSED', state = '7', reached = true, accepted_as = 'Risk accepted'");
        world.ledger.left("update finding set accepted_in = 1 where check_id = 'storm'");
        storm("null");

        storm("'max-new-tickets-per-run is used up'");

        assertThat(summary().generation()).isEqualTo(2);
    }

    /** Else each pass would make it work of its own, and send what was refused for good again and again. */
    @Test
    void in_a_flow_that_is_kept_in_step_it_has_no_pair_and_one_of_before_comes_to_rest() {
        ChangedTickets changed = new ChangedTickets(
                world.settings,
                world.ledger.openTickets,
                new Pairs(world.ledger.database, world.ledger.clock),
                new Watermarks(world.ledger.database, world.ledger.clock),
                world.missing,
                world.ledger.clock);
        changed.look(Flow.NAME)
                .accept(List.of(Map.of(
                        "sys_id",
                        summary().sysId(),
                        "number",
                        summary().number(),
                        "state",
                        "2",
                        "active",
                        "true",
                        "sys_updated_on",
                        "2026-03-01 12:00:00",
                        "correlation_display",
                        Ticket.display(Flow.NAME))));
        assertThat(summary().state()).isEqualTo("2");
        assertThat(world.ledger.count("pair")).isZero();

        world.ledger.left(
                """
                insert into pair (group_id, generation, flow, agreement, version, closed, mark, seen_mark, agreed_at)
                select id, 1, flow, '{}', 0, false, '', '2026-03-01 12:00:00', due_at from finding_group where grouping = 'storm'""");
        world.ledger.left("update finding_group set dead = true where grouping = 'storm'");
        world.ledger.scan(ONE);

        assertThat(world.ledger.count("finding_group where grouping = 'storm' and dead and not pending"))
                .isEqualTo(1);
    }
}
