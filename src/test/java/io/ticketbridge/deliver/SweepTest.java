package io.ticketbridge.deliver;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.StrayRecords;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.junit.jupiter.api.Test;

/** What the daily sweep makes of a ticket that was taken for deleted. */
class SweepTest {
    private static final Finding ONE = fail("s3-public", "one");

    @Test
    void a_ticket_that_comes_back_closed_as_an_accepted_risk_is_one() {
        try (DeliveryWorld world = new DeliveryWorld(
                Map.of("group-by", "check", "profile.incident.accepted-risk.close-code", "Risk accepted"))) {
            world.ledger.scan(ONE);
            world.deliver(ONE, Action.OPEN);
            Ticket gone = latest(world);
            world.ledger.openTickets.seen(gone, new Seen(gone.sysId(), gone.number(), "", Phase.DELETED, null), true);
            Sweep sweep = new Sweep(
                    world.settings,
                    new StrayRecords(world.ledger.database, world.ledger.clock),
                    new TicketStates(world.settings, world.ledger.openTickets, world.moved, world.ledger.clock));
            Sweep.Look look = sweep.looks().get(0);

            sweep.accept(look, List.of(row(gone, sweep.request(look))));

            assertThat(latest(world).phase()).isEqualTo(Phase.CLOSED);
            assertThat(latest(world).acceptance()).isNotNull();
        }
    }

    private static Ticket latest(DeliveryWorld world) {
        return world.ledger.tickets.latest(world.ledger.groupOf(ONE)).orElseThrow();
    }

    /** The closed record, with the columns that were asked for. */
    private static Map<String, Object> row(Ticket ticket, ServiceNowCall call) {
        Map<String, Object> record = new HashMap<>(Map.of(
                "sys_id", ticket.sysId(),
                "number", ticket.number(),
                "state", "7",
                "active", "false",
                "correlation_id", ticket.correlationId(),
                "correlation_display", Ticket.display(Flow.NAME),
                "close_code", "Risk accepted"));
        record.keySet()
                .retainAll(List.of(call.headers()
                        .get(ServiceNowConstants.SYSPARM_FIELDS)
                        .toString()
                        .split(",")));
        return record;
    }
}
