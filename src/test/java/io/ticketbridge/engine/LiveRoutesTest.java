package io.ticketbridge.engine;

import static io.ticketbridge.engine.SimulatedWorld.untilSettled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.scans.ScanFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Route files are edited while ticketbridge runs (P34). */
class LiveRoutesTest {
    private static final String DEDUPE = "40-dedupe-findings.camel.yaml";
    private static final String SPLIT = "30-split-findings.camel.yaml";
    private static final String PAGE = "11-read-vision-one-page.camel.yaml";
    private static final String DELIVER = "70-deliver-ticket.camel.yaml";
    private static final String GROUPS = "45-split-groups.camel.yaml";
    private static final String AGGREGATE = "50-aggregate-findings.camel.yaml";
    private static final String POLL_FILES = "13-poll-findings-files.camel.yaml";
    private static final String ERRORS = "90-error-handling.camel.yaml";

    @TempDir
    private Path folder;

    private SimulatedWorld world;
    private CapturedLog log;
    private Engine engine;

    @BeforeEach
    void start() {
        world = new SimulatedWorld(folder);
        log = new CapturedLog();
        engine = world.start(false, true);
    }

    @AfterEach
    void stop() {
        engine.close();
        log.close();
        world.close();
    }

    @Test
    void an_added_step_is_taken_over() throws IOException {
        world.edit(DELIVER, "- choice:\n", said("edited") + "- choice:\n");
        awaitLine("INFO A route file was taken over. file=" + DELIVER);

        engine.pass("cases");
        untilSettled(engine);

        assertThat(log.lines(Level.WARN))
                .filteredOn(line -> line.contains("edited"))
                .as("each case's ticket is opened, and looked at once more to tell its case")
                .hasSize(6);
    }

    @Test
    void a_filter_between_two_steps_is_taken_over_and_what_it_drops_is_accounted_for() throws IOException {
        world.edit(
                DEDUPE,
                "        - filter:\n            id: filter-of-flow",
                "        - filter:\n            id: nothing-passes\n            expression:\n              constant:\n"
                        + "                expression: \"false\"\n            steps:\n              - log:\n"
                        + "                  id: never\n                  message: never\n"
                        + "        - stop:\n            id: no-further\n"
                        + "        - filter:\n            id: filter-of-flow");
        awaitLine("INFO A route file was taken over. file=" + DEDUPE);

        engine.pass("cases");
        untilSettled(engine);

        assertThat(world.tickets()).isEmpty();
        assertThat(engine.closeAccounts()).singleElement().satisfies(account -> {
            assertThat(account.addsUp()).isTrue();
            assertThat(account.findings()).containsEntry("filtered", 3L);
        });
    }

    @Test
    void a_file_that_does_not_parse_is_refused_with_file_line_and_reason() throws IOException {
        world.edit(DELIVER, "- choice:\n", "- chose:\n");

        String line = awaitLine("ERROR An edited route file is refused; the old one goes on.");

        assertThat(line).contains(DELIVER, "line 12", "chose").doesNotContain("STACK TRACE");
        assertCasesAreDelivered();
    }

    @Test
    void a_file_that_is_no_yaml_is_refused_with_file_line_and_reason() throws IOException {
        world.edit(DELIVER, "    group: deliver", "   group: deliver");

        assertThat(awaitLine("ERROR An edited route file is refused; the old one goes on."))
                .contains(DELIVER, "line ")
                .doesNotContain("STACK TRACE");
        assertCasesAreDelivered();
    }

    @Test
    void a_file_that_does_not_start_is_refused_and_the_old_one_goes_on() throws IOException {
        world.edit(
                SPLIT,
                "ref: pageSteps\n                    method: closePage",
                "ref: pageStep\n                    method: closePage");

        assertThat(awaitLine("ERROR An edited route file is refused; the old one goes on."))
                .contains(SPLIT, "pageStep")
                .doesNotContain("STACK TRACE");
        assertCasesAreDelivered();
    }

    @Test
    void a_template_that_does_not_start_is_refused_and_its_old_instances_go_on() throws IOException {
        world.edit(
                PAGE,
                "id: normalise-items\n              ref: visionOne",
                "id: normalise-items\n              ref: none");

        assertThat(awaitLine("ERROR An edited route file is refused; the old one goes on."))
                .contains(PAGE, "none");
        assertCasesAreDelivered();
    }

