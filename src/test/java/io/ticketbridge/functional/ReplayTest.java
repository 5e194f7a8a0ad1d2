package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mending the cause and replaying is all it takes, and nothing is opened or said twice (P20). */
class ReplayTest {
    private static final int CONTROLS = 20;
    private static final RequestMatcher OPENING = RequestMatcher.on("POST", "/table/incident$");

    @TempDir
    private Path folder;

    private static CommandRun replay(Bridge bridge, String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", bridge.restart().config().toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_profile_that_is_mended_and_replayed_by_class_opens_each_ticket_once(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            bridge.serviceNow().settings().abortWhen("incident", "Security has its own category", record -> !"security"
                    .equals(record.get("category")));
            Scan scan = Scan.of();
            IntStream.range(0, CONTROLS).forEach(number -> scan.fails("control-" + (100 + number), "disk-1"));
            bridge.importFile(scan.write(folder));
            assertThat(bridge.deadLetters()).hasSizeBetween(5, 5 + 2 * 4).allSatisfy(letter -> {
                assertThat(letter.kind()).isEqualTo("refused");
                assertThat(letter.raw()).contains("short_description=Rule control-1");
                assertThat(letter.answer()).startsWith("403").contains("Security has its own category");
            });

            CommandRun tooSoon = replay(bridge, "--class", "refused");

            assertThat(tooSoon.exit()).as(tooSoon.err()).isEqualTo(1);
            assertThat(tooSoon.err()).contains("dead letter", "403");
            bridge.with("profile.tickets.field.category", "security");

            CommandRun mended = replay(bridge, "--class", "refused");

