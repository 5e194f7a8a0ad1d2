package io.ticketbridge.deliver.state;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.deliver.DeliveryWorld;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.HiddenRecords;
import io.ticketbridge.deliver.servicenow.LastAnswers;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read of tickets that people changed, and what of it is believed (P16, P26). */
class ChangedTicketsTest {
    private static final String ANY = "0123456789abcdef0123456789abcde";
    private static final String NOON = "Sun, 01 Mar 2026 12:00:00 GMT";

    private DeliveryWorld world;
    private Watermarks watermarks;
    private ChangedTickets changed;

    @BeforeEach
    void open() {
        LastAnswers.none();
        world = new DeliveryWorld(Map.of("group-by", "check"));
        watermarks = new Watermarks(world.ledger.database, world.ledger.clock);
        changed = new ChangedTickets(
                world.settings,
                world.ledger.openTickets,
                new Pairs(world.ledger.database, world.ledger.clock),
                watermarks,
                world.missing,
                world.ledger.clock);
    }

    @AfterEach
    void close() {
        LastAnswers.none();
        world.close();
    }

    @Test
    void a_status_of_the_new_table_is_not_read_as_another_one_of_the_old() {
        Ticket onHold = opened(1).get(0);
        changed = new ChangedTickets(
                Flow.settings(Map.of(
                        "group-by", "check",
                        "profile.incident.table", "sn_customerservice_case",
                        "new-ticket-when-status", "3")),
                world.ledger.openTickets,
                new Pairs(world.ledger.database, world.ledger.clock),
                watermarks,
                world.missing,
                world.ledger.clock);
        ChangedTickets.Look look = changed.look(Flow.NAME);
        while (look.isHasNext()) {
            Object table = look.request().headers().get(ServiceNowConstants.PARAM_TABLE_NAME);
            boolean isFirst = table.equals("incident") && state(onHold).equals("1");
            look.accept(
                    isFirst
                            ? List.of(Map.of(
                                    "sys_id", onHold.sysId(),
                                    "number", onHold.number(),
                                    "state", "3",
                                    "active", "true",
                                    "sys_updated_on", "2026-03-01 12:00:00",
                                    "sys_mod_count", "2",
                                    "correlation_display", Ticket.display(Flow.NAME)))
                            : List.of());
        }

        Ticket seen = world.ledger.tickets.latest(onHold.groupId()).orElseThrow();
        assertThat(seen.state()).isEqualTo("3");
        assertThat(seen.reached()).isFalse();
    }

    private String state(Ticket ticket) {
        return world.ledger.tickets.latest(ticket.groupId()).orElseThrow().state();
    }

    private List<Ticket> opened(int tickets) {
        List<Finding> findings = IntStream.range(0, tickets)
                .mapToObj(i -> fail("check-" + i, "one"))
                .toList();
        world.ledger.scan(List.of(findings));
        findings.forEach(finding -> world.deliver(finding, Action.OPEN));
        return world.ledger.openTickets.of(Flow.NAME);
    }

    private static Map<String, Object> row(String sysId, String updatedOn) {
        return Map.of(
                "sys_id",
                sysId,
                "number",
                "INC1",
                "state",
                "2",
                "active",
                "true",
                "sys_updated_on",
                updatedOn,
                "correlation_display",
                Ticket.display(Flow.NAME));
    }

    private static Map<String, Object> file(String table, String sysId, String createdOn) {
        return Map.of("sys_id", sysId, "table_name", table, "table_sys_id", ANY + 0, "sys_created_on", createdOn);
    }

    private static String query(ServiceNowCall call) {
        return call.headers().get(ServiceNowConstants.SYSPARM_QUERY).toString();
    }

