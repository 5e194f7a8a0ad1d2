package io.ticketbridge.deliver.sweep;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.deliver.DeliveryWorld;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.LastAnswers;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.deliver.state.TicketStates;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.ticket.StrayRecords;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the daily sweep makes of a ticket that was taken for deleted. */
class SweepTest {
    private static final Finding ONE = fail("s3-public", "one");

    /** Whatever this thread was answered in the test before. */
    @BeforeEach
    void forgetAnswers() {
        LastAnswers.none();
    }

    @Test
    void a_ticket_that_comes_back_closed_as_an_accepted_risk_is_one() {
        try (DeliveryWorld world = new DeliveryWorld(
                Map.of("group-by", "check", "profile.incident.accepted-risk.close-code", "Risk accepted"))) {
            world.ledger.scan(ONE);
            world.deliver(ONE, Action.OPEN);
            Ticket gone = latest(world);
            world.ledger.openTickets.seen(gone, new Seen(gone.sysId(), gone.number(), "", Phase.DELETED, null), true);
            Sweep sweep = sweep(world, new StrayRecords(world.ledger.database, world.ledger.clock));
            SweepLook look = sweep.looks().get(0);

            look.accept(List.of(row(gone, look.request())));

            assertThat(latest(world).phase()).isEqualTo(Phase.CLOSED);
            assertThat(latest(world).acceptance()).isNotNull();
        }
    }

    @Test
    void what_people_closed_deleted_or_took_the_mark_from_is_not_reported_any_more() {
        try (DeliveryWorld world = new DeliveryWorld(Map.of("group-by", "check"))) {
            StrayRecords strays = new StrayRecords(world.ledger.database, world.ledger.clock);
            List.of("a", "b", "c", "d").forEach(each -> {
                strays.begin(stray(each), "INC1");
                strays.ended(stray(each), "linked");
            });
            strays.begin(stray("e"), "INC1");
            strays.unknown(stray("f"));
            strays.unknown(stray("g"));
            world.ledger.clock.advance(Duration.ofHours(1));
            strays.begin(stray("h"), "INC1");
            Sweep sweep = sweep(world, strays);
            SweepLook look = sweep.looks().get(0);

            look.accept(List.of());
            assertThat(look.isHasNext()).isTrue();
            assertThat(look.request()
                            .headers()
                            .get(ServiceNowConstants.SYSPARM_QUERY)
                            .toString())
                    .contains("a,b,c,d,e,f,g")
                    .doesNotContain("h");
            look.accept(List.of(
                    record("a", "6", Flow.NAME),
                    record("b", "1", Flow.NAME),
                    record("d", "1", "another"),
                    record("e", "1", Flow.NAME),
                    record("f", "1", Flow.NAME)));

            assertThat(look.isHasNext()).isFalse();
            assertThat(strays.countByState())
                    .as("b and e are open, f is open, h is being closed just now")
                    .isEqualTo(Map.of("merged", 1L, "linked", 2L, "unknown", 1L, "merging", 1L));
        }
    }

    @Test
    void what_earlier_sweeps_left_is_not_settled_by_rows_that_were_not_asked_for() {
        try (DeliveryWorld world = new DeliveryWorld(Map.of("group-by", "check"))) {
            StrayRecords strays = new StrayRecords(world.ledger.database, world.ledger.clock);
            strays.begin(stray("a"), "INC1");
            strays.ended(stray("a"), "linked");
            SweepLook look = sweep(world, strays).looks().get(0);
            look.accept(List.of());

            assertThatThrownBy(() -> look.accept(List.of(record("z", "1", Flow.NAME))))
                    .isInstanceOf(WrongAnswer.class);

            assertThat(strays.countByState()).isEqualTo(Map.of("linked", 1L));
        }
    }

