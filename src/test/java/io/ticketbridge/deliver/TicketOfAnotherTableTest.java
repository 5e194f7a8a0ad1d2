package io.ticketbridge.deliver;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.SyncField;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Incidents that are open when their profile becomes one of security incidents, where state 3 is the end and 6 is none. */
class TicketOfAnotherTableTest {
    private static final Finding ONE = fail("s3-public", "one");

    private DeliveryWorld world;
    private Deciding deciding;

    @BeforeEach
    void open() {
        world = new DeliveryWorld(Map.of(
                "group-by", "check",
                "profile.incident.table", "sn_si_incident",
                "profile.incident.on-resolve.state", "3",
                "profile.incident.severity.medium.priority", "9",
                "profile.incident.field.category", "cloud"));
        deciding = world.deciding(new Circuits(world.ledger.clock));
        world.ledger.scan(ONE);
        // The ledger's tickets are incidents.
        world.deliver(ONE, Action.OPEN);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Delivery taken(Action action) {
        Delivery delivery =
                new Delivery(world.ledger.flow, world.settings.profiles().get("incident"), world.ledger.claim(ONE));
        deciding.take(delivery, new Decision(action, action == Action.OPEN ? 2 : 1, "as told"));
        return delivery;
    }

    @Test
    void it_is_resolved_as_an_incident_is() {
        world.ledger.scan(pass("s3-public", "one"));
        Delivery delivery = taken(Action.RESOLVE);

        assertThat(world.draft(delivery)).containsEntry("state", "6").containsEntry("close_code", "Solution provided");
    }

    @Test
    void what_it_says_by_the_values_of_the_other_table_is_left_out_and_its_texts_stay() {
        world.ledger.scan(ONE, fail("s3-public", "two"));
        Delivery delivery = taken(Action.UPDATE);
        world.draft(delivery);

        assertThat(delivery.content().orElseThrow())
                .containsEntry("category", "cloud")
                .containsEntry("urgency", "2")
                .doesNotContainKey("priority");
    }

    @Test
    void its_states_are_those_of_an_incident_and_a_new_ticket_is_of_the_new_table() {
        world.ledger.scan(ONE, fail("s3-public", "two"));
        Delivery old = taken(Action.SYNC);
        assertThat(world.drafts.choices(old).get(SyncField.STATUS)).containsEntry("On Hold", "3");

        world.ledger.groups.retry(old.claimed(), world.ledger.clock.instant());
        assertThat(taken(Action.OPEN).table()).isEqualTo("sn_si_incident");
    }

    @Test
    void a_later_ticket_goes_by_its_own_and_not_by_the_first() {
        world.ledger.scan(ONE, fail("s3-public", "two"));
        world.deliver(ONE, Action.OPEN);
        world.ledger.left("update ticket set table_name = 'problem' where generation = 2");
        world.ledger.scan(ONE, fail("s3-public", "two"), fail("s3-public", "three"));
        Delivery delivery =
                new Delivery(world.ledger.flow, world.settings.profiles().get("incident"), world.ledger.claim(ONE));

        deciding.take(delivery, new Decision(Action.UPDATE, 2, "as told"));

        assertThat(delivery.table()).isEqualTo("problem");
    }
}
