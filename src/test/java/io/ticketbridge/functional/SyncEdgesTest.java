package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.servicenow.AttachedFile;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.JournalEntry;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.sandbox.visionone.SimulatedNote;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.ticket.Ticket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people and systems do at the edges of the sync of cases: each is handled or refused by name, and the rest goes on. */
class SyncEdgesTest {
    private static final String BIG = "A long line about what was found.\n".repeat(31_000);

    @TempDir
    private Path folder;

    @Test
    void what_changes_on_a_case_while_its_opening_is_in_doubt_reaches_the_ticket() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.serviceNow()
                    .faults()
                    .next(1, RequestMatcher.on("POST", "/table/incident$"), Fault.closedAfterCommit());
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            CompletableFuture<Pass> first = CompletableFuture.supplyAsync(bridge::poll);
            await().atMost(Duration.ofSeconds(60)).until(() -> bridge.tickets().size() == 1);

            bridge.visionOne().update(id, Map.of("name", "Named by the analyst"));
            bridge.visionOne().addNote(id, "An analyst", "Seen before the ticket was known");
            bridge.poll();
            first.join();
            bridge.reconcile();

            assertThat(bridge.ticket().get("short_description")).contains("Named by the analyst");
            assertThat(bridge.notes(bridge.ticket()))
                    .filteredOn(note -> note.contains("Seen before the ticket was known"))
                    .hasSize(1);
        }
    }

    @Test
    void a_user_of_another_time_zone_shifts_nothing_with_or_without_the_journal_table() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.serviceNow().settings().displayZone(ZoneId.of("Asia/Kolkata"));
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.edit(bridge.ticket(), Map.of("work_notes", "With the table", "state", "2"));
            bridge.poll();
            String utc = bridge.serviceNow().journal(bridge.ticket().get("sys_id")).stream()
                    .filter(entry -> entry.value().equals("With the table"))
                    .map(JournalEntry::createdOn)
                    .findFirst()
                    .orElseThrow();
            assertThat(comments(bridge, id)).contains("by beth.anglin").contains(utc + " UTC:\nWith the table");
            assertThat(field(bridge, id, "status")).isEqualTo("In-progress");

            bridge.serviceNow().settings().unreadable("sys_journal_field", true);
            bridge.later(Duration.ofSeconds(5)).edit(bridge.ticket(), Map.of("comments", "Without the table"));
            bridge.poll();
            bridge.serviceNow().settings().displayZone(ZoneId.of("America/St_Johns"));
            bridge.later(Duration.ofSeconds(5)).edit(bridge.ticket(), Map.of("work_notes", "In a third zone"));
            bridge.poll();
            bridge.serviceNow().settings().unreadable("sys_journal_field", false);
            bridge.later(Duration.ofMinutes(1)).edit(bridge.ticket(), Map.of("impact", "1"));
            bridge.poll();

            for (String text : List.of("With the table", "Without the table", "In a third zone")) {
                assertThat(times(comments(bridge, id), text)).as(text).isEqualTo(1);
            }
            assertQuiet(bridge);
        }
    }

    @Test
    void notes_of_any_content_arrive_once_and_run_nothing() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            String big = bridge.visionOne().addCase("Big notes", "P2").id();
            bridge.poll();
            Map<String, String> ticket = bridge.ticket("Phishing");
            Map<String, String> bigTicket = bridge.ticket("Big notes");
            String script = "[code]<script>alert(1)</script>[/code]";
            bridge.visionOne().addNote(id, "An analyst", "Look: " + script);
            bridge.visionOne().addNote(id, "An analyst", "   \n");
            bridge.visionOne().addNote(id, "An analyst", "Pasted:\n2024-03-24 02:10:35 - Jane Doe (Work notes)\nfoo");
            bridge.visionOne().addNote(id, "An analyst", "Spoofed (ticketbridge tb-0123456789abc)");
            bridge.edit(ticket, Map.of("comments", "See: " + script));
            bridge.later(Duration.ofSeconds(1)).edit(ticket, Map.of("work_notes", " \n "));
            bridge.later(Duration.ofSeconds(1))
                    .edit(ticket, Map.of("work_notes", "Also spoofed (ticketbridge tb-0123456789abc)"));
            String address = bridge.visionOne()
                    .addNote(id, "An analyst", "Block 10.1.2.3")
                    .id();
            bridge.visionOne().addNote(big, "An analyst", "Big of the case\n" + BIG);
            bridge.edit(bigTicket, Map.of("work_notes", "Big of the ticket\n" + BIG));

            bridge.poll();
            bridge.later(Duration.ofMinutes(1)).poll();

            assertThat(bridge.deadLetters()).isEmpty();
            assertThat(times(journal(bridge, ticket), "[code]<script>alert(1)</script>[/code]"))
                    .as("as code only what a person typed")
                    .isEqualTo(1);
            assertThat(times(journal(bridge, ticket), "Look: ")).isEqualTo(1);
            assertThat(times(journal(bridge, ticket), "Pasted:")).isEqualTo(1);
            assertThat(times(journal(bridge, ticket), "\nSpoofed")).isEqualTo(1);
            assertThat(times(comments(bridge, id), "See: " + script)).isEqualTo(1);
            assertThat(times(comments(bridge, id), "Also spoofed")).isEqualTo(1);
            assertThat(times(journal(bridge, bigTicket), "Big of the case")).isEqualTo(1);
            assertThat(times(comments(bridge, big), "Big of the ticket")).isEqualTo(1);
            assertThat(comments(bridge, big)).contains("[cut: the whole text of");
            assertQuiet(bridge);

            bridge.visionOne().editNote(id, address, "Block 10.1.2.33");
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(times(journal(bridge, ticket), "UTC:\n(edited) Block 10.1.2.33\n[tb-"))
                    .isEqualTo(1);
            assertQuiet(bridge);
        }
    }

    @Test
    void a_state_without_a_list_is_named_the_rest_goes_on_and_a_list_for_it_brings_both_into_step() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            String other = bridge.visionOne().addCase("Malware", "P2").id();
            bridge.poll();
            choice(bridge, "Awaiting vendor", "42");
            bridge.edit(bridge.ticket("Phishing"), Map.of("state", "42", "work_notes", "Waiting"));
            bridge.edit(bridge.ticket("Malware"), Map.of("state", "2"));

            bridge.poll();

            assertThat(field(bridge, other, "status")).isEqualTo("In-progress");
            assertThat(field(bridge, id, "status")).isEqualTo("Open");
            assertThat(comments(bridge, id)).contains("Waiting");
            assertThat(bridge.deadLetters()).singleElement().satisfies(dead -> assertThat(dead.error())
                    .contains("ticketbridge.profile.tickets.sync.status.")
                    .contains("'42'"));
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.deadLetters()).as("named once").hasSize(1);

            bridge.with("profile.tickets.sync.status.In-progress", "2,3,4,5,42").restart();
            bridge.edit(bridge.ticket("Phishing"), Map.of("work_notes", "Still waiting"));
            bridge.later(Duration.ofMinutes(10)).poll();
            assertThat(field(bridge, id, "status")).isEqualTo("In-progress");
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    @Test
    void a_case_that_is_gone_and_a_ticket_that_is_closed_for_good_are_left_alone_and_say_why() {
        try (Bridge bridge = Bridge.in(folder)) {
            String odd = bridge.visionOne()
                    .addCase(Map.of("id", "CL^ORactive=true", "name", "Odd id", "priority", "P2"))
                    .id();
            String gone = bridge.visionOne().addCase("Soon gone", "P2").id();
            String closed = bridge.visionOne().addCase("Closed for good", "P2").id();
            bridge.poll();
            bridge.poll();
            assertThat(bridge.deadLetters()).isEmpty();
            assertThat(bridge.tickets()).hasSize(3);
            bridge.edit(bridge.ticket("Odd id"), Map.of("state", "2"));
            bridge.visionOne().remove(gone);
            bridge.edit(bridge.ticket("Soon gone"), Map.of("work_notes", "Nobody will read this", "state", "2"));
            bridge.edit(
                    bridge.ticket("Closed for good"),
                    Map.of("state", "7", "close_code", "Solution provided", "close_notes", "Over"));

            bridge.poll();

            assertThat(field(bridge, odd, "status")).isEqualTo("In-progress");
            assertThat(journal(bridge, bridge.ticket("Soon gone"))).contains("is not in Vision One any more");
            assertThat(bridge.visionOne().caseById(gone)).isEmpty();
            assertThat(field(bridge, closed, "status")).isEqualTo("Closed");

            bridge.visionOne().update(closed, Map.of("priority", "P0", "name", "Renamed"));
            bridge.visionOne().addNote(closed, "An analyst", "Too late");
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.ticket("Closed for good")).containsEntry("state", "7");
            assertThat(bridge.deadLetters()).isEmpty();
            assertQuiet(bridge);

            bridge.visionOne().restore(gone);
            bridge.visionOne().addNote(gone, "An analyst", "Here again");
            bridge.poll();
            assertThat(journal(bridge, bridge.ticket("Soon gone"))).contains("Here again");
            assertThat(field(bridge, gone, "status")).isEqualTo("In-progress");
            bridge.later(Duration.ofMinutes(1)).poll();
            assertQuiet(bridge);
        }
    }

    @Test
    void closing_and_reopening_on_either_side_or_both_ends_in_step_and_loses_no_note() {
        try (Bridge bridge = Bridge.in(folder)) {
            String both = bridge.visionOne().addCase("Both", "P2").id();
            String mixed = bridge.visionOne().addCase("Mixed", "P2").id();
            bridge.poll();
            bridge.visionOne().addNote(both, "An analyst", "Closed here, because");
            bridge.visionOne().close(both, "FalsePositive");
            bridge.edit(
                    bridge.ticket("Both"),
                    Map.of("state", "6", "close_code", "Solution provided", "close_notes", "Closed there, because"));
            bridge.visionOne().close(mixed, "BenignTruePositive");
            bridge.edit(bridge.ticket("Mixed"), Map.of("state", "2", "work_notes", "Still at it"));

            bridge.poll();
            bridge.later(Duration.ofMinutes(1)).poll();

            assertThat(field(bridge, both, "status")).isEqualTo("Closed");
            assertThat(bridge.ticket("Both")).containsEntry("state", "6");
            assertThat(journal(bridge, bridge.ticket("Both"))).contains("Closed here, because");
            assertThat(comments(bridge, both)).contains("Closed there, because");
            bridge.visionOne().addNote(both, "An analyst", "An afterthought");
            bridge.visionOne().update(both, Map.of("priority", "P0"));
            bridge.later(Duration.ofMinutes(20)).poll();
            assertThat(times(journal(bridge, bridge.ticket("Both")), "An afterthought"))
                    .isEqualTo(1);
            assertThat(bridge.ticket("Both")).containsEntry("priority", "1");
            assertThat(inStep(bridge, "Mixed", mixed)).isTrue();
            assertThat(comments(bridge, mixed)).contains("Still at it");

            bridge.visionOne().update(both, Map.of("status", "Open"));
            bridge.edit(bridge.ticket("Both"), Map.of("state", "2"));
            bridge.later(Duration.ofMinutes(1)).poll();
            bridge.later(Duration.ofMinutes(1)).poll();

            assertThat(inStep(bridge, "Both", both)).isTrue();
            assertThat(field(bridge, both, "status")).isNotEqualTo("Closed");
            assertThat(bridge.tickets()).hasSize(2);
            assertThat(bridge.deadLetters()).isEmpty();
            assertQuiet(bridge);
        }
    }

    @Test
    void files_with_awkward_names_go_both_ways_once() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            List<String> names = List.of(
                    "../../etc/passwd",
                    "a\"b; filename=\"x.png",
                    "new\r\nLine: x.txt",
                    "Übersicht 漢字 🚀.pdf",
                    ".hidden",
                    "null",
                    "'in quotes'",
                    "no extension",
                    "x".repeat(250) + ".txt");
            for (String name : names) {
                bridge.serviceNow()
                        .attach(
                                "incident",
                                bridge.ticket().get("sys_id"),
                                name,
                                "text/plain",
                                name.getBytes(StandardCharsets.UTF_8),
                                "beth.anglin");
            }
            bridge.edit(bridge.ticket(), Map.of("work_notes", "See the files"));

            bridge.poll();
            bridge.later(Duration.ofMinutes(1)).poll();

            assertThat(bridge.deadLetters()).isEmpty();
            List<String> ids = bridge.visionOne().caseById(id).orElseThrow().attachmentIds();
            assertThat(ids.stream()
                            .map(each -> new String(
                                    bridge.visionOne().attachment(id, each).orElseThrow(), StandardCharsets.UTF_8)))
                    .containsExactlyInAnyOrderElementsOf(names);
            assertThat(bridge.serviceNow().attachments(bridge.ticket().get("sys_id")))
                    .extracting(AttachedFile::fileName)
                    .hasSameSizeAs(names);
            assertQuiet(bridge);
        }
    }

    @Test
    void a_file_that_waits_for_its_scan_follows_and_one_that_never_gets_it_is_said() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.serviceNow().settings().antivirusDown(true);
            attach(bridge, "report.txt");
            bridge.edit(bridge.ticket(), Map.of("work_notes", "Seen by the desk"));
            bridge.poll();
            assertThat(comments(bridge, id)).contains("Seen by the desk").doesNotContain("report.txt");
            assertThat(bridge.deadLetters()).isEmpty();

            bridge.later(Duration.ofMinutes(50)).poll();
            bridge.serviceNow().settings().antivirusDown(false);
            bridge.later(Duration.ofMinutes(5)).poll();
            assertThat(times(comments(bridge, id), "report.txt")).isEqualTo(1);

            bridge.serviceNow().settings().antivirusDown(true);
            attach(bridge, "sample.txt");
            bridge.poll();
            bridge.later(Duration.ofMinutes(61)).poll();
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.raw()).isEqualTo("sample.txt");
                assertThat(letter.error())
                        .contains("INC", "could not be scanned by antivirus", "glide.attachment.role");
            });
            assertQuiet(bridge);
        }
    }

    @Test
    void files_of_a_case_are_attached_as_what_they_are() {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
        byte[] json = "{\"ip\": \"10.0.0.1\"}".getBytes(StandardCharsets.UTF_8);
        byte[] xml = "<a/>".getBytes(StandardCharsets.UTF_8);
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.serviceNow().property("glide.attachment.extensions", "png,json,xml,unheard");
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.visionOne().attach(id, "analyst@example.com", "Screen #1.PNG", picture);
            bridge.visionOne().attach(id, "analyst@example.com", "hosts.json", json);
            bridge.visionOne().attach(id, "analyst@example.com", "hosts.xml", xml);
            bridge.visionOne().attach(id, "analyst@example.com", "a.unheard", picture);
            bridge.visionOne()
                    .attach(
                            id,
                            "analyst@example.com",
                            "Investigation report CL-00005-20261107-00005 - executive summary, timeline and indicators"
                                    + " (final).json",
                            json);

            bridge.poll();

            assertThat(bridge.deadLetters()).isEmpty();
            assertThat(bridge.serviceNow().attachments(bridge.ticket().get("sys_id")))
                    .extracting(AttachedFile::contentType, AttachedFile::bytes)
                    .containsExactlyInAnyOrder(
                            tuple("image/png", picture),
                            tuple("application/json", json),
                            tuple("application/json", json),
                            tuple("application/xml", xml),
                            tuple("application/octet-stream", picture));
            bridge.edit(bridge.ticket(), Map.of("work_notes", "Seen by the desk"));
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(comments(bridge, id)).contains("Seen by the desk").doesNotContain("File attached by");
            assertThat(bridge.visionOne().caseById(id).orElseThrow().attachmentIds())
                    .hasSize(5);
        }
    }

    @Test
    void a_file_that_servicenow_refuses_is_said_the_rest_goes_on_and_it_follows_with_a_replay() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            var noScripts = bridge.serviceNow()
                    .faults()
                    .always(RequestMatcher.on("POST", "/attachment/file"), Fault.status(400));
            var noReading = bridge.serviceNow()
                    .faults()
                    .always(
                            RequestMatcher.on("GET", "/attachment/.*/file"),
                            Fault.status(403).html());
            bridge.visionOne().attach(id, "analyst@example.com", "sample.ps1", "a script".getBytes());
            attach(bridge, "secret.txt");
            bridge.later(Duration.ofHours(2));
            bridge.edit(bridge.ticket(), Map.of("state", "2", "work_notes", "Seen by the desk"));

            Pass pass = bridge.poll();

            assertThat(pass.failure()).isEmpty();
            assertThat(comments(bridge, id)).contains("Seen by the desk");
            assertThat(journal(bridge, bridge.ticket())).contains("a file that ServiceNow refused", "sample.ps1");
            assertThat(bridge.deadLetters())
                    .extracting(DeadLetters.DeadLetter::kind, DeadLetters.DeadLetter::raw)
                    .containsExactlyInAnyOrder(
                            tuple("refused-file", "sample.ps1"), tuple("refused-file", "secret.txt"));
            assertThat(bridge.deadLetters())
                    .allSatisfy(letter -> assertThat(letter.error()).contains("INC", "glide.attachment.role"));

            bridge.visionOne().close(id, "TruePositive");
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(field(bridge, id, "status"))
                    .as("nothing undoes the closing")
                    .isEqualTo("Closed");
            assertThat(bridge.ticket()).containsEntry("state", "6");
            assertQuiet(bridge);
            assertThat(bridge.deadLetters()).hasSize(2);

            noScripts.off();
            noReading.off();
            CommandRun run = CommandRun.of(
                    "replay",
                    "--class",
                    "refused-file",
                    "--config",
                    bridge.restart().config().toString());
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(bridge.serviceNow().attachments(bridge.ticket().get("sys_id")))
                    .filteredOn(file -> file.fileName().startsWith("sample."))
                    .hasSize(1);
            assertThat(bridge.visionOne().caseById(id).orElseThrow().attachmentIds())
                    .hasSize(2);
            assertThat(bridge.deadLetters()).isEmpty();
            assertQuiet(bridge);
        }
    }

    @Test
    void notes_that_servicenow_drops_are_said_stay_owed_and_arrive_once_they_may_be_written() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.serviceNow().settings().ignoredColumn("incident", "work_notes", true);
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.visionOne().addNote(id, "An analyst", "Isolated the host");
            bridge.poll();
            bridge.visionOne().addNote(id, "An analyst", "Reset the password");
            bridge.later(Duration.ofMinutes(1)).poll();

            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.kind()).isEqualTo("not-taken");
                assertThat(letter.error()).contains("INC", "write access to incident.work_notes");
            });
            assertThat(journal(bridge, bridge.ticket())).isEmpty();

            bridge.serviceNow().settings().ignoredColumn("incident", "work_notes", false);
            bridge.edit(bridge.ticket(), Map.of("state", "2"));
            bridge.later(Duration.ofMinutes(1)).poll();
            bridge.edit(bridge.ticket(), Map.of("impact", "1"));
            bridge.later(Duration.ofMinutes(1)).poll();

            assertThat(times(journal(bridge, bridge.ticket()), "Isolated the host"))
                    .isEqualTo(1);
            assertThat(times(journal(bridge, bridge.ticket()), "Reset the password"))
                    .isEqualTo(1);
            assertThat(bridge.deadLetters()).isEmpty();
            assertQuiet(bridge);
        }
    }

    @Test
    void a_file_that_vision_one_does_not_hand_out_is_said_and_the_rest_goes_on() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.visionOne().attach(id, "analyst@example.com", "sample.ps1", "a script".getBytes());
            bridge.visionOne().faults().always(path -> path.contains("/attachments/"), VisionOneFaults.accessDenied());
            bridge.visionOne().addNote(id, "An analyst", "Beside the file");
            bridge.edit(bridge.ticket(), Map.of("state", "2"));

            Pass pass = bridge.poll();

            assertThat(pass.failure()).isEmpty();
            assertThat(field(bridge, id, "status")).isEqualTo("In-progress");
            assertThat(journal(bridge, bridge.ticket())).contains("Beside the file");
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.error())
                    .contains("Vision One refused a file of", "403")
                    .doesNotContain("ServiceNow"));

            bridge.visionOne().faults().clear();
            bridge.visionOne().addNote(id, "An analyst", "Now you may");
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.serviceNow().attachments(bridge.ticket().get("sys_id")))
                    .hasSize(1);
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    @Test
    void a_case_that_may_not_be_read_is_a_dead_letter_that_names_vision_one() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.visionOne().faults().always(path -> path.endsWith("/cases/" + id), VisionOneFaults.accessDenied());
            bridge.edit(bridge.ticket("Phishing"), Map.of("state", "2"));

            bridge.poll();

            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.kind()).isEqualTo("refused-by-source");
                assertThat(letter.error()).contains("403").doesNotContain("ServiceNow");
            });
        }
    }

    @Test
    void a_text_too_long_for_its_column_is_attached_once_however_often_its_case_changes() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne()
                    .addCase(Map.of("name", "Phishing", "priority", "P2", "description", "A long story. ".repeat(360)))
                    .id();
            bridge.poll();
            for (String text : List.of("One", "Two", "Three")) {
                bridge.visionOne().addNote(id, "An analyst", text);
                bridge.visionOne().update(id, Map.of("priority", "P" + (text.length() - 2)));
                bridge.later(Duration.ofMinutes(1)).poll();
            }
            assertThat(bridge.deadLetters()).isEmpty();
            assertThat(journal(bridge, bridge.ticket())).contains("Three");
            assertThat(bridge.serviceNow().attachments(bridge.ticket().get("sys_id")))
                    .hasSize(1);
            assertThat(bridge.visionOne().caseById(id).orElseThrow().attachmentIds())
                    .isEmpty();

            var noTexts = bridge.serviceNow()
                    .faults()
                    .always(
                            RequestMatcher.on("POST", "/attachment/file"),
                            Fault.status(403).emptyBody());
            bridge.visionOne().update(id, Map.of("description", "Another long story. ".repeat(300)));
            bridge.later(Duration.ofMinutes(1)).poll();
            bridge.visionOne().addNote(id, "An analyst", "Four");
            bridge.later(Duration.ofMinutes(1)).poll();

            assertThat(journal(bridge, bridge.ticket())).contains("Four");
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.kind())
                    .isEqualTo("refused-file"));
            assertThat(noTexts.used()).as("not tried in vain with each change").isEqualTo(1);
            noTexts.off();
            CommandRun run = CommandRun.of(
                    "replay", "--all", "--config", bridge.restart().config().toString());
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(bridge.serviceNow().attachments(bridge.ticket().get("sys_id")))
                    .hasSize(2)
                    .last()
                    .satisfies(file -> assertThat(new String(file.bytes(), StandardCharsets.UTF_8))
                            .contains("Another long story"));
            assertQuiet(bridge);
        }
    }

    @Test
    void a_token_that_may_only_read_is_said_with_its_cure_and_what_was_refused_follows_with_a_better_one() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.with("vision-one.token", bridge.visionOne().readOnlyToken());
            String id = bridge.visionOne().addCase("Phishing", "P2").id();

            bridge.poll();
            bridge.edit(bridge.ticket(), Map.of("state", "2", "work_notes", "A look"));
            Pass pass = bridge.poll();

            assertThat(pass.failure()).isEmpty();
            assertThat(bridge.deadLetters())
                    .isNotEmpty()
                    .allSatisfy(dead -> assertThat(dead.error()).contains("403").containsIgnoringCase("permission"));
            assertThat(bridge.tickets()).hasSize(1);

            bridge.with("vision-one.token", bridge.visionOne().token()).restart();
            bridge.edit(bridge.ticket(), Map.of("state", "3", "hold_reason", "4"));
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(field(bridge, id, "status")).isEqualTo("In-progress");
            assertThat(times(comments(bridge, id), "A look")).isEqualTo(1);
            assertThat(comments(bridge, id)).contains("ServiceNow ticket INC");
            assertThat(bridge.deadLetters()).isEmpty();
            assertQuiet(bridge);
        }
    }

    @Test
    void a_note_that_was_taken_and_answered_with_an_error_is_not_sent_again() {
        try (Bridge bridge = Bridge.in(folder).with("vision-one.request-timeout", "2s")) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            int status = 0;
            for (HttpFault fault : List.of(
                    VisionOneFaults.serverErrorAfterCommit(503),
                    VisionOneFaults.serverErrorAfterCommit(500),
                    VisionOneFaults.serverErrorAfterCommit(491),
                    HttpFault.lostAnswer(),
                    HttpFault.cutHalfWay())) {
                bridge.visionOne()
                        .faults()
                        .nextMatching(
                                1,
                                request -> request.isWrite() && request.path().endsWith("/contents"),
                                fault);
                bridge.edit(bridge.ticket(), Map.of("work_notes", "Remark " + status++));
                bridge.later(Duration.ofSeconds(1)).poll();
            }

            for (int number = 0; number < status; number++) {
                assertThat(times(comments(bridge, id), "Remark " + number))
                        .as("remark " + number)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void a_case_that_refuses_again_and_again_is_not_hammered() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            String other = bridge.visionOne().addCase("Malware", "P2").id();
            bridge.poll();
            bridge.visionOne().faults().always(path -> path.endsWith(id), VisionOneFaults.conditionNotMet());
            bridge.edit(bridge.ticket("Phishing"), Map.of("state", "2"));
            bridge.edit(bridge.ticket("Malware"), Map.of("state", "2"));
            bridge.listen();
            CompletableFuture<Pass> pass = CompletableFuture.supplyAsync(bridge::poll);
            await("it waits before it tries again")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> bridge.count("select count(*) from finding_group where attempts > 3"
                                    + " and due_at > current_timestamp + interval '1' second")
                            > 0);
            bridge.visionOne().faults().clear();
            pass.join();

            assertThat(field(bridge, id, "status")).isEqualTo("In-progress");
            assertThat(field(bridge, other, "status")).isEqualTo("In-progress");
        }
    }

    @Test
    void templates_around_name_and_description_and_maps_of_ones_own_hold_in_both_directions() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.with("profile.tickets.field.short_description", "[${body.severity}] ${body.title} (security)")
                    .with("profile.tickets.field.description", "From the SOC:\n${body.description}\n-- end --")
                    .with("profile.tickets.sync.status.Open", "1,3")
                    .with("profile.tickets.sync.status.In-progress", "2,4,5")
                    .with("profile.tickets.sync.status.Closed", "6,7,8")
                    .with("profile.tickets.sync.findings.Noteworthy", "Known error");
            String id = bridge.visionOne()
                    .addCase(Map.of("name", "Phishing", "priority", "P2", "description", "Seen on Monday"))
                    .id();
            bridge.poll();
            assertThat(bridge.ticket()).containsEntry("short_description", "[medium] Phishing (security)");
            bridge.edit(
                    bridge.ticket(),
                    Map.of(
                            "short_description", "[medium] Phishing of $1 \\ {{x}} ${body} (security)",
                            "description", bridge.ticket().get("description").replace("Monday", "Tuesday"),
                            "state", "2"));
            bridge.poll();
            assertThat(field(bridge, id, "name")).isEqualTo("Phishing of $1 \\ {{x}} ${body}");
            assertThat(field(bridge, id, "description")).isEqualTo("Seen on Tuesday");
            bridge.edit(bridge.ticket(), Map.of("state", "3", "hold_reason", "4"));
            bridge.poll();
            assertThat(field(bridge, id, "status")).isEqualTo("Open");
            bridge.visionOne().update(id, Map.of("name", "Renamed (security)", "description", ""));
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.ticket()).containsEntry("short_description", "[medium] Renamed (security) (security)");
            bridge.visionOne().update(id, Map.of("priority", "P0"));
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.ticket()).containsEntry("short_description", "[critical] Renamed (security) (security)");
            bridge.edit(bridge.ticket(), Map.of("short_description", "[critical] Again (security)"));
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(field(bridge, id, "name")).isEqualTo("Again");
            bridge.edit(bridge.ticket(), Map.of("short_description", "No template at all"));
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(comments(bridge, id)).contains("No template at all");
            assertThat(field(bridge, id, "name")).isEqualTo("Again");
            bridge.visionOne().update(id, Map.of("priority", "P1"));
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.ticket())
                    .as("a person's words stay")
                    .containsEntry("priority", "2")
                    .containsEntry("short_description", "No template at all");
            bridge.visionOne().close(id, "Noteworthy");
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.ticket()).containsEntry("state", "6").containsEntry("close_code", "Known error");
            assertQuiet(bridge);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "problem, 103, 102, 106, resolution_code, fix_applied",
        "sn_customerservice_case, 10, 18, 6, resolution_code, Solved - Fixed by Support/Guidance provided",
    })
    void tickets_of_other_tables_are_changed_and_closed_both_ways(
            String table, String started, String waiting, String resolved, String codeColumn, String code) {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.with("profile.tickets.table", table);
            if (table.equals("problem")) {
                // A problem that somebody works on must have an assignee.
                bridge.with("profile.tickets.assigned-to", user(bridge, "beth.anglin"));
            }
            bridge.serviceNow().settings().problemStateByTableApi(true);
            String one = bridge.visionOne().addCase("One", "P2").id();
            String two = bridge.visionOne().addCase("Two", "P1").id();
            bridge.poll();
            assertThat(bridge.deadLetters()).isEmpty();
            edit(bridge, table, "One", io.ticketbridge.sandbox.TicketMoves.of(table, "start", "x"));
            bridge.visionOne().update(two, Map.of("status", "In-progress", "priority", "P0"));
            bridge.visionOne().addNote(two, "An analyst", "A remark");
            bridge.poll();
            assertThat(field(bridge, one, "status")).isEqualTo("In-progress");
            assertThat(record(bridge, table, "Two"))
                    .containsEntry("state", started)
                    .containsEntry("priority", "1");
            edit(bridge, table, "One", io.ticketbridge.sandbox.TicketMoves.of(table, "resolve", "It was fixed"));
            Map<String, String> written = table.equals("problem")
                    ? Map.of("close_notes", "Revoked", "cause_notes", "A weak password", "fix_notes", "A better one")
                    : Map.of("close_notes", "Revoked");
            edit(bridge, table, "Two", written);
            bridge.visionOne().close(two, "TruePositive");
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.deadLetters()).isEmpty();
            assertThat(record(bridge, table, "Two"))
                    .as("what people wrote stands")
                    .containsAllEntriesOf(written);
            assertThat(comments(bridge, two)).contains(written.values());
            assertThat(field(bridge, one, "status")).isEqualTo("Closed");
            assertThat(field(bridge, one, "findings")).isEqualTo("TruePositive");
            assertThat(record(bridge, table, "Two"))
                    .containsEntry("state", resolved)
                    .containsEntry(codeColumn, code);
            bridge.visionOne().update(two, Map.of("status", "Open"));
            edit(bridge, table, "One", io.ticketbridge.sandbox.TicketMoves.of(table, "start", "x"));
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.deadLetters()).isEmpty();
            assertThat(field(bridge, one, "status")).isEqualTo("In-progress");
            assertThat(record(bridge, table, "Two").get("state")).isNotEqualTo(resolved);
            assertThat(field(bridge, two, "status")).isNotEqualTo("Closed");
            assertQuiet(bridge);
        }
    }

    @Test
    void what_servicenow_does_not_take_is_not_agreed_on_and_what_it_refuses_is_not_tried_with_every_pass() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.with("profile.tickets.table", "problem")
                    .with("profile.tickets.assigned-to", user(bridge, "beth.anglin"))
                    .with("profile.tickets.field.u_owner", "team-7");
            String one = bridge.visionOne().addCase("One", "P2").id();
            String two = bridge.visionOne().addCase("Two", "P2").id();
            bridge.poll();
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.deadLetters())
                    .as("a look that writes nothing does not close them")
                    .hasSize(2)
                    .allSatisfy(letter -> assertThat(letter.error()).contains("no column u_owner"));
            bridge.serviceNow().addColumn("problem", "u_owner", "Owner", "string", 40);
            replay(bridge);
            assertThat(record(bridge, "problem", "Two")).containsEntry("u_owner", "team-7");
            assertThat(bridge.deadLetters()).isEmpty();

            bridge.visionOne().close(one, "TruePositive");
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.error())
                    .contains("state is '101' though '106' was sent"));
            bridge.later(Duration.ofMinutes(1)).listen().poll();
            assertThat(bridge.writes()).isZero();
            edit(bridge, "problem", "One", Map.of("work_notes", "Seen by the desk"));
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.writes()).as("it is tried again").isEqualTo(1);
            assertThat(times(journal(bridge, record(bridge, "problem", "One")), "Resolved: "))
                    .isEqualTo(1);
            assertThat(field(bridge, one, "status")).isEqualTo("Closed");
            bridge.serviceNow().settings().problemStateByTableApi(true);
            replay(bridge);
            assertThat(record(bridge, "problem", "One")).containsEntry("state", "106");
            assertThat(bridge.deadLetters()).isEmpty();

            bridge.serviceNow()
                    .settings()
                    .abortWhen(
                            "problem",
                            "Somebody must look",
                            record -> record.get("short_description").equals("Two")
                                    && record.get("state").equals("106"));
            edit(bridge, "problem", "Two", Map.of("work_notes", "Seen by the desk"));
            bridge.visionOne().close(two, "TruePositive");
            bridge.later(Duration.ofMinutes(1)).poll();
            // The note that went over is a change of the case, once.
            bridge.later(Duration.ofMinutes(1)).poll();
            long letter = bridge.deadLetters().get(0).id();
            bridge.later(Duration.ofMinutes(1)).listen().poll();
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.writes()).isZero();
            assertThat(bridge.deadLetters())
                    .extracting(DeadLetters.DeadLetter::id)
                    .containsExactly(letter);
            bridge.serviceNow().settings().abortNothing();
            edit(bridge, "problem", "Two", Map.of("work_notes", "Mended"));
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(record(bridge, "problem", "Two")).containsEntry("state", "106");
            assertThat(bridge.deadLetters()).isEmpty();
            assertQuiet(bridge);
        }
    }

    private static void replay(Bridge bridge) {
        assertThat(bridge.engine().replay(DeadLetters.Choice.ALL)).isEmpty();
        await().atMost(Duration.ofSeconds(60)).until(bridge.engine().owing()::isSettled);
    }

    @Test
    void of_two_thousand_and_one_tickets_changed_within_one_second_all_are_seen() {
        Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        try (Bridge bridge =
                Bridge.in(folder, ServiceNowSimulator.Options.defaults().withClock(still))) {
            bridge.visionOne().addCase("Phishing", "P2");
            bridge.poll();
            int many = 2_001;
            for (int number = 0; number < many; number++) {
                UUID group = UUID.randomUUID();
                String correlation = Ticket.correlationId(group, 1);
                String sysId = bridge.serviceNow()
                        .create(
                                "incident",
                                Map.of(
                                        "short_description",
                                        "Ticket " + number,
                                        "correlation_id",
                                        correlation,
                                        "correlation_display",
                                        "ticketbridge cases"),
                                "beth.anglin");
                bridge.engine()
                        .database()
                        .client()
                        .sql(
                                """
                                insert into ticket (group_id, generation, flow, profile, table_name, correlation_id, sys_id, number,
                                    phase, reached, intended_at, sent_fields, head)
                                select :group, 1, flow, profile, table_name, :correlation, :sysId, :number, phase, reached,
                                    intended_at, sent_fields, head
                                from ticket where number like 'INC%'""")
                        .param("group", group)
                        .param("correlation", correlation)
                        .param("sysId", sysId)
                        .param("number", "T" + number)
                        .update();
            }

            bridge.listen()
                    .engine()
                    .context()
                    .createProducerTemplate()
                    .send("direct:read-changed-tickets", exchange -> exchange.setProperty("flow", Bridge.CASES));

            assertThat(bridge.count("select count(*) from ticket t where number like 'T%' and seen_at is not null"
                            + " and exists (select 1 from pair p where p.group_id = t.group_id and p.seen_mark <> '')"))
                    .isEqualTo(many);
            assertThat(bridge.serviceNow().requests().count()).isLessThan(20);
        }
    }

    private static void attach(Bridge bridge, String name) {
        bridge.serviceNow()
                .attach(
                        "incident",
                        bridge.ticket().get("sys_id"),
                        name,
                        "text/plain",
                        name.getBytes(StandardCharsets.UTF_8),
                        "beth.anglin");
    }

    private static void choice(Bridge bridge, String label, String value) {
        bridge.serviceNow()
                .create(
                        "sys_choice",
                        Map.of(
                                "name",
                                "incident",
                                "element",
                                "state",
                                "label",
                                label,
                                "value",
                                value,
                                "language",
                                "en",
                                "inactive",
                                "false"),
                        "admin");
    }

    private static void edit(Bridge bridge, String table, String title, Map<String, String> fields) {
        bridge.serviceNow().edit(table, record(bridge, table, title).get("sys_id"), fields, "beth.anglin");
    }

    private static Map<String, String> record(Bridge bridge, String table, String title) {
        return bridge.serviceNow().records(table).stream()
                .filter(record -> record.get("short_description").equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static boolean inStep(Bridge bridge, String title, String id) {
        String state = bridge.ticket(title).get("state");
        return field(bridge, id, "status")
                .equals(Map.of("1", "Open", "2", "In-progress", "6", "Closed").get(state));
    }

    private static String user(Bridge bridge, String name) {
        return bridge.serviceNow().records("sys_user").stream()
                .filter(user -> user.get("user_name").equals(name))
                .findFirst()
                .orElseThrow()
                .get("sys_id");
    }

    /** A further pass has nothing to write. */
    private static void assertQuiet(Bridge bridge) {
        bridge.later(Duration.ofMinutes(1)).poll();
        bridge.later(Duration.ofMinutes(1)).listen().poll();
        assertThat(bridge.writes()).as("writes to ServiceNow").isZero();
        assertThat(bridge.visionOne().requests().countWrites())
                .as("writes to Vision One")
                .isZero();
    }

    private static String field(Bridge bridge, String id, String name) {
        return bridge.visionOne().caseById(id).orElseThrow().text(name);
    }

    private static String comments(Bridge bridge, String id) {
        return bridge.visionOne().caseById(id).orElseThrow().notes().stream()
                .map(SimulatedNote::text)
                .collect(Collectors.joining("\n"));
    }

    private static String journal(Bridge bridge, Map<String, String> ticket) {
        return bridge.serviceNow().journal(ticket.get("sys_id")).stream()
                .map(JournalEntry::value)
                .collect(Collectors.joining("\n"));
    }

    private static int times(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
