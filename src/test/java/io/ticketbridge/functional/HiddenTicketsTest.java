package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ticket that ServiceNow does not show to our user is not deleted: nothing is concluded from it, and it is said (P7, P15). */
class HiddenTicketsTest {
    @TempDir
    private Path folder;

    private Path failing(String... disks) {
        return Scan.of().fails("encryption", disks).fails("logging", "disk-1").write(folder);
    }

    @Test
    void a_hidden_ticket_blocks_another_its_change_is_a_dead_letter_and_once_shown_it_goes_on() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(failing("disk-1"));
            Map<String, String> hidden = bridge.ticket("encryption");
            bridge.serviceNow().settings().hidden(hidden.get("sys_id"), true);

            Pass same = bridge.importFile(failing("disk-1"));
            assertThat(same.failure()).isEmpty();
            assertThat(same.findings()).isEqualTo(Map.of("unchanged", 2L));
            bridge.importFile(failing("disk-1", "disk-2"));

            assertThat(bridge.tickets()).hasSize(2);
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.kind()).isEqualTo("refused");
                assertThat(letter.error()).contains(hidden.get("number"), "read access to incident");
            });

            bridge.serviceNow().settings().hidden(hidden.get("sys_id"), false);
            bridge.importFile(failing("disk-1", "disk-2", "disk-3"));
            assertThat(bridge.deadLetters()).isEmpty();
            assertThat(bridge.notes(bridge.again(hidden))).anyMatch(note -> note.contains("disk-3"));

            bridge.importFile(Scan.of()
                    .passes("encryption", "disk-1", "disk-2", "disk-3")
                    .passes("logging", "disk-1")
                    .write(folder));
            assertThat(bridge.tickets()).hasSize(2).allMatch(ticket -> ticket.get("state")
                    .equals("6"));
        }
    }

    @Test
    void without_the_right_to_read_the_table_a_pass_fails_opens_nothing_and_says_what_is_missing() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.group-by", "resource")) {
            Path scan = failing("disk-1", "disk-2", "disk-3", "disk-4", "disk-5", "disk-6");
            bridge.importFile(scan);
            bridge.serviceNow().settings().unreadable("incident", true);

            Pass blind = bridge.importFile(Scan.of()
                    .saying("again")
                    .fails("encryption", "disk-1", "disk-2", "disk-3", "disk-4", "disk-5", "disk-6")
                    .write(folder));

            assertThat(blind.failure()).hasValueSatisfying(failure -> assertThat(failure)
                    .contains("compliance", "read access to incident"));
            assertThat(bridge.tickets()).hasSize(6);

            bridge.serviceNow().settings().unreadable("incident", false);
            bridge.importFile(Scan.of()
                    .passes("encryption", "disk-1", "disk-2", "disk-3", "disk-4", "disk-5", "disk-6")
                    .passes("logging", "disk-1")
                    .write(folder));
            assertThat(bridge.tickets()).hasSize(6).allMatch(ticket -> ticket.get("state")
                    .equals("6"));
        }
    }

    @Test
    void a_flow_kept_in_step_fails_too_when_its_tickets_can_not_be_seen_any_more() {
        try (Bridge bridge = Bridge.in(folder)) {
            IntStream.range(0, 5).forEach(number -> bridge.visionOne().addCase("Phishing " + number, "P2"));
            bridge.poll();
            bridge.poll();
            bridge.serviceNow().settings().unreadable("incident", true);

            assertThat(bridge.poll().failure()).hasValueSatisfying(failure -> assertThat(failure)
                    .contains("none of 5 tickets of flow cases", "read access to incident"));

            bridge.serviceNow().settings().unreadable("incident", false);
            assertThat(bridge.poll().failure()).isEmpty();
        }
    }

    @Test
    void a_case_whose_ticket_is_hidden_stays_paired_and_comes_into_step_once_it_is_shown() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            Map<String, String> ticket = bridge.ticket();
            bridge.serviceNow().settings().hidden(ticket.get("sys_id"), true);
            bridge.visionOne().addNote(id, "An analyst", "While it was hidden");
            bridge.poll();

            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.error())
                    .contains(ticket.get("number"), "read access to incident"));
            assertThat(bridge.visionOne().caseById(id).orElseThrow().notes())
                    .noneMatch(note -> note.text().contains("is not in ServiceNow any more"));

            bridge.serviceNow().settings().hidden(ticket.get("sys_id"), false);
            bridge.visionOne().addNote(id, "An analyst", "When it was shown");
            bridge.poll();

            assertThat(bridge.deadLetters()).isEmpty();
            assertThat(bridge.tickets()).hasSize(1);
            assertThat(bridge.notes(ticket))
                    .anyMatch(note -> note.contains("While it was hidden"))
                    .anyMatch(note -> note.contains("When it was shown"));
        }
    }

    @Test
    void a_ticket_that_a_person_made_a_record_of_another_table_goes_on_there_on_its_own_and_in_step() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            assertThat(bridge.tickets()).hasSize(2);
            bridge.tickets()
                    .forEach(ticket -> bridge.serviceNow().move("incident", ticket.get("sys_id"), "problem", "bob"));

            bridge.importFile(Scan.of().fails("encryption", "disk-1", "disk-2").write(folder));
            bridge.visionOne().addNote(id, "An analyst", "Look at the other mailbox");
            bridge.poll();

            assertThat(bridge.serviceNow().records("incident")).isEmpty();
            assertThat(bridge.serviceNow().records("problem")).hasSize(2);
            assertThat(bridge.serviceNow().records("problem").stream()
                            .flatMap(problem -> bridge.notes(problem).stream()))
                    .anyMatch(note -> note.contains("disk-2"))
                    .anyMatch(note -> note.contains("Look at the other mailbox"));
            assertThat(bridge.visionOne().caseById(id).orElseThrow().notes())
                    .noneMatch(note -> note.text().contains("is not in ServiceNow any more"));
        }
    }
}