    /** They keep our mark, so that each sweep meets them: one line while they are open, none once somebody closed them. */
    @Test
    void what_people_closed_is_not_reported_anew_by_each_sweep() {
        try (DeliveryWorld world = new DeliveryWorld(Map.of("group-by", "check"))) {
            world.ledger.scan(ONE);
            world.deliver(ONE, Action.OPEN);
            String known = latest(world).correlationId();
            StrayRecords strays = new StrayRecords(world.ledger.database, world.ledger.clock);
            Sweep sweep = sweep(world, strays);

            assertThat(swept(sweep, List.of(made("x", "1", "ticketbridge-lost-1"), made("y", "1", known))))
                    .as("ann made y, which is her own")
                    .isEmpty();
            assertThat(strays.countByState()).isEqualTo(Map.of("unknown", 2L));

            for (int i = 0; i < 2; i++) {
                assertThat(swept(sweep, List.of(made("x", "7", "ticketbridge-lost-1"), made("y", "7", known))))
                        .isEmpty();
                assertThat(strays.countByState()).isEmpty();
            }

            swept(sweep, List.of(made("x", "1", "ticketbridge-lost-1"), made("y", "1", known)));
            assertThat(strays.countByState()).as("reopened").isEqualTo(Map.of("unknown", 2L));
        }
    }

    /** A route may have chosen another profile than the flow's, of another table. */
    @Test
    void a_duplicate_is_closed_as_the_profile_says_that_its_ticket_was_opened_with() {
        try (DeliveryWorld world = new DeliveryWorld(Map.of(
                "group-by", "check",
                "profile.critical.table", "sn_si_incident",
                "profile.critical.on-resolve.state", "Closed here",
                "profile.other.table", "sn_si_incident",
                "profile.other.on-resolve.state", "Closed there"))) {
            world.ledger.scan(ONE);
            world.deliver(ONE, Action.OPEN);
            world.ledger.left("update ticket set profile = 'other', table_name = 'sn_si_incident'");
            Sweep sweep = sweep(world, new StrayRecords(world.ledger.database, world.ledger.clock));
            SweepLook look = sweep.looks().get(1);

            look.accept(List.of(
                    made("x", "1", latest(world).correlationId()),
                    made("y", "1", "ticketbridge-lost-1"),
                    made("z", "1", "ticketbridge-lost-1")));
            look.accept(List.of());
            look.accept(List.of(Map.of("sys_id", latest(world).sysId(), "sys_created_by", "ann")));

            assertThat(sweep.found(look))
                    .extracting(each -> each.stray().sysId() + " "
                            + each.profile().onResolve().get("state"))
                    .containsExactly("x Closed there", "z Closed here");
        }
    }

    /** What one sweep over these records finds to be merged. */
    private static List<Sweep.Duplicate> swept(Sweep sweep, List<Map<String, Object>> records) {
        SweepLook look = sweep.looks().get(0);
        look.accept(records);
        look.accept(List.of());
        for (int answers = 0; look.isHasNext() && answers < 9; answers++) {
            Map<String, Object> asked = look.request().headers();
            boolean isOfMakers = asked.get(ServiceNowConstants.SYSPARM_FIELDS).equals("sys_id,sys_created_by");
            List<String> sysIds = List.of(asked.get(ServiceNowConstants.SYSPARM_QUERY)
                    .toString()
                    .substring("sys_idIN".length())
                    .split(","));
            look.accept(
                    isOfMakers
                            ? List.of()
                            : records.stream()
                                    .filter(record -> sysIds.contains(record.get("sys_id")))
                                    .toList());
        }
        assertThat(look.isHasNext()).isFalse();
        return sweep.found(look);
    }

    private static Map<String, Object> made(String sysId, String state, String correlationId) {
        Map<String, Object> record = new HashMap<>(record(sysId, state, Flow.NAME));
        record.put("correlation_id", correlationId);
        record.put("sys_created_by", "ann");
        return record;
    }

    private static StrayRecords.Stray stray(String sysId) {
        return new StrayRecords.Stray("incident", sysId, Flow.NAME, "INC-" + sysId, "tb-" + sysId);
    }

    private static Map<String, Object> record(String sysId, String state, String flow) {
        return Map.of(
                "sys_id",
                sysId,
                "number",
                "INC-" + sysId,
                "state",
                state,
                "active",
                "true",
                "correlation_id",
                "tb-" + sysId + Sweep.DUPLICATE,
                "correlation_display",
                Ticket.display(flow));
    }

    private static Sweep sweep(DeliveryWorld world, StrayRecords strays) {
        return new Sweep(
                world.settings,
                strays,
                new TicketStates(
                        world.settings,
                        world.ledger.openTickets,
                        world.ledger.release,
                        world.moved,
                        world.missing,
                        world.ledger.clock));
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