    @Test
    void a_refused_file_that_is_mended_is_taken_over() throws IOException {
        world.edit(DELIVER, "- choice:\n", "- chose:\n");
        awaitLine("ERROR An edited route file is refused");

        world.edit(DELIVER, "- chose:\n", said("mended") + "- choice:\n");

        awaitLine("INFO A route file was taken over. file=" + DELIVER);
        assertCasesAreDelivered();
    }

    @Test
    void an_edited_template_renews_every_flows_instance() throws IOException {
        engine.close();
        world.with("flow.more.source", "files")
                .with(
                        "flow.more.folder",
                        Files.createDirectories(world.scans.resolveSibling("more"))
                                .toString())
                .with("flow.more.profile", "tickets");
        engine = world.start(false, true);
        String split = "          - split:\n              id: each-file\n";
        String say = "          - log:\n              id: say\n              loggingLevel: WARN\n"
                + "              message: files of ${exchangeProperty.flow}\n";
        world.edit(POLL_FILES, split, say + split);
        awaitLine("INFO A route file was taken over. file=" + POLL_FILES);

        engine.pass("compliance");
        engine.pass("more");

        assertThat(log.lines(Level.WARN)).contains("WARN files of compliance", "WARN files of more");
    }

    @Test
    void edited_error_handling_holds_for_the_routes_that_run_already() throws IOException {
        String bury = "          steps:\n            - bean:\n                id: bury-finding";
        world.edit(
                ERRORS,
                bury,
                "          steps:\n            - log:\n                id: say\n                loggingLevel: WARN\n                message: new handling\n"
                        + bury.substring("          steps:\n".length()));
        awaitLine("INFO A route file was taken over. file=" + ERRORS);
        Files.writeString(world.scans.resolve("bad.json"), "[{\"class_uid\": 2003, \"oops\": true}]");

        engine.pass("compliance");

        assertThat(log.lines(Level.WARN)).contains("WARN new handling");
    }

    @Test
    void error_handling_that_does_not_start_is_refused_and_the_old_goes_on() throws IOException {
        world.edit(ERRORS, "ref: failures", "ref: failure");

        assertThat(awaitLine("ERROR An edited route file is refused")).contains(ERRORS, "failure");
        assertCasesAreDelivered();
    }

    @Test
    void a_route_at_work_is_replaced_when_its_work_is_done() throws IOException {
        String poll = "10-poll-vision-one.camel.yaml";
        world.visionOne.faults().next(1, path -> path.endsWith("/cases"), HttpFault.slow(Duration.ofSeconds(7)));
        CompletableFuture<Void> pass = CompletableFuture.runAsync(() -> engine.pass("cases"));
        await().until(() -> engine.context().getInflightRepository().size("poll-vision-one-cases") > 0);

        world.write(poll, world.read(poll).replace("description: Read the cases", "description: Read those cases"));

        awaitLine("INFO A route file is taken over as soon as nothing is under way in its routes. file=" + poll);
        awaitLine("INFO A route file was taken over. file=" + poll);
        pass.join();
        untilSettled(engine);
        assertThat(world.tickets()).hasSize(3);
        assertThat(log.lines(Level.WARN)).isEmpty();
    }

    @Test
    void misspelt_error_handling_is_refused_for_camel_would_ignore_it() throws IOException {
        world.edit(DELIVER, ": delivery-errors", ": deliveries-errors");

        assertThat(awaitLine("ERROR An edited route file is refused"))
                .contains("there is no routeConfiguration deliveries-errors");
        assertCasesAreDelivered();
    }

    @Test
    void a_new_file_that_takes_the_id_of_another_is_refused() throws IOException {
        world.write("71-copy.camel.yaml", world.read(DELIVER));

        assertThat(awaitLine("ERROR An edited route file is refused")).contains("the id deliver-ticket is taken by");
        assertCasesAreDelivered();
    }

    @Test
    void a_deleted_file_falls_back_to_the_jars() throws IOException {
        world.edit(DELIVER, "- choice:\n", said("edited") + "- choice:\n");
        awaitLine("INFO A route file was taken over. file=" + DELIVER);
        log.clear();

        Files.delete(world.routes.resolve(DELIVER));

        assertThat(awaitLine("INFO A route file was taken over. file=" + DELIVER))
                .contains("classpath:");
        assertCasesAreDelivered();
        assertThat(log.lines(Level.WARN)).isEmpty();
    }

