package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.sandbox.http.HttpFaults;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.servicenow.Settings.Unreadable;
import io.ticketbridge.sandbox.visionone.SimulatedCase;
import io.ticketbridge.sandbox.visionone.SimulatedNote;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.ServiceNowPage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A case and its ticket stay in step, in both directions (P23 to P27). */
class SyncTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_case_is_told_its_ticket_once(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();

            bridge.poll();
            bridge.later(Duration.ofMinutes(5)).poll();

            assertThat(field(bridge, id, "externalTicketId"))
                    .isEqualTo(bridge.ticket().get("sys_id"));
            assertThat(comments(bridge, id))
                    .singleElement()
                    .asString()
                    .contains(bridge.ticket().get("number"))
                    .contains(bridge.ticket().get("sys_id"));
        }
    }

    @Test
    void fewer_connections_than_deliveries_are_enough() {
        try (Bridge bridge = Bridge.in(folder).with("database.pool-size", "2").with("servicenow.deliveries", "16")) {
            IntStream.range(0, 24).forEach(number -> bridge.visionOne().addCase("Phishing " + number, "P2"));

            bridge.poll();
            bridge.later(Duration.ofMinutes(5)).poll();

            assertThat(bridge.tickets()).hasSize(24);
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    @Test
    void a_field_changed_on_the_ticket_reaches_the_case() {
        try (Bridge bridge = Bridge.in(folder)) {
            String started = bridge.visionOne().addCase("Started", "P2").id();
            String worse = bridge.visionOne().addCase("Worse", "P2").id();
            String named = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.edit(bridge.ticket("Started"), Map.of("state", "2"));
            bridge.edit(bridge.ticket("Worse"), Map.of("impact", "1"));
            bridge.edit(bridge.ticket("Phishing"), Map.of("short_description", "Phishing of the board"));

            bridge.listen().poll();

            assertThat(field(bridge, started, "status")).isEqualTo("In-progress");
            assertThat(field(bridge, worse, "priority")).isEqualTo("P1");
            assertThat(field(bridge, named, "name")).isEqualTo("Phishing of the board");
            assertThat(bridge.writes()).as("writes to ServiceNow").isZero();
        }
    }

    @Test
    void a_description_changed_on_the_ticket_reaches_the_case_without_what_stands_around_it() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne()
                    .addCase(Map.of("name", "Phishing", "priority", "P2", "description", "Seen on Monday"))
                    .id();
            bridge.poll();
            String now = bridge.ticket().get("description").replace("Seen on Monday", "Seen on Tuesday");
            bridge.edit(bridge.ticket(), Map.of("description", now));

            bridge.poll();

            assertThat(field(bridge, id, "description")).isEqualTo("Seen on Tuesday");
            assertThat(bridge.ticket()).containsEntry("description", now);
        }
    }

    @Test
    void a_description_that_may_not_be_read_any_more_erases_no_case_and_is_written_all_the_same() {
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.field.description", "${body.summary}")) {
            String id = bridge.visionOne()
                    .addCase(Map.of("name", "Phishing", "priority", "P2", "description", "Seen on Monday"))
                    .id();
            bridge.poll();
            for (Unreadable how : Unreadable.values()) {
                bridge.serviceNow().settings().unreadableColumn("incident", "description", how);
                bridge.later(Duration.ofMinutes(1))
                        .edit(bridge.ticket(), Map.of("urgency", String.valueOf(how.ordinal() + 1)));

                bridge.poll();

                assertThat(field(bridge, id, "description")).as(how + "").isEqualTo("Seen on Monday");
            }
            assertThat(comments(bridge, id))
                    .filteredOn(text -> text.contains("description"))
                    .hasSize(1);
            bridge.serviceNow().settings().unreadableColumn("incident", "description", Unreadable.OMITTED);
            bridge.visionOne().update(id, Map.of("description", "Seen on Tuesday"));

            bridge.later(Duration.ofMinutes(1)).poll();

            assertThat(bridge.ticket()).containsEntry("description", "Seen on Tuesday");
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_ticket_that_a_person_resolves_closes_its_case_with_findings_and_close_notes(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.edit(
                    bridge.ticket(),
                    Map.of("state", "6", "close_code", "Solution provided", "close_notes", "The mailbox was cleaned"));

            bridge.poll();
            bridge.later(Duration.ofMinutes(5)).listen().poll();

            assertThat(field(bridge, id, "status")).isEqualTo("Closed");
            assertThat(field(bridge, id, "findings")).isEqualTo("TruePositive");
            assertThat(comments(bridge, id))
                    .filteredOn(text -> text.contains("The mailbox was cleaned"))
                    .hasSize(1);
            assertThat(bridge.writes()).isZero();
            assertThat(sourceWrites(bridge)).isZero();
            assertThat(bridge.tickets()).hasSize(1);
        }
    }

    @Test
    void a_ticket_that_a_person_reopens_reopens_its_case() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.resolve(bridge.ticket());
            bridge.poll();
            bridge.edit(bridge.ticket(), Map.of("state", "2"));

            bridge.later(Duration.ofMinutes(1)).poll();

            assertThat(field(bridge, id, "status")).isEqualTo("In-progress");
            assertThat(bridge.ticket()).containsEntry("state", "2");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void notes_of_the_ticket_arrive_once_each_in_order_with_author_and_time(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.edit(bridge.ticket(), Map.of("work_notes", "First, we looked"));
            bridge.later(Duration.ofSeconds(2));
            bridge.edit(bridge.ticket(), Map.of("comments", "Second, we told the user"));
            bridge.poll();
            bridge.later(Duration.ofSeconds(2));
            bridge.edit(bridge.ticket(), Map.of("work_notes", "First, we looked"));

            bridge.poll();
            bridge.later(Duration.ofMinutes(5)).listen().poll();

            List<String> notes = comments(bridge, id).stream()
                    .filter(text -> text.contains("First") || text.contains("Second"))
                    .toList();
            assertThat(notes).hasSize(3);
            assertThat(notes.get(0))
                    .contains("Work note by beth.anglin")
                    .contains("UTC")
                    .contains("First");
            assertThat(notes.get(1)).contains("Comment by beth.anglin").contains("Second");
            assertThat(notes.get(2)).contains("First");
            assertThat(bridge.writes()).as("a note is not carried back").isZero();
            assertThat(sourceWrites(bridge)).isZero();
        }
    }

    @Test
    void notes_of_a_user_who_may_not_read_the_journal_table_arrive_all_the_same() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.serviceNow().settings().unreadable("sys_journal_field", true);
            bridge.edit(bridge.ticket(), Map.of("work_notes", "A look\nof two lines"));
            bridge.later(Duration.ofSeconds(2));
            bridge.edit(bridge.ticket(), Map.of("work_notes", "Another look"));
            bridge.poll();
            assertThat(comments(bridge, id))
                    .filteredOn(text -> text.contains("look"))
                    .as("without the table")
                    .hasSize(2);
            bridge.serviceNow().settings().unreadable("sys_journal_field", false);
            bridge.later(Duration.ofSeconds(2));
            bridge.edit(bridge.ticket(), Map.of("work_notes", "A third look"));

            bridge.poll();

            List<String> looks = comments(bridge, id).stream()
                    .filter(text -> text.contains("look"))
                    .toList();
            assertThat(looks).hasSize(3);
            assertThat(looks.get(0)).contains("Work note by").contains("A look\nof two lines");
            assertThat(looks.get(1)).contains("Another look");
            assertThat(looks.get(2)).contains("A third look");
        }
    }

    @Test
    void an_assignee_arrives_as_one_note_per_change() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            String beth = user(bridge, "beth.anglin");
            bridge.edit(bridge.ticket(), Map.of("assigned_to", beth));
            bridge.poll();
            bridge.poll();
            bridge.edit(bridge.ticket(), Map.of("assigned_to", ""));
            bridge.poll();
            bridge.edit(bridge.ticket(), Map.of("assigned_to", beth));
            bridge.poll();

            assertThat(comments(bridge, id))
                    .filteredOn(text -> text.contains("is assigned to Beth"))
                    .hasSize(2);
            assertThat(comments(bridge, id))
                    .filteredOn(text -> text.contains("is assigned to nobody"))
                    .hasSize(1);
        }
    }

    @Test
    void files_go_both_ways_once() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            byte[] bytes = "a screenshot".getBytes(StandardCharsets.UTF_8);
            bridge.serviceNow()
                    .attach("incident", bridge.ticket().get("sys_id"), "screen.png", "image/png", bytes, "beth.anglin");

            bridge.poll();
            bridge.later(Duration.ofMinutes(5)).poll();

            SimulatedCase now = bridge.visionOne().caseById(id).orElseThrow();
            assertThat(now.attachmentIds()).hasSize(1);
            assertThat(bridge.visionOne().attachment(id, now.attachmentIds().get(0)))
                    .hasValueSatisfying(content -> assertThat(content).isEqualTo(bytes));
            assertThat(comments(bridge, id))
                    .filteredOn(text -> text.contains("screen.png"))
                    .hasSize(1);
            assertThat(bridge.serviceNow().attachments(bridge.ticket().get("sys_id")))
                    .hasSize(1);
            ServiceNowPage.assertTellsOf(bridge);
        }
    }

    @Test
    void each_step_of_carrying_a_file_renews_the_claim() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.visionOne().addCase("Phishing", "P2");
            bridge.poll();
            bridge.serviceNow()
                    .attach(
                            "incident",
                            bridge.ticket().get("sys_id"),
                            "a.txt",
                            "text/plain",
                            new byte[9],
                            "beth.anglin");
            AtomicLong left = new AtomicLong();
            HttpFaults faults = bridge.visionOne().faults();
            faults.nextMatching(1, SyncTest::isUpload, (request, simulator) -> {
                bridge.later(Duration.ofSeconds(10));
                return simulator.handle(request);
            });
            faults.nextMatching(1, SyncTest::namesFiles, (request, simulator) -> {
                left.set(bridge.secondsOfClaims());
                return simulator.handle(request);
            });

            bridge.poll();

            assertThat(left.get()).isGreaterThan(10);
        }
    }

    private static boolean isUpload(Request request) {
        return request.isWrite() && request.path().endsWith("/attachments");
    }

    private static boolean namesFiles(Request request) {
        return request.isWrite() && new String(request.body(), StandardCharsets.UTF_8).contains("attachmentIds");
    }

    @Test
    void a_file_that_the_other_side_does_not_take_is_told_of_once_and_not_read() {
        try (Bridge bridge = Bridge.in(folder).with("servicenow.max-attachment-size", "5000")) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            String ticket = bridge.ticket().get("sys_id");
            bridge.serviceNow().attach("incident", ticket, "dump.bin", "image/png", new byte[1_100_000], "beth.anglin");
            bridge.visionOne().attach(id, "analyst@example.com", "pcap.bin", new byte[5001]);

            bridge.poll();
            bridge.later(Duration.ofMinutes(5)).poll();

            assertThat(comments(bridge, id))
                    .filteredOn(text -> text.contains("dump.bin"))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("too large for Vision One: 1,100,000 bytes; the file is on INC");
            assertThat(bridge.visionOne().caseById(id).orElseThrow().attachmentIds())
                    .hasSize(1);
            assertThat(bridge.serviceNow().attachments(ticket)).hasSize(1);
            assertThat(bridge.notes(bridge.ticket()))
                    .filteredOn(text -> text.contains("pcap.bin (5,001 bytes)"))
                    .hasSize(1);
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    @Test
    void when_both_changed_a_field_its_owner_wins_and_the_other_value_is_kept_as_a_note() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.visionOne().update(id, Map.of("name", "Named by the analyst", "status", "In-progress"));
            bridge.edit(
                    bridge.ticket(),
                    Map.of(
                            "short_description",
                            "Named by the desk",
                            "state",
                            "6",
                            "close_code",
                            "User error",
                            "close_notes",
                            "Nothing there"));

            bridge.poll();

            assertThat(bridge.ticket())
                    .containsEntry("short_description", "Named by the analyst")
                    .containsEntry("state", "6");
            assertThat(field(bridge, id, "name")).isEqualTo("Named by the analyst");
            assertThat(field(bridge, id, "status")).isEqualTo("Closed");
            assertThat(String.join("\n", bridge.notes(bridge.ticket()))).contains("Named by the desk");
            assertThat(String.join("\n", comments(bridge, id)))
                    .contains("Both sides changed the status")
                    .contains("In-progress");
        }
    }

    @Test
    void a_ticket_that_was_deleted_is_not_made_again_and_the_case_is_told() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.serviceNow().delete("incident", bridge.ticket().get("sys_id"));
            bridge.visionOne().update(id, Map.of("priority", "P0"));

            bridge.poll();
            bridge.visionOne().update(id, Map.of("priority", "P1"));
            bridge.poll();

            assertThat(bridge.tickets()).isEmpty();
            assertThat(comments(bridge, id))
                    .filteredOn(text -> text.contains("is not in ServiceNow any more"))
                    .hasSize(1);
        }
    }

    @Test
    void a_case_closed_for_idleness_leaves_its_ticket_open_and_says_why() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.poll();
            bridge.later(Duration.ofDays(61)).visionOne().closeIdle();

            bridge.poll();

            assertThat(field(bridge, id, "status")).isEqualTo("Closed");
            assertThat(bridge.ticket()).containsEntry("state", "1");
            assertThat(String.join("\n", bridge.notes(bridge.ticket()))).contains("60 days without activity");

            bridge.edit(bridge.ticket(), Map.of("state", "2"));
            bridge.poll();
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(field(bridge, id, "status"))
                    .as("somebody picked up the ticket")
                    .isEqualTo("Closed");
            assertThat(bridge.ticket()).containsEntry("state", "2");
        }
    }

    @Test
    void a_reconciliation_finds_nothing_where_nothing_drifted_and_repairs_what_did() {
        try (Bridge bridge = Bridge.in(folder)) {
            String one = bridge.visionOne().addCase("Phishing", "P2").id();
            String other = bridge.visionOne().addCase("Ransomware", "P1").id();
            bridge.visionOne().addCase("Left alone", "P1");
            bridge.poll();
            bridge.poll();
            bridge.reconcile();
            assertThat(bridge.count("select drifted from reconciliation")).isZero();
            assertThat(bridge.count("select pairs from reconciliation")).isEqualTo(3);
            bridge.visionOne().update(one, Map.of("priority", "P0"));
            // As if its stamp was wrong: no poll sees the change any more.
            new Watermarks(bridge.engine().database(), bridge.clock())
                    .move(
                            Bridge.CASES,
                            bridge.clock().instant().plus(Duration.ofDays(1)).toString());
            bridge.serviceNow().delete("incident", bridge.ticket("Ransomware").get("sys_id"));
            bridge.poll();
            assertThat(bridge.ticket("Phishing")).as("not seen yet").containsEntry("impact", "2");

            bridge.reconcile();
            bridge.poll();

            assertThat(bridge.count("select max(drifted) from reconciliation")).isEqualTo(2);
            assertThat(bridge.ticket("Phishing")).containsEntry("impact", "1");
            assertThat(comments(bridge, other))
                    .filteredOn(text -> text.contains("is not in ServiceNow any more"))
                    .hasSize(1);
            bridge.reconcile();
            assertThat(bridge.count("select drifted from reconciliation order by id desc limit 1"))
                    .isZero();
            ServiceNowPage.assertTellsOf(bridge);
        }
    }

    private static String field(Bridge bridge, String id, String name) {
        return bridge.visionOne().caseById(id).orElseThrow().text(name);
    }

    private static List<String> comments(Bridge bridge, String id) {
        return bridge.visionOne().caseById(id).orElseThrow().notes().stream()
                .map(SimulatedNote::text)
                .toList();
    }

    private static long sourceWrites(Bridge bridge) {
        return bridge.visionOne().requests().countWrites();
    }

    private static String user(Bridge bridge, String name) {
        return bridge.serviceNow().records("sys_user").stream()
                .filter(user -> user.get("user_name").equals(name))
                .findFirst()
                .orElseThrow()
                .get("sys_id");
    }
}
