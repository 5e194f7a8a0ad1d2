package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands print, and how they end when something is wrong: one line with cause and cure, never a stack trace. */
class CommandsTest {
    @TempDir
    private Path folder;

    private static CommandRun run(Bridge bridge, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", bridge.config().toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static void assertOneLine(CommandRun run, int exit, String... parts) {
        assertThat(run.err()).doesNotContain("\tat ", "Exception:");
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.messages()).hasSize(1);
        assertThat(run.messages().get(0)).contains(parts);
    }

    @Test
    void one_object_of_json_says_what_became_of_every_finding() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.visionOne().addCase("Phishing", "P2");

            CommandRun run = run(bridge, "run", "--once", "--output", "json");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.json().path("runs")).hasSize(1);
            assertThat(run.json().path("failures")).isEmpty();
            assertThat(run.json().path("held")).isEmpty();
            assertThat(run.json().path("dead")).isEmpty();
            JsonNode account = run.json().path("runs").get(0);
            assertThat(account.path("flow").asText()).isEqualTo("cases");
            assertThat(account.path("read").asLong()).isEqualTo(1);
            assertThat(account.path("absent").isIntegralNumber()).isTrue();
            assertThat(account.path("findings").fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "opened",
                            "reopened",
                            "updated",
                            "unchanged",
                            "resolved",
                            "inconclusive",
                            "suppressed",
                            "filtered",
                            "held",
                            "dead");
            assertThat(account.path("findings").path("opened").asLong()).isEqualTo(1);
            assertThat(account.path("tickets").fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("opened", "updated", "reopened", "resolved", "unchanged");
        }
    }

    @Test
    void text_names_each_ticket_and_why() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.visionOne().addCase("Phishing", "P2");

            CommandRun run = run(bridge, "run", "--once");

            assertThat(run.out())
                    .contains(bridge.ticket().get("number"))
                    .contains("Phishing")
                    .contains("no ticket yet")
                    .contains("1 opened");
        }
    }

    @Test
    void a_wrong_password_is_said_with_the_properties_to_look_at() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.with("servicenow.auth", "basic")
                    .with("servicenow.user", "sandbox.integration")
                    .with("servicenow.password", "not-the-password");

            CommandRun run = run(bridge, "run", "--once", "--output", "json");

            assertOneLine(run, 1, "ServiceNow can't be used", "ticketbridge.servicenow.user", ".password");
            assertThat(run.json().path("runs")).isEmpty();
            assertThat(run.json().at("/failures/0").asText()).startsWith("ServiceNow can't be used");
            assertThat(run.err() + run.out()).doesNotContain("not-the-password");
        }
    }

    @Test
    void an_address_where_nobody_listens_is_said() {
        try (Bridge bridge = Bridge.in(folder).withShortWaits().with("servicenow.url", "http://127.0.0.1:1");
                CapturedLog log = new CapturedLog()) {
            assertOneLine(runWithShortWaits(bridge), 1, "ServiceNow can't be used", "url");
            // Whose routes they were is said, too: a folder that is not mounted would not show else.
            assertThat(log.lines(Level.INFO))
                    .anyMatch(line -> line.matches("INFO Route files of your own\\. files=\\[.*90-error-handling.*]"));
        }
    }

    @Test
    void a_vision_one_where_nobody_listens_is_said() {
        try (Bridge bridge = Bridge.in(folder).withShortWaits().with("vision-one.url", "http://127.0.0.1:1")) {
            assertOneLine(runWithShortWaits(bridge), 1, "cases", "connect", "url");
        }
    }

    private static CommandRun runWithShortWaits(Bridge bridge) {
        return run(
                bridge,
                "run",
                "--once",
                "--routes",
                bridge.folder().resolve("routes").toString());
    }

    /** One event, one ticket (P2). */
    @Test
    void cases_and_alerts_together_start_nothing_and_say_how_to_choose() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.with("flow.alerts.source", "vision-one-alerts").with("flow.alerts.profile", "tickets");
            bridge.visionOne().addCase("Phishing", "P2");

            for (String[] command : new String[][] {{"run"}, {"run", "--once"}}) {
                assertOneLine(
                        run(bridge, command),
                        2,
                        "both would open a ticket for one event",
                        "to have tickets for cases set ticketbridge.flow.alerts.enabled=false",
                        "to have them for alerts set ticketbridge.flow.cases.enabled=false");
            }

            assertThat(bridge.visionOne().requests().count()).isZero();
            assertThat(bridge.tickets()).isEmpty();
            bridge.with("flow.cases.enabled", "false").visionOne().addAlert("Mimikatz", "high");
            assertThat(run(bridge, "run", "--once").exit()).isZero();
            assertThat(bridge.ticket()).containsEntry("short_description", "Mimikatz");
        }
    }

    @Test
    void an_unknown_property_is_named_with_the_nearest_known_one() {
        try (Bridge bridge = Bridge.in(folder).with("servicenow.pasword", "x")) {
            assertOneLine(
                    run(bridge, "run", "--once"),
                    2,
                    "ticketbridge.servicenow.pasword",
                    "ticketbridge.servicenow.password");
        }
    }

    @Test
    void a_broken_route_file_is_named_with_its_line() throws IOException {
        try (Bridge bridge = Bridge.in(folder).withShortWaits()) {
            Path routes = bridge.folder().resolve("routes");
            Path broken = routes.resolve("40-dedupe-findings.camel.yaml");
            Files.writeString(broken, Files.readString(broken).replace("idempotentConsumer:", "idempotentKonsumer:"));

            CommandRun run = run(bridge, "run", "--once", "--routes", routes.toString());

            assertOneLine(run, 2, "40-dedupe-findings.camel.yaml", "idempotentKonsumer");
            assertThat(bridge.serviceNow().requests().count()).isZero();
        }
    }

    /** A filter that is edited there would be left out without a word. */
    @Test
    void a_folder_of_routes_that_is_not_there_is_said_and_nothing_starts() {
        try (Bridge bridge = Bridge.in(folder)) {
            Path rotues = folder.resolve("rotues");
            for (String command : List.of("run --once", "run", "plan", "sandbox --once")) {
                List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
                arguments.addAll(List.of("--routes", rotues.toString()));
                CommandRun run = command.startsWith("sandbox")
                        ? CommandRun.of(arguments.toArray(String[]::new))
                        : run(bridge, arguments.toArray(String[]::new));
                assertOneLine(run, 2, "--routes must name a folder, was " + rotues, "leave --routes away");
            }
        }
    }

    @Test
    void a_ledger_that_can_t_be_written_is_said() throws IOException {
        try (Bridge bridge = Bridge.in(folder)) {
            Path file = Files.writeString(folder.resolve("file"), "in the folder's place");
            bridge.with("database.url", "jdbc:h2:file:" + file.resolve("ledger"));

            assertOneLine(run(bridge, "run", "--once"), 2, "ticketbridge.database.url", file.toString());
        }
    }

    @Test
    void a_file_that_is_not_json_is_said() throws IOException {
        try (Bridge bridge = Bridge.in(folder)) {
            Path file = Files.writeString(folder.resolve("page.json"), "<html>Not found</html>");

            assertOneLine(run(bridge, "import", file.toString()), 1, "page.json");
        }
    }

    @Test
    void a_file_that_is_not_there_is_said_and_nothing_is_done() {
        try (Bridge bridge = Bridge.in(folder)) {
            assertOneLine(run(bridge, "import", folder.resolve("nowhere.json").toString()), 2, "nowhere.json");
            assertThat(bridge.serviceNow().requests().count()).isZero();
        }
    }

    @Test
    void no_flow_at_all_is_said() throws IOException {
        Path config = Files.createDirectories(folder.resolve("empty"));
        Files.writeString(config.resolve("application.properties"), "");

        for (String command : List.of("run --once", "plan --exit-code")) {
            List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
            arguments.addAll(List.of("--config", config.toString()));
            assertOneLine(CommandRun.of(arguments.toArray(String[]::new)), 2, "No flow is enabled");
        }

        Files.writeString(
                config.resolve("application.properties"),
                "ticketbridge.database.url=jdbc:h2:file:" + folder.resolve("nowhere")
                        + "\nticketbridge.flow.cases.source=vision-one-cases\nticketbridge.flow.cases.profile=tickets"
                        + "\nticketbridge.flow.cases.enabled=false\nticketbridge.profile.tickets.table=incident\n");
        CommandRun check = CommandRun.of("check", "--config", config.toString());
        assertThat(check.exit()).as(check.out()).isEqualTo(2);
        assertThat(check.out()).contains("flows: No flow is enabled", "set ticketbridge.flow.cases.enabled=true");
    }

    @Test
    void while_run_holds_the_ledger_other_commands_work_and_a_second_run_is_refused() {
        try (Bridge bridge = Bridge.in(folder).with("flow.cases.poll", "10s")) {
            bridge.visionOne().addCase("Phishing", "P2");
            String config = bridge.config().toString();
            try (ChildProcess running = ChildProcess.start(folder, "run", "--config", config)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !bridge.tickets().isEmpty() || !running.isAlive());
                assertThat(running.isAlive()).as(running.err()).isTrue();

                CommandRun status = run(bridge, "status", "--output", "json");
                assertThat(status.exit()).as(status.err()).isZero();
                assertThat(status.json().path("flows").get(0).path("flow").asText())
                        .isEqualTo("cases");

                CommandRun imported = run(
                        bridge,
                        "import",
                        Scan.of().fails("encryption", "disk-1").write(folder).toString());
                assertThat(imported.exit()).as(imported.err()).isZero();
                assertThat(bridge.ticket("encryption")).containsEntry("state", "1");

                CommandRun second = run(bridge, "run");
                assertOneLine(second, 2, "another ticketbridge run", "ticketbridge.database.url");
                assertThat(running.isAlive()).isTrue();
            }
        }
    }

    @Test
    void an_option_before_the_command_is_refused_and_not_lost() throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("application.properties"),
                "ticketbridge.database.url=jdbc:h2:file:" + folder.resolve("nowhere"));
        for (String[] command : new String[][] {
            {"--config", config.toString(), "status"}, {"--output", "json", "status"}, {"--once", "run"}
        }) {
            CommandRun run = CommandRun.of(command);

            assertThat(run.exit()).as(run.err()).isEqualTo(2);
            assertThat(run.err())
                    .contains("Options stand behind the command: write " + command[command.length - 1] + " "
                            + command[0]);
        }
    }

    @Test
    void commands_that_look_at_a_ledger_make_none() throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Path ledger = folder.resolve("nowhere");
        Files.writeString(config.resolve("application.properties"), "ticketbridge.database.url=jdbc:h2:file:" + ledger);
        for (String command :
                List.of("status", "explain INC0010002", "release", "replay --list", "replay --discard 1")) {
            List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
            arguments.addAll(List.of("--config", config.toString()));

            assertOneLine(
                    CommandRun.of(arguments.toArray(String[]::new)),
                    2,
                    "there is no ledger in " + ledger + ".mv.db",
                    "--config");
        }
        assertThat(folder)
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("nowhere"));
    }

    @Test
    void the_sandbox_takes_no_settings_of_others() {
        assertOneLine(CommandRun.of("sandbox", "--once", "--config", folder.toString()), 2, "leave --config away");
    }
}