    @Test
    void pages_follow_each_other_by_time_and_key_and_the_next_look_begins_at_the_last() {
        ChangedTickets.Look look = changed.look(Flow.NAME);
        assertThat(query(look.request())).contains("sys_updated_on>=1970-01-01 00:00:00");
        // The second was written while ServiceNow made the page.
        look.accept(List.of(
                row(ANY + 1, "2026-03-01 10:00:00"),
                row(ANY + 2, "2026-03-01 11:00:00"),
                row(ANY + 3, "2026-03-01 10:00:00")));
        assertThat(query(look.request()))
                .contains("sys_updated_on>2026-03-01 10:00:00^NQ", "=2026-03-01 10:00:00^sys_id>" + ANY + 3);
        look.accept(List.of(row(ANY + 4, "2026-03-01 10:00:00")));
        look.accept(List.of(row(ANY + 0, "2026-03-01 10:00:01")));
        look.accept(List.of());
        assertThat(look.isHasNext()).isFalse();

        changed.end(look);
        assertThat(query(changed.look(Flow.NAME).request())).contains("sys_updated_on>=2026-03-01 09:55:01");
    }

    @Test
    void of_ten_thousand_and_one_rows_of_one_second_each_page_is_asked_for_after_the_last() {
        List<Map<String, Object>> all = IntStream.rangeClosed(1, 10_001)
                .mapToObj(number -> row(String.format("%032x", number), "2026-03-01 10:00:00"))
                .toList();
        ChangedTickets.Look look = changed.look(Flow.NAME);
        int read = 0;
        while (read < all.size()) {
            String query = query(look.request());
            if (read > 0) {
                assertThat(query)
                        .contains("=2026-03-01 10:00:00^sys_id>"
                                + all.get(read - 1).get("sys_id"));
            }
            int end = Math.min(read + 1000, all.size());
            look.accept(all.subList(read, end));
            read = end;
            assertThat(look.isHasNext()).isTrue();
        }

        look.accept(List.of());

        assertThat(look.isHasNext()).isFalse();
    }

    @Test
    void a_page_that_comes_again_ends_the_look_with_the_cure() {
        ChangedTickets.Look look = changed.look(Flow.NAME);
        List<Map<String, Object>> all =
                List.of(row(ANY + 1, "2026-03-01 10:00:00"), row(ANY + 2, "2026-03-01 10:00:00"));
        look.accept(all);

        assertThatThrownBy(() -> look.accept(all))
                .isInstanceOf(WrongAnswer.class)
                .hasMessageContaining("query of incident by sys_updated_on")
                .hasMessageContaining("query_range")
                .hasMessageContaining("time zone to GMT");
    }

    @Test
    void a_row_from_before_the_time_that_was_asked_for_ends_the_look() {
        watermarks.move(Flow.NAME + "/tickets", "2026-03-01T10:00:00Z");
        ChangedTickets.Look look = changed.look(Flow.NAME);
        List<Map<String, Object>> page =
                List.of(row(ANY + 1, "2026-03-01 09:54:59"), row(ANY + 2, "2026-03-01 10:00:00"));

        assertThatThrownBy(() -> look.accept(page)).isInstanceOf(WrongAnswer.class);
    }

    @Test
    void files_that_come_again_or_that_were_not_asked_for_end_their_look() {
        watermarks.move(Flow.NAME + "/files", "2026-03-01T10:00:00.5Z");
        FileLook look = changed.files(Flow.NAME);
        List<Map<String, Object>> page = List.of(file("incident", ANY + 1, "2026-03-01 09:55:00"));
        look.accept(page);
        assertThatThrownBy(() -> look.accept(page))
                .isInstanceOf(WrongAnswer.class)
                .hasMessageContaining("query of sys_attachment by sys_created_on");

        FileLook early = changed.files(Flow.NAME);
        assertThatThrownBy(() -> early.accept(List.of(file("incident", ANY + 1, "2026-03-01 09:54:00"))))
                .isInstanceOf(WrongAnswer.class);
        FileLook foreign = changed.files(Flow.NAME);
        assertThatThrownBy(() -> foreign.accept(List.of(file("kb_knowledge", ANY + 1, "2026-03-01 10:00:00"))))
                .isInstanceOf(WrongAnswer.class)
                .hasMessageContaining("table_name");
    }

