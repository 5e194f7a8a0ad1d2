package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.sandbox.visionone.SimulatedNote;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger is lost, or an older one was restored: with baseline=adopt the next passes go on with the tickets that are there. */
class RebuiltLedgerTest {
    private static final String BASELINE = "flow.compliance.baseline";
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private Path failing(String... disks) {
        return Scan.of().fails("encryption", disks).write(folder);
    }

    private Path passing(String... disks) {
        return Scan.of().passes("encryption", disks).write(folder);
    }

    private static Map<String, String> last(Bridge bridge) {
        return bridge.tickets().get(bridge.tickets().size() - 1);
    }

    @ParameterizedTest
    @CsvSource({"H2,control", "H2,resource", "POSTGRESQL,control"})
    void a_lost_ledger_goes_on_with_the_newest_generation(Ledger ledger, String groupBy) {
        try (Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.group-by", groupBy)) {
            bridge.importFile(failing("disk-1"));
            bridge.later(DAY).resolve(bridge.ticket());
            bridge.importFile(failing("disk-1"));
            assertThat(bridge.tickets()).hasSize(2);

            bridge.withLedgerLost(ledger).with(BASELINE, "adopt");
            bridge.later(DAY).importFile(failing("disk-1"));
            assertThat(bridge.tickets()).hasSize(2);
            int notes = bridge.notes(last(bridge)).size();

            bridge.listen().later(DAY).importFile(failing("disk-1"));
            assertThat(bridge.writes()).isZero();
            assertThat(bridge.notes(last(bridge))).hasSize(notes);

            bridge.later(DAY).importFile(passing("disk-1"));
            assertThat(bridge.again(last(bridge))).containsEntry("state", "6");
            bridge.later(DAY).importFile(failing("disk-1"));
            assertThat(last(bridge).get("correlation_id")).endsWith("-3");
        }
    }

    @Test
    void a_case_that_is_kept_in_step_stays_so_and_no_note_is_carried_twice() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.edit(bridge.ticket(), Map.of("work_notes", "Said in ServiceNow"));
            bridge.visionOne().addNote(id, "Anna", "Said in Vision One");
            bridge.later(DAY).poll();
            List<String> here = bridge.notes(bridge.ticket());
            List<String> there = notesOf(bridge, id);
            assertThat(here).anyMatch(note -> note.contains("Said in Vision One"));
            assertThat(there).anyMatch(note -> note.contains("Said in ServiceNow"));

            bridge.withLedgerLost(Ledger.H2).with("flow.cases.baseline", "adopt");
            bridge.later(DAY).poll();

            assertThat(bridge.tickets()).hasSize(1);
            assertThat(bridge.notes(bridge.ticket())).isEqualTo(here);
            assertThat(notesOf(bridge, id)).isEqualTo(there);

            bridge.edit(bridge.ticket(), Map.of("state", "2"));
            bridge.later(DAY).poll();
            assertThat(bridge.visionOne().caseById(id).orElseThrow().text("status"))
                    .isEqualTo("In-progress");
        }
    }

    private static List<String> notesOf(Bridge bridge, String id) {
        return bridge.visionOne().caseById(id).orElseThrow().notes().stream()
                .map(SimulatedNote::text)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void an_older_ledger_that_was_restored_opens_nothing_twice(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.group-by", "resource")) {
            bridge.importFile(failing("disk-1"));
            Runnable restore = bridge.backedUp(ledger);
            bridge.later(DAY).resolve(bridge.ticket());
            bridge.importFile(failing("disk-1", "disk-2"));
            assertThat(bridge.tickets()).hasSize(3);

            restore.run();
            bridge.with(BASELINE, "adopt").later(DAY).importFile(failing("disk-1", "disk-2"));

            assertThat(bridge.tickets()).hasSize(3);
            bridge.listen().later(DAY).importFile(failing("disk-1", "disk-2"));
            assertThat(bridge.writes()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void what_was_refused_when_the_back_up_was_made_and_opened_since_is_taken_over(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            bridge.serviceNow().settings().abortWhen("incident", "Nothing today", record -> true);
            bridge.importFile(failing("disk-1"));
            assertThat(bridge.deadLetters()).hasSize(1);
            Runnable restore = bridge.backedUp(ledger);
            bridge.serviceNow().settings().abortNothing();
            bridge.later(DAY).engine().replay(DeadLetters.Choice.ALL);
            bridge.importFile(failing("disk-1"));
            assertThat(bridge.tickets()).hasSize(1);

            restore.run();
            bridge.with(BASELINE, "adopt").later(DAY).engine().replay(DeadLetters.Choice.ALL);
            bridge.importFile(failing("disk-1"));

            assertThat(bridge.tickets()).hasSize(1);
            assertThat(bridge.deadLetters()).isEmpty();
            bridge.listen().later(DAY).importFile(failing("disk-1"));
            assertThat(bridge.writes()).isZero();
            bridge.later(DAY).importFile(passing("disk-1"));
            assertThat(bridge.again(bridge.ticket())).containsEntry("state", "6");
        }
    }

    @Test
    void what_joined_an_accepted_control_since_the_back_up_is_not_opened_twice() {
        try (Bridge bridge = Bridge.in(folder)
                .with("profile.tickets.accepted-risk.close-code", "Risk accepted")
                .with("flow.compliance.new-ticket-when-status", "Closed")) {
            bridge.importFile(failing("disk-1"));
            bridge.edit(
                    bridge.ticket(),
                    Map.of("state", "6", "close_code", "risk_accepted", "close_notes", "The CISO agreed"));
            bridge.later(DAY).importFile(failing("disk-1"));
            Runnable restore = bridge.backedUp(Ledger.H2);
            bridge.later(DAY).importFile(failing("disk-1", "disk-2"));
            assertThat(bridge.tickets()).hasSize(2);

            restore.run();
            bridge.with(BASELINE, "adopt").later(DAY).importFile(failing("disk-1", "disk-2"));

            assertThat(bridge.tickets()).hasSize(2);
        }
    }

    @Test
    void a_back_up_of_h2_is_taken_while_it_runs() throws IOException {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(failing("disk-1"));
            Path zip = folder.resolve("back-up.zip");
            // As another process does it, over AUTO_SERVER.
            bridge.engine().database().client().sql("backup to '" + zip + "'").update();
            bridge.later(DAY).importFile(failing("disk-1", "disk-2"));
            bridge.restart();

            try (ZipFile file = new ZipFile(zip.toFile());
                    InputStream data = file.getInputStream(file.getEntry("ledger.mv.db"))) {
                Files.write(folder.resolve("ledger.mv.db"), data.readAllBytes());
            }

            assertThat(bridge.countBeside("select count(*) from finding")).isOne();
            assertThat(bridge.countBeside("select count(*) from ticket")).isOne();
        }
    }
}
