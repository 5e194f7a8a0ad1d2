package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code explain} tells the whole story of one thing (P31). */
class ExplainTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String CONTROL = "container-privileged";

    @TempDir
    private Path folder;

    private static CommandRun explain(Bridge bridge, String... arguments) {
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", bridge.config().toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    /** What differs from run to run gets a name. */
    private static String blanked(String text) {
        return text.replaceAll("[0-9a-f-]{36}\\.ocsf\\.json", "FILE")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "TIME")
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")
                .replaceAll("tb-[0-9a-f]{8}-[0-9a-f]{4}", "REFERENCE")
                .replaceAll("\\b[0-9a-f]{32}\\b", "ID")
                .replace("\r\n", "\n");
    }

    private void read(Bridge bridge, Scan scan) {
        bridge.later(DAY).importFile(scan.write(folder));
    }

    /** Two containers fail, one is fixed, the other is not named any more, a person resolves the ticket, and it fails again. */
    private Bridge week(Ledger ledger) {
        Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.resolve-when-fixed", "false");
        read(bridge, Scan.of().fails(CONTROL, "container-1", "container-2"));
        read(bridge, Scan.of().fails(CONTROL, "container-1").passes(CONTROL, "container-2"));
        read(bridge, Scan.of().passes(CONTROL, "container-2"));
        bridge.resolve(bridge.ticket());
        read(bridge, Scan.of().fails(CONTROL, "container-1"));
        return bridge;
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_ticket_is_told_from_the_first_scan_to_its_second_generation(Ledger ledger) {
        try (Bridge bridge = week(ledger)) {
            CommandRun told = explain(bridge, "inc0010002");

            assertThat(told.exit()).as(told.err()).isZero();
            assertThat(blanked(told.out()))
                    .isEqualTo(
                            """
                    Rule container-privileged
                      flow      compliance
                      group     container-privileged (by control (control))
                      severity  high
                      findings  1 fail, 1 pass
                      ticket    INC0010001 (incident, resolved, state 6 as seen at TIME, opened TIME); INC0010002 (incident, open, state 1 as seen at TIME, opened TIME)
                      owed      nothing
                      next scan an unchanged failure opens nothing: INC0010002 covers it until it has reached resolved (new-ticket-when-status)
                      flow read last in run 4 (FILE) at TIME

                    TIME  read      2 findings were read for the first time in run 1 (FILE) and fail
                    TIME  opened    INC0010001: 2 findings fail, no ticket yet
                    TIME  read      1 finding was read in run 2 (FILE) and passes
                    TIME  updated   INC0010001: 0 joined, 1 fixed, INC0010001 is open
                    TIME  absent    1 finding is gone: the complete scan of run 3 (FILE) does not name it any more
                    TIME  updated   INC0010001: nothing fails any more, resolve-when-fixed is off, INC0010001 stays open
                    TIME  seen      state 6, resolved; it no longer blocks another ticket
                    TIME  read      1 finding was read in run 4 (FILE) and fails again
                    TIME  opened    INC0010002: 1 finding fails again, INC0010001 has reached resolved, on-recurrence is new-ticket
                    """);
            String same = told.out();
            assertThat(List.of("INC0010001", CONTROL, bridge.tickets().get(0).get("correlation_id")))
                    .allSatisfy(id -> assertThat(explain(bridge, id).out()).isEqualTo(same));
        }
    }

    @Test
    void a_resource_is_told_by_its_finding_with_what_was_sent_and_answered() {
        try (Bridge bridge = week(Ledger.H2)) {
            CommandRun told = explain(bridge, "container-2", "--details");

            assertThat(told.exit()).as(told.err()).isZero();
            assertThat(blanked(told.out()))
                    .startsWith(
                            """
                    Rule container-privileged
                      flow      compliance
                      finding   ID
                      check     container-privileged
                      resource  container-2
                      account   111122223333, eu-west-1
                      own severity high
                      result    passes since TIME, last news of it in run 2
                      message   container-2 does not keep to container-privileged
                      group     container-privileged (by control (control))
                      severity  high
                      findings  1 fail, 1 pass
                    """)
                    .contains(
                            """
                    TIME  read      it was read for the first time in run 1 (FILE) and fails
                    TIME  opened    INC0010001: 2 findings fail, no ticket yet
                    """,
                            """
                                              sent  correlation_id = ticketbridge-ID-1
                    """,
                            """
                                            answer  INC0010001, state 1
                    TIME  read      it was read in run 2 (FILE) and passes
                    TIME  updated   INC0010001: 0 joined, 1 fixed, INC0010001 is open
                    """)
                    .doesNotContain("run 3");
        }
    }

    @Test
    void what_a_breaker_held_is_told_and_who_let_it_go() {
        try (Bridge bridge =
                Bridge.in(folder, Ledger.POSTGRESQL).with("flow.compliance.max-new-tickets-per-run", "1")) {
            bridge.importFile(
                    Scan.of().fails("a", "1").fails("b", "1").fails("c", "1").write(folder));

            List<CommandRun> held = IntStream.range(0, 3)
                    .mapToObj(number -> explain(bridge, String.valueOf("abc".charAt(number))))
                    .filter(run -> !run.out().contains("INC001"))
                    .toList();

            assertThat(held).hasSize(2).allSatisfy(run -> assertThat(blanked(run.out()))
                    .contains(
                            """
                      ticket    none
                      owed      held: max-new-tickets-per-run
                    """
                                    .stripTrailing(),
                            "TIME  held      max-new-tickets-per-run"));

            bridge.release();

            assertThat(explain(bridge, "c").out() + explain(bridge, "b").out())
                    .contains("released  let go by a person", "no ticket yet");
        }
    }

    @Test
    void a_refusal_is_told_with_what_was_sent_and_what_came_of_the_replay() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.serviceNow().settings().abortWhen("incident", "Security has its own category", record -> !"security"
                    .equals(record.get("category")));
            bridge.importFile(Scan.of().fails(CONTROL, "container-1").write(folder));

            assertThat(blanked(explain(bridge, CONTROL, "--details").out()))
                    .contains("owed      dead: refused for good", "dead      dead letter 1 (refused): ", "answer  403");

            bridge.restart().with("profile.tickets.field.category", "security");
            CommandRun replayed =
                    CommandRun.of("replay", "--all", "--config", bridge.config().toString());

            assertThat(replayed.exit()).as(replayed.err()).isZero();
            assertThat(blanked(explain(bridge, CONTROL).out()))
                    .contains(
                            "replayed  dead letter 1 is replayed",
                            "opened    INC0010001: 1 finding fails",
                            "settled   dead letter 1 is done with",
                            "owed      nothing");
        }
    }

    @Test
    void a_case_is_told_with_what_was_written_on_both_sides() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Ransomware on FS-02", "P2").id();
            bridge.poll();
            bridge.edit(bridge.ticket(), Map.of("state", "2"));
            bridge.later(Duration.ofMinutes(1)).poll();

            CommandRun told = explain(bridge, id);

            assertThat(told.exit()).as(told.err()).isZero();
            assertThat(blanked(told.out()).replace(id, "CASE"))
                    .isEqualTo(
                            """
                    Ransomware on FS-02
                      flow      cases
                      group     CASE (by case)
                      severity  medium
                      findings  1 fail, 0 pass
                      ticket    INC0010001 (incident, open, state 2 as seen at TIME, opened TIME)
                      in step   both sides agreed at TIME
                      owed      nothing
                      next scan the case opens no other ticket: it and INC0010001 are kept in step
                      flow read last in run 2 (cases) at TIME

                    TIME  read      1 finding was read for the first time in run 1 (cases) and fails
                    TIME  opened    INC0010001: the case is open, no ticket yet
                    TIME  told      Vision One, fields: it is linked with INC0010001
                    TIME  told      Vision One, note: INC0010001 was opened for it
                    TIME  seen      state 2, open
                    TIME  read      1 finding was read in run 2 (cases) with another text or severity
                    TIME  told      Vision One, fields: changed on INC0010001: status
                    """);
        }
    }

    @Test
    void what_the_ledger_does_not_know_is_said_with_what_is_like_it() {
        try (Bridge bridge = week(Ledger.H2)) {
            CommandRun unknown = explain(bridge, "privileged");

            assertThat(unknown.exit()).isEqualTo(1);
            assertThat(unknown.out()).isEmpty();
            assertThat(unknown.err())
                    .contains("The ledger knows nothing called privileged. It keeps what failed at least once")
                    .contains("Similar: container-privileged");
            assertThat(explain(bridge, "%").err()).contains("nothing called %").doesNotContain("Similar");
        }
    }

    @Test
    void several_matches_are_counted_and_programs_get_json() {
        try (Bridge bridge = Bridge.in(folder)) {
            Scan scan = Scan.of();
            IntStream.range(0, 5).forEach(number -> scan.fails("control-" + number, "container-1", "other"));
            bridge.importFile(scan.write(folder));

            CommandRun told = explain(bridge, "container-1", "--output", "json", "--most", "2");
            JsonNode json = told.json();

            assertThat(json.path("matches").asInt()).isEqualTo(5);
            assertThat(json.path("stories")).hasSize(2).allSatisfy(story -> {
                assertThat(story.path("flow").asText()).isEqualTo("compliance");
                assertThat(story.path("facts").path("resource").asText()).isEqualTo("container-1");
                assertThat(story.path("events").get(0).path("what").asText()).isEqualTo("read");
                assertThat(story.path("events").get(1).path("request").asText()).contains("short_description = ");
            });
            assertThat(told.err()).contains("5 match; 2 are told");
        }
    }

    @Test
    void text_from_a_source_moves_no_cursor() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of()
                    .saying("red \u001b[31m\nand a line")
                    .fails(CONTROL, "container-1")
                    .write(folder));

            assertThat(explain(bridge, "container-1", "--details").out()).doesNotContain("\u001b");
        }
    }
}