    private static void linked(String relation) {
        LastAnswers.was(200, Map.of("Link", List.of("<https://x/api/now/attachment>;rel=\"" + relation + "\"")));
    }

    private static int offset(ServiceNowCall call) {
        return (int) call.headers().getOrDefault(ServiceNowConstants.SYSPARM_OFFSET, 0);
    }

    @Test
    void an_empty_page_of_files_is_the_end_only_if_servicenow_names_no_next_one() {
        Ticket ticket = opened(1).get(0);
        FileLook look = changed.files(Flow.NAME);
        for (int hidden = 1000; hidden <= 3000; hidden += 1000) {
            linked("next");
            look.accept(List.of());
            assertThat(look.isHasNext()).isTrue();
            assertThat(offset(look.request())).isEqualTo(hidden);
        }
        Map<String, Object> attached = Map.of(
                "sys_id",
                ANY + 5,
                "table_name",
                "incident",
                "table_sys_id",
                ticket.sysId(),
                "sys_created_on",
                "2100-01-01 00:00:00");
        look.accept(List.of(attached));
        assertThat(world.ledger.count("pair where seen_mark = '?'")).isEqualTo(1);
        assertThat(offset(look.request())).isZero();
        assertThat(query(look.request())).contains("^sys_id>" + ANY + 5);

        linked("prev");
        look.accept(List.of());
        assertThat(look.isHasNext()).isFalse();
    }

    @Test
    void the_next_look_at_files_begins_where_this_one_began_by_the_clock_that_is_behind() {
        world.ledger.clock.advance(
                Duration.between(world.ledger.clock.instant(), Instant.parse("2026-03-01T12:10:00Z")));
        FileLook look = changed.files(Flow.NAME);
        LastAnswers.was(200, Map.of("Date", List.of(NOON)));
        look.accept(List.of());
        changed.endFiles(look);
        assertThat(query(changed.files(Flow.NAME).request())).contains("sys_created_on>=2026-03-01 11:55:00");

        world.ledger.clock.advance(Duration.ofMinutes(-20));
        FileLook behind = changed.files(Flow.NAME);
        LastAnswers.was(200, Map.of("Date", List.of(NOON)));
        behind.accept(List.of());
        changed.endFiles(behind);
        assertThat(query(changed.files(Flow.NAME).request())).contains("sys_created_on>=2026-03-01 11:45:00");
    }

    /** The flow's tickets, after a look that found none of them. */
    private ChangedTickets.Look doubted(int counted, String date) {
        ChangedTickets.Look look = changed.look(Flow.NAME);
        LastAnswers.was(200, Map.of("X-Total-Count", List.of("" + counted), "Date", List.of(date)));
        look.accept(List.of());
        return look;
    }

    private static void counted(int records) {
        LastAnswers.was(200, Map.of("X-Total-Count", List.of("" + records)));
    }

    @Test
    void a_look_that_finds_nothing_is_over_where_there_are_no_tickets() {
        assertThat(doubted(0, NOON).isHasNext()).isFalse();
    }

    @Test
    void tickets_that_are_not_shown_any_more_fail_the_look_when_they_are_many() {
        List<Ticket> tickets = opened(5);
        ChangedTickets.Look look = doubted(2, NOON);
        assertThat(query(look.request()))
                .startsWith("sys_idIN" + tickets.get(0).sysId())
                .doesNotContain("^");

        counted(5);
        assertThatThrownBy(() -> look.accept(List.of()))
                .isInstanceOf(HiddenRecords.class)
                .hasMessageContaining("none of 5 tickets of flow compliance")
                .hasMessageContaining("read access to incident");
    }

    @Test
    void a_few_that_are_counted_and_not_shown_stay_as_they_are_and_few_that_are_not_counted_are_looked_at() {
        opened(2);
        ChangedTickets.Look hidden = doubted(0, NOON);
        counted(2);
        hidden.accept(List.of());
        assertThat(hidden.isHasNext()).isFalse();
        assertThat(world.ledger.count("pair where seen_mark = '?'")).isZero();

        ChangedTickets.Look deleted = doubted(0, NOON);
        counted(0);
        deleted.accept(List.of());
        assertThat(world.ledger.count("pair where seen_mark = '?'")).isEqualTo(2);
    }