    @Test
    void a_config_map_that_is_swapped_is_noticed() throws IOException {
        engine.close();
        Path mount = Files.createDirectories(folder.resolve("mount"));
        mountVersion(mount, "..2026_01", world.read(DELIVER));
        Files.createSymbolicLink(mount.resolve(DELIVER), Path.of("..data", DELIVER));
        engine = world.start(mount, true);

        mountVersion(mount, "..2026_02", world.read(DELIVER).replace("- choice:\n", said("swapped") + "- choice:\n"));

        awaitLine("INFO A route file was taken over. file=" + DELIVER);
        engine.pass("cases");
        untilSettled(engine);
        assertThat(log.lines(Level.WARN)).contains("WARN swapped");
    }

    /** As the kubelet does it: a new folder, and then one link is moved. */
    private static void mountVersion(Path mount, String version, String text) throws IOException {
        Path real = Files.createDirectories(mount.resolve(version));
        Files.writeString(real.resolve(DELIVER), text);
        Path next = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(version));
        Files.move(next, mount.resolve("..data"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void nothing_is_lost_or_doubled_when_routes_are_edited_in_mid_scan() throws IOException {
        int findings = 30_000;
        try (OutputStream out = Files.newOutputStream(world.scans.resolve("big.ocsf.json"))) {
            world.cloud.writeScan(out, ScanFormat.OCSF, findings);
        }
        CompletableFuture<Void> pass = CompletableFuture.runAsync(() -> engine.pass("compliance"));
        int edits = 0;
        while (!pass.isDone()) {
            edits++;
            for (String file : List.of(SPLIT, DEDUPE, GROUPS, AGGREGATE)) {
                world.write(file, world.read(file).replaceFirst("description: .*", "description: Edit " + edits));
            }
            int wanted = edits;
            await().until(() -> pass.isDone() || takenOver() >= wanted);
        }
        pass.join();
        untilSettled(engine);

        assertThat(takenOver()).as("edits taken over while it ran").isGreaterThan(3);
        assertThat(engine.closeAccounts()).singleElement().satisfies(account -> assertAddsUp(account, findings));
        assertThat(world.tickets())
                .extracting(ticket -> ticket.get("correlation_id"))
                .isNotEmpty()
                .doesNotHaveDuplicates();
        assertThat(log.lines(Level.WARN)).isEmpty();
    }

    private static void assertAddsUp(Account account, long read) {
        assertThat(account.read()).isEqualTo(read);
        assertThat(account.addsUp()).as("%s", account).isTrue();
        assertThat(account.findings()).containsEntry("dead", 0L).containsEntry("filtered", 0L);
    }

    private long takenOver() {
        return log.lines(Level.INFO).stream()
                .filter(line -> line.startsWith("INFO A route file was taken over."))
                .count();
    }

    private void assertCasesAreDelivered() {
        engine.pass("cases");
        untilSettled(engine);
        assertThat(world.tickets()).hasSize(3);
    }

    @Test
    void a_file_that_can_not_be_read_is_refused_once_and_keeps_no_other_from_being_taken_over() throws IOException {
        Path apart = Files.createDirectories(world.routes.resolve("mine"));
        Files.writeString(
                apart.resolve("own.camel.yaml"),
                "- route:\n    id: my-own\n    from:\n      uri: direct:my-own\n      steps:\n        - log:\n            message: mine\n");
        awaitLine("INFO A route file was taken over. file=mine/own.camel.yaml");

        Files.move(apart, folder.resolve("elsewhere"));
        Files.createSymbolicLink(apart, world.routes);
        assertThat(awaitLine("ERROR An edited route file is refused")).contains("mine: can't be read");
        Files.write(world.routes.resolve(GROUPS), "# f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1));
        await().until(() ->
                log.lines(Level.ERROR).stream().anyMatch(line -> line.contains(GROUPS + ": must be UTF-8")));
        world.edit(DELIVER, "- choice:\n", said("edited") + "- choice:\n");
        awaitLine("INFO A route file was taken over. file=" + DELIVER);

        assertThat(log.lines(Level.WARN)).hasSize(2);
        assertThat(engine.context().getRoute("my-own")).isNotNull();
    }

    private static String said(String text) {
        return "- log:\n            id: say\n            loggingLevel: WARN\n            message: " + text
                + "\n        ";
    }

    private String awaitLine(String start) {
        return await().alias(start)
                .until(
                        () -> log.lines(Level.INFO).stream()
                                .filter(line -> line.startsWith(start))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow(() -> new AssertionError(log.lines(Level.INFO)));
    }
}
