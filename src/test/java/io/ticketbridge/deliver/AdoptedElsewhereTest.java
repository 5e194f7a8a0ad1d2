package io.ticketbridge.deliver;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.deliver.servicenow.HiddenRecords;
import io.ticketbridge.deliver.servicenow.LastAnswers;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import jakarta.ws.rs.ProcessingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After a ledger was lost a ticket is found in whatever table it is, and not opened again (P13). */
class AdoptedElsewhereTest {
    private static final Finding ONE = fail("s3-public", "one");

    private final List<String> asked = new ArrayList<>();
    private DeliveryWorld world;
    private Delivery delivery;

    @BeforeEach
    void open() {
        LastAnswers.none();
        world = new DeliveryWorld(
                Map.of("group-by", "check", "baseline", "adopt", "profile.critical.table", "sn_si_incident"));
        world.ledger.scan(ONE);
        delivery = new Delivery(world.ledger.flow, world.settings.profiles().get("incident"), world.ledger.claim(ONE));
    }

    @AfterEach
    void close() {
        LastAnswers.none();
        world.close();
    }

    private Map<String, Object> row(String sysId, String table, int generation, String state) {
        return new HashMap<>(Map.of(
                "sys_id",
                sysId.repeat(32),
                "number",
                "T" + sysId,
                "state",
                state,
                "active",
                "true",
                "opened_at",
                "2026-03-01 12:00:00",
                "correlation_id",
                Ticket.correlationId(world.ledger.groupOf(ONE), generation),
                "sys_class_name",
                table,
                "sys_created_on",
                "2026-03-01 12:00:00"));
    }

    private Ticket adopted(List<Map<String, Object>> inItsTable) {
        world.adoption().adopt(delivery, inItsTable);
        return world.ledger.tickets.latest(world.ledger.groupOf(ONE)).orElse(null);
    }

    @Test
    void the_ticket_of_another_profile_is_taken_over_in_its_table() {
        world.answers("task", call -> List.of(row("a", "sn_si_incident", 1, "16")));

        Ticket ticket = adopted(List.of());

        assertThat(ticket.table()).isEqualTo("sn_si_incident");
        assertThat(ticket.profile()).isEqualTo("critical");
        assertThat(ticket.phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void one_that_a_person_made_a_record_of_a_table_without_profile_is_found_there() {
        world.answers("task", call -> List.of(row("a", "problem", 1, "101")));

        assertThat(adopted(List.of()).table()).isEqualTo("problem");
    }

    @Test
    void the_newest_generation_counts_in_whatever_table() {
        Map<String, Object> first = row("a", "incident", 1, "7");
        world.answers("task", call -> List.of(first, row("b", "sn_si_incident", 2, "16")));

        Ticket ticket = adopted(List.of(first));

        assertThat(ticket.generation()).isEqualTo(2);
        assertThat(ticket.number()).isEqualTo("Tb");
    }

    @Test
    void where_its_own_table_has_it_open_no_other_is_asked() {
        world.answers("task", call -> {
            asked.add("task");
            return List.of();
        });

        assertThat(adopted(List.of(row("a", "incident", 1, "2"))).table()).isEqualTo("incident");
        assertThat(asked).isEmpty();
    }

    @Test
    void who_may_not_read_all_tables_at_once_asks_those_of_the_profiles() {
        world.answers("task", call -> {
            LastAnswers.was(403, Map.of());
            throw new ProcessingException("refused");
        });
        world.answers("sn_si_incident", call -> List.of(row("a", "sn_si_incident", 1, "16")));

        assertThat(adopted(List.of()).table()).isEqualTo("sn_si_incident");
    }

    @Test
    void what_is_counted_and_not_shown_is_not_opened_again() {
        world.answers("task", call -> {
            LastAnswers.was(200, Map.of("X-Total-Count", List.of("1")));
            return List.of();
        });

        assertThatThrownBy(() -> adopted(List.of())).isInstanceOf(HiddenRecords.class);
    }

    @Test
    void what_its_own_table_shows_need_not_be_shown_among_all() {
        world.answers("task", call -> {
            LastAnswers.was(200, Map.of("X-Total-Count", List.of("1")));
            return List.of();
        });

        assertThat(adopted(List.of(row("a", "incident", 1, "7"))).table()).isEqualTo("incident");
    }
}
