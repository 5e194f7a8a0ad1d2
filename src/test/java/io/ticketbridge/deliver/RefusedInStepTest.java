package io.ticketbridge.deliver;

import static io.ticketbridge.finding.Findings.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.deliver.servicenow.Faults;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.TicketRecord;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A look that is refused for good uses up its ticket's change only once its case has it (P26). */
class RefusedInStepTest {
    private static final Finding CASE = of("case", "CL-1")
            .attributes(Map.of("case", "CL-1", "status", "Open", "priority", "P2"))
            .finding();

    private final DeliveryWorld world = new DeliveryWorld(Map.of(
            "source",
            "vision-one-cases",
            "vision-one.url",
            "https://api.xdr.trendmicro.com",
            "vision-one.token",
            "token"));
    private final Pairs pairs = new Pairs(world.ledger.database, world.ledger.clock);
    private Delivery delivery;

    @BeforeEach
    void edited() {
        world.ledger.scan(CASE);
        world.deliver(CASE, Action.OPEN);
        world.ledger.left("update finding_group set pending = true");
        delivery = world.claim(CASE);
        delivery.decide(new Decision(Action.SYNC, 1, "in step"));
        pairs.seen(delivery.ticket(), "edited");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void before_there_is_a_plan_the_change_stays_owed() {
        refused();

        assertThat(world.ledger.count("pair where seen_mark = 'edited' and mark <> seen_mark"))
                .isEqualTo(1);
    }

    @Test
    void with_a_plan_it_is_looked_at_again_once_the_ticket_has_changed_since() {
        delivery.plan(
                SyncDecisionTest.inStep(),
                CASE,
                new TicketRecord(
                        true, Phase.OPEN, Map.of(), Map.of(), Map.of(), List.of(), false, List.of(), "edited"));
        refused();

        assertThat(world.ledger.count("pair where seen_mark = 'edited' and mark = seen_mark"))
                .isEqualTo(1);
    }

    private void refused() {
        Exchange exchange = new DefaultExchange(world.context);
        exchange.setProperty("delivery", delivery);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalArgumentException("no such bean"));
        new Failures(
                        world.ledger.groups,
                        world.ledger.tickets,
                        world.ledger.intents,
                        world.ledger.deadLetters,
                        pairs,
                        new Faults(world.ledger.clock),
                        new Circuits(world.ledger.clock),
                        world.settings.serviceNow(),
                        Trail.OF_RUNS,
                        world.ledger.clock)
                .handle(exchange);
        assertThat(world.ledger.deadLetters.open().count()).isEqualTo(1);
    }
}