    @Test
    void what_is_hidden_behind_the_last_row_is_asked_for_too() {
        List<Ticket> tickets = opened(2);
        ChangedTickets.Look look = changed.look(Flow.NAME);
        look.accept(List.of(row(tickets.get(0).sysId(), "2026-03-01 10:00:00")));
        counted(1);
        look.accept(List.of());
        assertThat(query(look.request())).startsWith("sys_idIN");

        counted(2);
        look.accept(List.of(row(tickets.get(0).sysId(), "2026-03-01 10:00:00")));
        assertThat(look.isHasNext()).isFalse();
        assertThat(world.ledger.count("pair where seen_mark = '?'")).isZero();
    }

    @Test
    void a_ticket_that_is_shown_by_its_key_and_was_not_found_by_its_time_fails_the_look() {
        List<Ticket> tickets = opened(1);
        watermarks.move(Flow.NAME + "/tickets", "2026-03-01T10:00:00Z");
        String sysId = tickets.get(0).sysId();

        ChangedTickets.Look refused = doubted(0, NOON);
        assertThatThrownBy(() -> refused.accept(List.of(row(sysId, "2026-03-01 10:00:00"))))
                .isInstanceOf(WrongAnswer.class)
                .hasMessageContaining("query_range");

        // Changed after the answer, or by what was not committed then.
        ChangedTickets.Look justNow = doubted(0, NOON);
        justNow.accept(List.of(row(sysId, "2026-03-01 11:56:00")));
        assertThat(justNow.isHasNext()).isFalse();
    }

    @Test
    void tickets_in_a_table_that_the_profile_has_left_are_looked_at_too_with_a_mark_of_their_own() {
        world.close();
        world = new DeliveryWorld(Map.of("group-by", "check", "profile.incident.table", "problem"));
        watermarks = new Watermarks(world.ledger.database, world.ledger.clock);
        Pairs pairs = new Pairs(world.ledger.database, world.ledger.clock);
        changed = new ChangedTickets(
                world.settings, world.ledger.openTickets, pairs, watermarks, world.missing, world.ledger.clock);
        watermarks.move(Flow.NAME + "/tickets", "2026-03-01T09:00:00Z");
        Ticket incident = opened(1).get(0);

        ChangedTickets.Look look = changed.look(Flow.NAME);
        assertThat(table(look.request())).isEqualTo("problem");
        look.accept(List.of());
        assertThat(table(look.request())).isEqualTo("incident");
        assertThat(query(look.request())).contains("sys_updated_on>=1970-01-01 00:00:00");
        look.accept(List.of(row(incident.sysId(), "2026-03-01 10:00:00")));
        look.accept(List.of());
        assertThat(look.isHasNext()).isFalse();
        changed.end(look);

        assertThat(world.ledger.count("pair where seen_mark like '2026-03-01 10:00:00%'"))
                .isEqualTo(1);
        assertThat(watermarks.of(Flow.NAME + "/tickets/incident")).hasValue("2026-03-01T10:00:00Z");
        assertThat(watermarks.of(Flow.NAME + "/tickets")).hasValue("2026-03-01T09:00:00Z");
        watermarks.move(Flow.NAME + "/files", "2026-03-01T09:00:00Z");
        FileLook files = changed.files(Flow.NAME);
        assertThat(query(files.request())).contains("table_nameINproblem,incident");
        assertThatCode(() -> files.accept(List.of(file("incident", ANY + 1, "2026-03-01 10:00:00"))))
                .doesNotThrowAnyException();
    }

    private static Object table(ServiceNowCall call) {
        return call.headers().get(ServiceNowConstants.PARAM_TABLE_NAME);
    }
}
