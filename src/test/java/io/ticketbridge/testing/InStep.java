package io.ticketbridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.SyncMaps;
import io.ticketbridge.sandbox.Edit;
import io.ticketbridge.sandbox.TypedNote;
import io.ticketbridge.sandbox.servicenow.AttachedFile;
import io.ticketbridge.sandbox.servicenow.JournalEntry;
import io.ticketbridge.sandbox.visionone.SimulatedCase;
import io.ticketbridge.sandbox.visionone.SimulatedNote;
import io.ticketbridge.ticket.SyncField;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/** Whether every incident and its case say the same, and what people typed is on both sides once. */
public final class InStep {
    private static final Pattern REFERENCE = Pattern.compile("tb-[0-9a-f]{13}");
    private static final Pattern RENAMED = Pattern.compile("title: [^\\n]* -> (Title \\d+-\\d+:)");
    private static final Map<String, String> STATES =
            Map.of("1", "Open", "2", "In-progress", "3", "In-progress", "6", "Closed", "7", "Closed");
    private static final Map<String, String> PRIORITIES = Map.of("1", "P0", "2", "P1", "3", "P2", "4", "P3", "5", "P3");

    private final SoftAssertions softly = new SoftAssertions();
    private final Bridge bridge;
    private final Map<String, String> ticket;
    private final SimulatedCase sourced;
    private final String journal;
    private final String comments;

    private InStep(Bridge bridge, Map<String, String> ticket, SimulatedCase sourced) {
        this.bridge = bridge;
        this.ticket = ticket;
        this.sourced = sourced;
        this.journal = bridge.serviceNow().journal(ticket.get("sys_id")).stream()
                .map(JournalEntry::value)
                .collect(Collectors.joining("\n----\n"));
        this.comments = sourced.notes().stream().map(SimulatedNote::text).collect(Collectors.joining("\n----\n"));
    }

    /** @param typed every note that people typed on either side */
    public static void check(Bridge bridge, List<TypedNote> typed) {
        assertThat(bridge.tickets()).hasSameSizeAs(bridge.visionOne().cases());
        SoftAssertions all = new SoftAssertions();
        for (Map<String, String> ticket : bridge.tickets()) {
            SimulatedCase sourced = bridge.visionOne().cases().stream()
                    .filter(each -> ticket.get("sys_id").equals(each.externalTicketId()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(ticket.get("number") + " is linked by no case"));
            InStep pair = new InStep(bridge, ticket, sourced);
            pair.fields();
            pair.notes(typed);
            pair.files();
            pair.softly.errorsCollected().forEach(error -> all.fail(ticket.get("number") + ": " + error.getMessage()));
        }
        all.assertAll();
    }

    private void fields() {
        softly.assertThat(sourced.status()).as("status").isEqualTo(STATES.get(ticket.get("state")));
        softly.assertThat(sourced.priority()).as("priority").isEqualTo(PRIORITIES.get(ticket.get("priority")));
        softly.assertThat(sourced.name()).as("name").isEqualTo(ticket.get("short_description"));
        String description = ticket.get("description");
        if (!description.contains(sourced.description())) {
            softly.assertThat(comments)
                    .as("notes about a description without its template")
                    .contains(description.lines().findFirst().orElse(""));
        }
        if (sourced.status().equals("Closed")) {
            String code = ticket.get("close_code");
            List<String> codes = SyncMaps.of("incident").ticketValues(SyncField.FINDINGS, sourced.findings(), Map.of());
            if (!codes.contains(code)) {
                softly.assertThat(journal + comments)
                        .as("notes about findings " + sourced.findings() + " and close code " + code)
                        .contains("findings");
                softly.fail("findings %s, close code %s", sourced.findings(), code);
            }
        }
    }

    private void notes(List<TypedNote> typed) {
        for (TypedNote note : typed) {
            boolean here = note.id().equals(note.side() == Edit.Side.CASE ? sourced.id() : ticket.get("sys_id"));
            softly.assertThat(times(journal, note.mark()))
                    .as("on the ticket: " + note.text())
                    .isEqualTo(here ? 1 : 0);
            softly.assertThat(times(comments, note.mark()))
                    .as("on the case: " + note.text())
                    .isEqualTo(here ? 1 : 0);
        }
        softly.assertThat(references(journal)).as("references in the journal").doesNotHaveDuplicates();
        softly.assertThat(references(comments)).as("references on the case").doesNotHaveDuplicates();
        softly.assertThat(RENAMED.matcher(journal)
                        .results()
                        .map(found -> found.group(1))
                        .toList())
                .as("a change of the title is told once")
                .doesNotHaveDuplicates();
        softly.assertThat(comments)
                .as("carried back")
                .doesNotContain(
                        "note by " + bridge.serviceNow().credentials().user() + " on",
                        "Comment by " + bridge.serviceNow().credentials().user() + " on");
        softly.assertThat(journal)
                .as("carried back")
                .doesNotContain("Note by " + bridge.visionOne().apiKeyName() + ",");
    }

    private void files() {
        List<String> names = bridge.serviceNow().attachments(ticket.get("sys_id")).stream()
                .map(AttachedFile::fileName)
                .toList();
        for (String name : names) {
            softly.assertThat(times(comments, ": " + name + "\n"))
                    .as("file " + name)
                    .isEqualTo(1);
        }
        // Of an upload whose answer was lost the file stays behind; no note shows it.
        softly.assertThat(sourced.notes())
                .as("notes about files on the case")
                .flatExtracting(SimulatedNote::attachmentIds)
                .hasSameSizeAs(names);
    }

    private static List<String> references(String text) {
        return REFERENCE.matcher(text).results().map(MatchResult::group).toList();
    }

    private static int times(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
