package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.http.RecordedRequest;
import io.ticketbridge.sandbox.servicenow.SeenRequest;
import io.ticketbridge.sandbox.visionone.SimulatedCase;
import io.ticketbridge.sandbox.visionone.SimulatedNote;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text from a source, or from a ticket, is data in every place that it reaches (P38). */
class InjectionTest {
    private static final List<String> EVIL = List.of(
            "a^ORactive=true",
            "a^NQstate=7^EQ",
            "[code]<script>alert(1)</script>[/code]",
            "=HYPERLINK(\"http://example.com\")",
            "+1+cmd|' /C calc'!A0",
            "-1+1",
            "@SUM(A1:A9)",
            "\t=1+1",
            "\r=1+1",
            "\n=1+1",
            "${body.flow} ${env:HOME} ${bean:ledger}",
            "{{ticketbridge.servicenow.url}} {{env:HOME}}",
            "one\r\n2026-11-25T00:00:00.000Z ERROR Forged: a line of its own",
            "\u001b[2J\u001b[31mred\u001b]0;title\u0007 \u009b1m",
            "nul\u0000nul",
            "x\"\r\nContent-Type: text/html\r\n\r\n<b>.csv",
            "javascript:gs.sleep(9)",
            "%5E%0d%0a+&sysparm_limit=1");

    /** Whoever puts a file into a folder names it. */
    private static final String EVIL_NAME =
            "scan \u001b[2J\u001b]0;title\u0007 \u202e\n2026-11-25T00:00:00.000Z ERROR Forged.json";

    @TempDir
    private Path folder;

    private static void assertHarmless(Bridge bridge) {
        assertThat(bridge.serviceNow().requests().all()).allSatisfy(request -> {
            assertThat(request.droppedConditions()).isEmpty();
            // Who we are is ticketbridge's own question.
            if (!query(request).equals("sys_id=javascript:gs.getUserID()")) {
                assertThat(query(request)).doesNotContain("active=true", "state=7", "<script", "javascript");
            }
            assertThat(request.query().keySet())
                    .allMatch(name -> name.startsWith("sysparm_")
                            || List.of("table_name", "table_sys_id", "file_name")
                                    .contains(name));
        });
        assertThat(bridge.tickets()).allSatisfy(ticket -> assertThat(String.join("\n", bridge.notes(ticket)))
                .doesNotContain("[code]", "[/code]"));
    }

    private static String query(SeenRequest request) {
        return request.parameter("sysparm_query");
    }

    /** In a process of its own, which logs as it is shipped. */
    private void run(String... arguments) {
        try (ChildProcess child = ChildProcess.start(folder, arguments)) {
            assertThat(child.exit()).as(child.err()).isZero();
            assertPlain(child.err() + child.out());
            assertThat(child.out()).doesNotContain("\u202e");
        }
    }

    /** No line that a source wrote, nothing that steers a terminal. */
    private static void assertPlain(String output) {
        assertThat(output).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]");
        assertThat(output.lines()).noneMatch(line -> line.startsWith("2026-11-25T00:00:00.000Z ERROR Forged"));
    }

    @Test
    void findings_open_update_and_resolve_their_tickets_and_do_nothing_else() throws IOException {
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.max-resources-in-text", "1")) {
            String[] evil = EVIL.toArray(String[]::new);
            Scan failing = Scan.of();
            Scan fixed = Scan.of();
            EVIL.forEach(text -> failing.saying(text).fails(text, evil));
            EVIL.forEach(text -> fixed.saying(text).passes(text, evil));
            String config = bridge.config().toString();

            run("import", failing.write(folder, EVIL_NAME).toString(), "--config", config);

            assertThat(bridge.tickets()).hasSize(EVIL.size());
            assertHarmless(bridge);
            for (Map<String, String> ticket : bridge.tickets()) {
                List<CSVRecord> rows = CSVFormat.RFC4180
                        .parse(new StringReader(new String(
                                bridge.serviceNow()
                                        .attachments(ticket.get("sys_id"))
                                        .get(0)
                                        .bytes(),
                                StandardCharsets.UTF_8)))
                        .getRecords();
                assertThat(rows).hasSize(EVIL.size() + 1);
                assertThat(rows).allSatisfy(row -> assertThat(row.toList())
                        .noneMatch(cell -> !cell.isEmpty() && "=+-@\t\r\n".indexOf(cell.charAt(0)) >= 0));
            }
            // One more resource each: the look at what is there, the note and the list.
            Scan more = Scan.of();
            EVIL.forEach(text -> more.saying(text).fails(text, evil).fails(text, "one more"));
            run("import", more.write(folder).toString(), "--config", config);

            EVIL.forEach(text -> fixed.saying(text).passes(text, "one more"));
            run("import", fixed.write(folder).toString(), "--config", config);

            assertThat(bridge.tickets()).hasSize(EVIL.size()).allSatisfy(ticket -> assertThat(ticket)
                    .containsEntry("state", "6"));
            assertHarmless(bridge);
        }
    }

    @Test
    void cases_and_tickets_tell_each_other_and_do_nothing_else() {
        try (Bridge bridge = Bridge.in(folder)) {
            for (String text : EVIL) {
                String id = bridge.visionOne()
                        .addCase(Map.of("name", text, "priority", "P2", "description", text))
                        .id();
                bridge.visionOne().addNote(id, text, text);
            }
            bridge.poll();
            assertThat(bridge.tickets()).hasSize(EVIL.size());
            assertHarmless(bridge);
            List<Map<String, String>> tickets = bridge.tickets();
            for (int at = 0; at < EVIL.size(); at++) {
                String text = EVIL.get((at + 1) % EVIL.size());
                bridge.edit(tickets.get(at), Map.of("short_description", text + " renamed", "work_notes", text));
                bridge.serviceNow()
                        .attach(
                                "incident",
                                tickets.get(at).get("sys_id"),
                                text,
                                "text/plain",
                                "a file".getBytes(StandardCharsets.UTF_8),
                                "beth.anglin");
            }

            run("run", "--once", "--config", bridge.restart().config().toString());

            assertThat(bridge.visionOne().cases()).hasSize(EVIL.size()).allSatisfy(now -> {
                assertThat(now.name()).endsWith(" renamed");
                assertThat(now.attachmentIds()).singleElement().satisfies(file -> assertThat(
                                bridge.visionOne().attachment(now.id(), file))
                        .hasValueSatisfying(
                                bytes -> assertThat(bytes).asString().isEqualTo("a file")));
                assertThat(notes(now))
                        .filteredOn(note -> note.contains("(ticketbridge tb-"))
                        .hasSize(3)
                        .noneMatch(note -> note.matches("(?s).*[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f].*"));
                assertThat(notes(now))
                        .filteredOn(note -> note.startsWith("File attached by"))
                        .singleElement()
                        .satisfies(note -> assertThat(note.lines()).hasSize(3));
            });
            bridge.visionOne().requests().clear();
            bridge.listen().later(Duration.ofMinutes(5)).poll();
            assertThat(bridge.serviceNow().requests().all().stream()
                            .filter(SeenRequest::isWrite)
                            .map(request -> request + " " + request.body()))
                    .isEmpty();
            assertThat(bridge.visionOne().requests().all().stream()
                            .filter(RecordedRequest::isWrite)
                            .map(request -> request + " " + request.text()))
                    .isEmpty();
        }
    }

    private static List<String> notes(SimulatedCase now) {
        return now.notes().stream().map(SimulatedNote::text).toList();
    }
}
