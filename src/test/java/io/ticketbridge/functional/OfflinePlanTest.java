package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan --offline}: routes and settings on findings files, with nobody there to be asked. */
class OfflinePlanTest {
    private static final String DEDUPE = "40-dedupe-findings.camel.yaml";

    @TempDir
    private Path folder;

    private Path config;
    private Path routes;

    @BeforeEach
    void write() throws IOException {
        config = Files.createDirectories(folder.resolve("config"));
        routes = Files.createDirectories(folder.resolve("routes"));
        settings("ticketbridge.flow.compliance.filter=${body.account} == '111122223333'");
    }

    /** Neither an address nor a credential; the flow of cases could not run so. */
    private void settings(String more) throws IOException {
        Files.writeString(
                config.resolve("application.properties"),
                """
                ticketbridge.flow.cases.source=vision-one-cases
                ticketbridge.flow.cases.profile=tickets
                ticketbridge.flow.compliance.source=files
                ticketbridge.flow.compliance.group-by=control
                ticketbridge.flow.compliance.profile=tickets
                ticketbridge.profile.tickets.table=incident
                ticketbridge.profile.tickets.field.category=security
                """
                        + more + "\n");
    }

    private CommandRun plan(Scan scan, String... more) {
        Path file = scan.write(folder, "scan.ocsf.json");
        return CommandRun.of(Stream.concat(
                        Stream.of(
                                "plan",
                                "--offline",
                                file.toString(),
                                "--config",
                                config.toString(),
                                "--routes",
                                routes.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static List<String> outcomes(JsonNode plan) {
        return StreamSupport.stream(plan.path("findings").spliterator(), false)
                .map(each ->
                        each.path("check").asText() + " " + each.path("outcome").asText())
                .toList();
    }

    @Test
    void every_finding_has_an_outcome_and_every_group_its_ticket() {
        CommandRun run = plan(
                Scan.of()
                        .fails("ssh", "a", "b")
                        .passes("fine", "c")
                        .manual("by-hand", "d")
                        .muted("known", "e")
                        .in("444455556666")
                        .fails("ssh", "elsewhere"),
                "--output",
                "json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(outcomes(run.json()))
                .containsExactly(
                        "ssh passes",
                        "ssh passes",
                        "fine unchanged",
                        "by-hand inconclusive",
                        "known suppressed",
                        "ssh filtered");
        assertThat(run.json().path("planned")).singleElement().satisfies(planned -> {
            assertThat(planned.path("kind").asText()).isEqualTo("opened");
            assertThat(planned.toString()).contains("\"category\"", "\"security\"");
        });
    }

    @Test
    void a_framework_that_no_finding_has_is_told_with_those_to_choose_from() throws IOException {
        String plain = Scan.of().fails("ssh", "a").json();
        String record =
                plain.substring(1, plain.length() - 2) + ", \"unmapped\": {\"compliance\": {\"CIS-1.5\": [\"5.2\"]}}}";
        Scan scan = Scan.of().raw(record).passes("fine", "b");

        try (CapturedLog log = new CapturedLog()) {
            settings("ticketbridge.flow.compliance.control=CIS-1.5");
            plan(scan);
            assertThat(log.lines(Level.WARN)).isEmpty();

            settings("ticketbridge.flow.compliance.control=CIS 1.5");
            plan(scan);
            assertThat(log.lines(Level.WARN))
                    .containsExactly(
                            "WARN No finding has a control of the framework that the flow names: each goes by its check."
                                    + " flow=compliance control=\"CIS 1.5\" frameworks=[CIS-1.5]");
        }
    }

    @Test
    void a_step_of_an_edited_route_is_what_is_tried() throws IOException {
        String step = "        - filter:\n            id: filter-of-flow\n";
        String shipped = Files.readString(Path.of("routes", DEDUPE));
        Files.writeString(
                routes.resolve(DEDUPE),
                shipped.replace(
                        step,
                        """
                                - filter:
                                    id: is-noise
                                    expression:
                                      simple:
                                        expression: "${body.check} == 'noise'"
                                    steps:
                                      - stop:
                                          id: drop-noise
                        """
                                + step));

        assertThat(outcomes(plan(Scan.of().fails("noise", "a").fails("ssh", "a"), "--output", "json")
                        .json()))
                .containsExactly("noise filtered", "ssh passes");
    }

    @Test
    void a_step_that_fails_on_a_finding_shows_as_dead_and_says_why() throws IOException {
        String shipped = Files.readString(Path.of("routes", DEDUPE));
        String before = "            ref: onlyReadable\n";
        Files.writeString(
                routes.resolve(DEDUPE),
                shipped.replace(
                        before,
                        before
                                + """
                                        - filter:
                                            id: is-to-fail
                                            expression:
                                              simple:
                                                expression: "${body.check} == 'ssh'"
                                            steps:
                                              - throwException:
                                                  id: fail
                                                  message: "no good: ${body.check}"
                                                  exceptionType: java.lang.IllegalStateException
                                        - setBody:
                                            id: lose-the-finding
                                            expression:
                                              constant:
                                                expression: an answer
                                """));

        CommandRun run = plan(Scan.of().fails("ssh", "a").fails("mfa", "a"), "--output", "json");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(outcomes(run.json())).containsExactly("ssh dead", "mfa dead");
        assertThat(run.err()).contains("no good: ssh", "A step of a route put a String in place of the finding");
    }

    @Test
    void no_ledger_is_made_and_none_is_looked_into() throws IOException {
        settings("ticketbridge.database.url=jdbc:postgresql://127.0.0.1:9/nobody");

        CommandRun run = plan(Scan.of().fails("ssh", "a"));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("  passes       fail         high          111122223333 ssh on a", "+ open", "Rule ssh");
    }

    @Test
    void without_files_there_is_nothing_to_try() {
        CommandRun run =
                CommandRun.of("plan", "--offline", "--config", config.toString(), "--routes", routes.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("plan --offline takes findings files");
    }
}