            assertThat(mended.exit()).as(mended.err()).isZero();
            assertThat(bridge.tickets())
                    .hasSize(CONTROLS)
                    .allSatisfy(ticket -> assertThat(ticket).containsEntry("category", "security"))
                    .extracting(ticket -> ticket.get("short_description"))
                    .doesNotHaveDuplicates();
            assertThat(bridge.deadLetters()).isEmpty();
            CommandRun ofNothing = replay(bridge, "--all");
            assertThat(ofNothing.exit()).isZero();
            assertThat(ofNothing.out()).isEqualToIgnoringNewLines("No dead letters");
            assertThat(bridge.tickets()).hasSize(CONTROLS);
        }
    }

    @Test
    void findings_that_died_in_a_route_take_their_way_once_it_is_mended() {
        try (Bridge bridge =
                Bridge.in(folder).with("flow.compliance.filter", "${body.attributes.get('x').length} > 0")) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1", "disk-2").write(folder));
            assertThat(bridge.deadLetters()).hasSize(2).allSatisfy(letter -> assertThat(letter.kind())
                    .isEqualTo("error"));
            assertThat(bridge.tickets()).isEmpty();
            bridge.with("flow.compliance.filter", null);

            CommandRun run = replay(bridge, "--all", "--output", "json");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(bridge.ticket().get("description")).contains("disk-1", "disk-2");
            assertThat(run.json().at("/runs/0/read").asInt()).isEqualTo(2);
            assertThat(run.json().at("/runs/0/findings/opened").asInt()).isEqualTo(2);
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    @Test
    void what_was_true_before_is_not_written_over_what_a_later_scan_says() {
        try (Bridge bridge =
                Bridge.in(folder).with("flow.compliance.filter", "${body.attributes.get('x').length} > 0")) {
            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1")
                    .passes("logging", "disk-2")
                    .fails("backup", "disk-3")
                    .write(folder));
            assertThat(bridge.deadLetters()).hasSize(3);
            bridge.with("flow.compliance.filter", null);
            bridge.restart();
            bridge.later(Duration.ofDays(1))
                    .importFile(Scan.of()
                            .passes("encryption", "disk-1")
                            .fails("logging", "disk-2")
                            .write(folder));
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.raw())
                    .contains("backup"));

            CommandRun run = replay(bridge, "--all");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("short_description") + " " + ticket.get("state"))
                    .as("of backup no later scan says anything")
                    .hasSize(2)
                    .allSatisfy(ticket -> assertThat(ticket).endsWith(" 1").doesNotContain("encryption"));
        }
    }

    @Test
    void a_record_is_read_again_from_its_raw_text_and_says_anew_what_is_wrong_with_it() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of()
                    .raw("{\"class_uid\": 2003}")
                    .fails("logging", "disk-1")
                    .write(folder));
            long first = bridge.deadLetters().get(0).id();

            CommandRun unmended = replay(bridge, String.valueOf(first));

            assertThat(unmended.exit()).as(unmended.err()).isEqualTo(1);
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.id())
                    .isGreaterThan(first));
            // A person resolves its ticket: the states are read first, so that no note goes where nobody looks (P7).
            bridge.resolve(bridge.ticket());
            String readable = Scan.of().fails("logging", "disk-9").json();
            bridge.engine()
                    .database()
                    .client()
                    .sql("update dead_letter set raw = :raw where replayed_at is null")
                    .param("raw", readable.substring(1, readable.length() - 1))
                    .update();

            assertThat(replay(bridge, "--all").exit()).isZero();

            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("state"))
                    .containsExactly("6", "1");
            assertThat(bridge.tickets().get(1).get("description")).contains("disk-9");
        }
    }

    @Test
    void a_flow_whose_ticket_states_can_not_be_read_keeps_no_other_from_being_replayed() {
        try (Bridge bridge =
                Bridge.in(folder).with("flow.cloud.source", "files").with("flow.cloud.profile", "tickets")) {
            bridge.importFile(Scan.of()
                    .raw("{\"class_uid\": 2003}")
                    .fails("logging", "disk-1")
                    .write(folder));
            bridge.importTo("cloud", Scan.of().raw("{\"class_uid\": 2003}").write(folder));
            String readable = Scan.of().fails("encryption", "disk-9").json();
            bridge.engine()
                    .database()
                    .client()
                    .sql("update dead_letter set raw = :raw")
                    .param("raw", readable.substring(1, readable.length() - 1))
                    .update();
            bridge.engine()
                    .database()
                    .client()
                    .sql("update ticket set table_name = 'u_old'")
                    .update();

            begins(bridge, "cloud");
            assertThat(bridge.engine().replay(DeadLetters.Choice.ALL))
                    .as("what a pass reads just now is newer")
                    .hasSize(2)
                    .anySatisfy(wait -> assertThat(wait).contains("Flow cloud: replay them again"));
            assertThat(bridge.deadLetters()).hasSize(2);
            bridge.engine().database().jdbc().update("update run set state = 'interrupted' where state = 'reading'");

            List<String> hindrances = bridge.engine().replay(DeadLetters.Choice.ALL);

            assertThat(hindrances)
                    .singleElement()
                    .asString()
                    .contains("before the states of their flow's tickets are read. Flow compliance: ", "u_old");
            await().atMost(Duration.ofSeconds(60)).until(bridge.engine().owing()::isSettled);
            assertThat(bridge.tickets()).hasSize(2);
            assertThat(bridge.ticket("encryption").get("description")).contains("disk-9");
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.flow())
                    .isEqualTo("compliance"));
        }
    }

    private static void begins(Bridge bridge, String flow) {
        bridge.engine()
                .database()
                .jdbc()
                .update(
                        "insert into run (flow, scan, pass, state, started_at, seen_at) values (?, 'scan', 'one', 'reading', ?, ?)",
                        flow,
                        Times.sql(Instant.now().plus(Duration.ofDays(1))),
                        Times.sql(Instant.now().plus(Duration.ofDays(1))));
    }

    @Test
    void a_column_that_was_not_taken_is_sent_again_and_nothing_else_happens() {
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.field.u_owner", "team-7")) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.kind())
                    .isEqualTo("not-taken"));
            bridge.serviceNow().addColumn("incident", "u_owner", "Owner", "string", 40);

            CommandRun run = replay(bridge, "--class", "not-taken");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(bridge.ticket()).containsEntry("u_owner", "team-7").containsEntry("state", "1");
            bridge.listen().importFile(Scan.of().fails("encryption", "disk-1").write(folder));
            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void a_note_and_fields_that_vision_one_refused_are_there_once_after_a_replay() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.poll();
            bridge.edit(
                    bridge.ticket(), Map.of("work_notes", "Seen by the desk", "short_description", "Phishing again"));
            bridge.visionOne()
                    .faults()
                    .nextMatching(
                            2,
                            request -> List.of("POST", "PATCH").contains(request.method()),
                            HttpFault.answer(Answer.text(
                                    400,
                                    "application/json",
                                    "{\"error\":{\"code\":\"BadRequest\",\"message\":\"Not today\"}}")));
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.deadLetters()).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.kind()).isEqualTo("refused-by-source");
                assertThat(letter.answer()).startsWith("400").contains("Not today");
                assertThat(letter.groupId()).isNotNull();
            });
            assertThat(bridge.deadLetters())
                    .anySatisfy(letter -> assertThat(letter.raw()).contains("Seen by the desk"));

            CommandRun run = replay(bridge, "--class", "refused-by-source");
            bridge.later(Duration.ofMinutes(1)).poll();

            assertThat(run.exit()).as(run.err()).isZero();
            var now = bridge.visionOne().caseById(id).orElseThrow();
            assertThat(now.name()).isEqualTo("Phishing again");
            assertThat(now.notes())
                    .filteredOn(note -> note.text().contains("Seen by the desk"))
                    .hasSize(1);
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    @Test
    void replay_works_while_run_is_running_and_lists_and_discards() {
        try (Bridge bridge = Bridge.in(folder).with("flow.cases.poll", "10m")) {
            bridge.serviceNow().settings().abortWhen("incident", "Location is mandatory", record -> true);
            bridge.visionOne().addCase("Phishing", "P2");
            bridge.visionOne().addCase("Ransomware", "P1");
            String config = bridge.config().toString();
            try (ChildProcess running = ChildProcess.start(folder, "run", "--config", config)) {
                await().atMost(Duration.ofSeconds(90))
                        .pollInterval(Duration.ofMillis(500))
                        .until(() ->
                                bridge.serviceNow().requests().matching(OPENING).size() >= 2 && dead(config) == 2
                                        || !running.isAlive());
                assertThat(running.isAlive()).as(running.err()).isTrue();
                CommandRun list = CommandRun.of("replay", "--list", "--output", "json", "--config", config);
                assertThat(list.exit()).isEqualTo(1);
                long ransomware = -1;
                for (var letter : list.json().path("deadLetters")) {
                    assertThat(letter.path("answer").asText()).contains("403");
                    ransomware = letter.path("request").asText().contains("Ransomware")
                            ? letter.path("id").asLong()
                            : ransomware;
                }
                CommandRun discarded = CommandRun.of(
                        "replay", "--discard", String.valueOf(ransomware), "--output", "json", "--config", config);
                assertThat(discarded.json().path("discarded")).hasToString("[" + ransomware + "]");
                bridge.serviceNow().settings().abortNothing();

                CommandRun replayed = CommandRun.of("replay", "--all", "--config", config);

                assertThat(replayed.exit()).as(replayed.err()).isZero();
                assertThat(bridge.ticket()).containsEntry("short_description", "Phishing");
                assertThat(running.isAlive()).isTrue();
            }
        }
    }

    private static long dead(String config) {
        return CommandRun.of("status", "--output", "json", "--config", config)
                .json()
                .path("dead")
                .asLong();
    }

    @Test
    void what_is_not_there_is_said_and_nothing_is_done() {
        try (Bridge bridge = Bridge.in(folder)) {
            assertThat(bridge.countBeside("select count(*) from dead_letter")).isZero();

            assertThat(replay(bridge, "17").messages())
                    .singleElement()
                    .asString()
                    .contains("17", "replay --list");
            assertThat(replay(bridge).exit()).isEqualTo(2);
            assertThat(replay(bridge, "17", "--all").exit()).isEqualTo(2);
            assertThat(bridge.serviceNow().requests().count()).isZero();
        }
    }
}
