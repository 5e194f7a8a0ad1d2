package io.ticketbridge.deliver.state;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.DeliveryWorld;
import io.ticketbridge.deliver.servicenow.HiddenRecords;
import io.ticketbridge.deliver.servicenow.LastAnswers;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is concluded from the tickets that ServiceNow shows, and from those that it does not (P7). */
class TicketStatesTest {
    private DeliveryWorld world;

    @BeforeEach
    void open() {
        LastAnswers.none();
        world = new DeliveryWorld(Map.of("group-by", "check"));
    }

    @AfterEach
    void close() {
        LastAnswers.none();
        world.close();
    }

    private void opened(int tickets) {
        List<Finding> findings = IntStream.range(0, tickets)
                .mapToObj(i -> fail("check-" + i, "one"))
                .toList();
        world.ledger.scan(List.of(findings));
        findings.forEach(finding -> world.deliver(finding, Action.OPEN));
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

    private List<Ticket> page() {
        return states().pagesWithAccepted(Flow.NAME).get(0);
    }

    private static Map<String, Object> row(Ticket ticket, String state) {
        return Map.of("sys_id", ticket.sysId(), "number", ticket.number(), "state", state, "active", "true");
    }

    private static void counted(int records) {
        LastAnswers.was(200, Map.of("X-Total-Count", List.of(String.valueOf(records))));
    }

    private long deleted() {
        return world.ledger.count("ticket where phase = 'DELETED'");
    }

    @Test
    void what_is_counted_and_not_shown_stays_as_it_was_and_what_is_shown_is_taken() {
        opened(3);
        List<Ticket> page = page();
        counted(2);

        states().seen(page, List.of(row(page.get(0), "6")));

        assertThat(deleted()).isZero();
        assertThat(world.ledger.count("ticket where phase = 'RESOLVED'")).isEqualTo(1);
        assertThat(states().facts(page, List.of(row(page.get(0), "6")))).hasSize(1);
    }

    @Test
    void that_a_ticket_is_hidden_is_said_once_until_it_is_shown() {
        opened(2);
        List<Ticket> page = page();
        List<String> said = new ArrayList<>();

        world.missing.sayOnce(page, () -> said.add("pass"));
        world.missing.sayOnce(page, () -> said.add("next pass"));
        assertThat(said).containsExactly("pass");

        world.missing.areDeleted(page, Set.of(page.get(1).sysId()), 0);
        world.missing.sayOnce(page, () -> said.add("hidden again"));
        assertThat(said).containsExactly("pass", "hidden again");
    }

    @Test
    void what_is_neither_shown_nor_counted_is_deleted() {
        opened(3);
        List<Ticket> page = page();
        counted(1);

        states().seen(page, List.of(row(page.get(0), "1")));

        assertThat(deleted()).isEqualTo(2);
        assertThat(world.ledger.count("finding_group where released")).isEqualTo(2);
    }

    @Test
    void that_five_tickets_are_gone_and_none_is_left_is_only_believed_if_the_settings_say_so() {
        opened(5);
        List<Ticket> page = page();
        counted(0);

        assertThatThrownBy(() -> states().seen(page, List.of()))
                .isInstanceOf(HiddenRecords.class)
                .hasMessageContaining("read access to incident")
                .hasMessageContaining(
                        "ticketbridge.servicenow.url names another instance than the one that they were opened in")
                .hasMessageContaining("ticketbridge.flow.compliance.all-deleted=true");
        assertThat(deleted()).isZero();

        with(Map.of("group-by", "check", "all-deleted", "true")).seen(page, List.of());
        assertThat(deleted()).isEqualTo(5);
        assertThat(states().facts(page(), List.of())).noneMatch(facts -> facts.present());
    }

    @Test
    void a_ticket_that_was_not_found_is_looked_for_for_thirty_days_and_blocks_as_before_once_it_is() {
        opened(1);
        states().seen(page(), List.of());
        assertThat(deleted()).isEqualTo(1);

        world.ledger.clock.advance(Duration.ofDays(29));
        Ticket gone = page().get(0);
        states().seen(List.of(gone), List.of(row(gone, "2")));

        Ticket back = world.ledger.tickets.latest(gone.groupId()).orElseThrow();
        assertThat(back.phase()).isEqualTo(Phase.OPEN);
        assertThat(back.reached()).isFalse();

        states().seen(page(), List.of());
        world.ledger.clock.advance(Duration.ofDays(15));
        states().seen(page(), List.of());
        world.ledger.clock.advance(Duration.ofDays(15));
        assertThat(states().pagesWithAccepted(Flow.NAME)).isEmpty();
    }

    @Test
    void a_record_that_a_person_made_one_of_another_table_is_not_deleted_and_goes_on_there() {
        opened(2);
        List<Ticket> page = page();
        Ticket problem = page.get(0);
        world.answers(
                "task",
                call -> List.of(Map.of("sys_id", problem.sysId(), "number", "PRB7", "sys_class_name", "problem")));

        states().seen(page, List.of());

        Ticket there = world.ledger.tickets.latest(problem.groupId()).orElseThrow();
        assertThat(there.table()).isEqualTo("problem");
        assertThat(there.number()).isEqualTo("PRB7");
        assertThat(there.phase()).isEqualTo(Phase.OPEN);
        assertThat(deleted()).isEqualTo(1);
        assertThat(world.ledger.count("event where text = 'the record is one of problem now: PRB7'"))
                .isEqualTo(1);
    }

    @Test
    void nothing_is_concluded_while_servicenow_counts_the_record_in_another_table_and_does_not_show_it() {
        opened(1);
        world.answers("task", call -> {
            counted(1);
            return List.of();
        });

        states().seen(page(), List.of());
        assertThat(deleted()).isZero();
    }

    @Test
    void what_is_not_shown_where_it_is_keeps_no_other_ticket_from_being_seen() {
        opened(2);
        List<Ticket> page = page();
        world.answers("task", call -> List.of(Map.of("sys_id", page.get(0).sysId(), "sys_class_name", "incident")));

        states().seen(page, List.of(row(page.get(1), "6")));

        assertThat(deleted()).isZero();
        assertThat(world.ledger.count("ticket where phase = 'RESOLVED'")).isEqualTo(1);
    }

    @Test
    void where_all_tickets_were_moved_each_goes_on_there() {
        opened(6);
        List<Ticket> page = page();
        world.answers("task", call -> page.stream()
                .map(ticket -> Map.<String, Object>of("sys_id", ticket.sysId(), "sys_class_name", "problem"))
                .toList());

        states().seen(page, List.of());

        assertThat(deleted()).isZero();
        assertThat(world.ledger.count("ticket where table_name = 'problem'")).isEqualTo(6);
    }

    private TicketStates with(Map<String, String> keys) {
        Settings settings = Flow.settings(keys);
        return new TicketStates(
                settings,
                world.ledger.openTickets,
                world.ledger.release,
                world.moved,
                new MissingTickets(settings),
                world.ledger.clock);
    }

    private void seen(TicketStates states, String state) {
        Ticket ticket = latest();
        states.seen(List.of(ticket), List.of(row(ticket, state)));
        states.releaseAged(Flow.NAME);
    }

    private Ticket latest() {
        return states().pagesWithAccepted(Flow.NAME).get(0).get(0);
    }

    /** A scan says that it fails still, and that asks for nothing. */
    private void flagged() {
        Finding finding = fail("check-0", "one");
        world.ledger.scan(finding);
        world.ledger.settleNothing(world.ledger.claim(finding));
        assertThat(released()).isZero();
    }

    private long released() {
        return world.ledger.count("finding_group where released");
    }

    @Test
    void where_what_comes_back_reopens_its_ticket_one_that_a_person_opened_again_blocks_until_it_is_resolved_again() {
        opened(1);
        TicketStates reopening = with(Map.of("on-recurrence", "reopen"));
        seen(reopening, "6");
        assertThat(latest().reached()).isTrue();

        seen(reopening, "3");
        assertThat(latest().reached()).isFalse();

        flagged();
        seen(reopening, "6");
        assertThat(latest().reached()).isTrue();
        assertThat(released()).isEqualTo(1);
    }

    @Test
    void where_it_opens_another_the_status_was_reached_for_good() {
        opened(1);
        seen(states(), "6");
        seen(states(), "3");
        assertThat(latest().reached()).isTrue();
    }

    @Test
    void where_what_comes_back_reopens_its_ticket_no_open_state_is_reached() {
        opened(1);
        Map<String, String> keys = Map.of("on-recurrence", "reopen", "new-ticket-when-status", "In Progress");
        seen(with(keys), "2");
        assertThat(latest().reached()).isFalse();
        assertThat(released()).isZero();

        seen(with(Map.of("new-ticket-when-status", "In Progress")), "2");
        assertThat(latest().reached()).isTrue();
        assertThat(released()).isEqualTo(1);
    }

    /** In sn_customerservice_case state 3 is the end; an incident in state 3 is on hold. */
    @Test
    void a_status_of_the_new_table_is_not_read_as_another_one_of_the_old() {
        opened(1);
        TicketStates ofCases =
                with(Map.of("profile.incident.table", "sn_customerservice_case", "new-ticket-when-status", "3"));
        seen(ofCases, "3");
        assertThat(latest().reached()).isFalse();
        seen(ofCases, "6");
        assertThat(latest().reached()).isFalse();
        assertThat(released()).isZero();

        seen(ofCases, "7");
        assertThat(released()).isEqualTo(1);
    }

    @Test
    void a_status_that_the_old_table_does_not_have_is_taken_for_how_far_it_is() {
        opened(1);
        seen(with(Map.of("profile.incident.table", "sn_si_incident", "new-ticket-when-status", "Review")), "6");
        assertThat(released()).isEqualTo(1);
    }

    @Test
    void once_another_status_counts_what_was_reached_is_judged_anew() {
        opened(1);
        seen(states(), "6");
        assertThat(latest().reached()).isTrue();

        TicketStates closing = with(Map.of("new-ticket-when-status", "closed"));
        seen(closing, "6");
        assertThat(latest().reached()).isFalse();

        flagged();
        states().releaseAged(Flow.NAME);
        assertThat(latest().reached()).isTrue();
        assertThat(released()).isEqualTo(1);
    }

    @Test
    void an_accepted_risk_is_read_though_the_profile_of_its_ticket_has_another_name_or_table_by_now() {
        opened(2);
        world.ledger.left("update ticket set profile = 'former' where number = 'INC1'");
        Map<String, String> keys =
                Map.of("profile.incident.table", "problem", "profile.incident.accepted-risk.close-code", "Known error");
        List<Ticket> page = page();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Ticket ticket : page) {
            Map<String, Object> row = new HashMap<>(row(ticket, "7"));
            row.put("close_code", "Known error");
            rows.add(row);
        }
        assertThat(with(keys).query(page).headers().toString()).contains("close_code");

        with(keys).seen(page, rows);

        assertThat(world.ledger.count("ticket where accepted_as = 'Known error'"))
                .isEqualTo(2);
    }
}
