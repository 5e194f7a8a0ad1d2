package io.ticketbridge.engine;

import static io.ticketbridge.engine.SimulatedWorld.untilSettled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An expected failure is one line, said by us; Camel adds none of its own. A quiet hour is silent. */
class LogTest {
    private SimulatedWorld world;
    private CapturedLog log;
    private long saidBefore;

    @BeforeEach
    void start(@TempDir Path folder) {
        world = new SimulatedWorld(folder);
        log = new CapturedLog();
    }

    @AfterEach
    void stop() {
        log.close();
        world.close();
    }

    @Test
    void a_pass_in_which_nothing_changes_says_nothing() throws IOException {
        try (Engine engine = world.start(false, false)) {
            passOverEverything(engine);
            forgetTheLog();

            passOverEverything(engine);

            assertThat(log.lines(Level.INFO)).isEmpty();
        }
    }

    @Test
    void a_delivery_that_servicenow_fails_is_one_line() throws IOException {
        try (Engine engine = world.start(false, false)) {
            world.serviceNow
                    .faults()
                    .next(2, (method, path) -> method.equals("POST") && path.contains("/table/"), Fault.status(500));

            passOverEverything(engine);

            assertThat(log.lines(Level.WARN)).hasSize(2).allSatisfy(line -> assertThat(line)
                    .startsWith("WARN A delivery did not come through; it is tried again.")
                    .doesNotContain("STACK TRACE"));
        }
    }

    @Test
    void a_delivery_that_servicenow_refuses_is_one_line() throws IOException {
        try (Engine engine = world.start(false, false)) {
            world.serviceNow
                    .faults()
                    .next(1, (method, path) -> method.equals("POST") && path.contains("/table/"), Fault.status(403));

            passOverEverything(engine);

            assertThat(log.lines(Level.WARN)).singleElement().satisfies(line -> assertThat(line)
                    .startsWith("ERROR A delivery is refused for good")
                    .doesNotContain("STACK TRACE"));
        }
    }

    @Test
    void a_token_that_is_renewed_is_not_worth_a_line() throws IOException {
        try (Engine engine = world.start(false, false)) {
            passOverEverything(engine);
            forgetTheLog();
            world.serviceNow.revokeAccessTokens();
            world.visionOne.addCase("A new case", "P1");

            passOverEverything(engine);

            assertThat(log.lines(Level.INFO)).singleElement().asString().startsWith("INFO Ticket opened.");
        }
    }

    @Test
    void a_new_case_opens_its_ticket_and_leaves_the_others_alone() throws IOException {
        try (Engine engine = world.start(false, false)) {
            passOverEverything(engine);
            forgetTheLog();
            world.visionOne.addCase("A new case", "P1");

            passOverEverything(engine);

            assertThat(log.lines(Level.INFO)).singleElement().asString().startsWith("INFO Ticket opened.");
        }
    }

    /** The instance works a priority out by itself (P17). */
    @Test
    void what_an_instance_rightly_rewrites_is_one_line_per_profile() throws IOException {
        world.with("profile.tickets.on-open.priority", "5")
                .with("profile.others.table", "incident")
                .with("profile.others.on-open.priority", "5")
                .with("flow.compliance.profile", "others");
        try (Engine engine = world.start(false, false)) {
            passOverEverything(engine);

            assertThat(log.lines(Level.INFO))
                    .filteredOn(line -> line.contains("said once"))
                    .containsExactlyInAnyOrder(rewritten("tickets"), rewritten("others"));
        }
    }

    private static String rewritten(String profile) {
        return "INFO The instance rewrites a column as its rules say; this is said once. profile=" + profile
                + " column=priority";
    }

    @Test
    void a_source_that_stays_down_is_one_line() {
        try (Engine engine = world.start(false, false)) {
            world.visionOne.faults().always(path -> path.contains("/cases"), VisionOneFaults.serverError(500));

            assertThatThrownBy(() -> engine.pass("cases")).isInstanceOf(Failed.class);

            assertOneFailedPass("cases");
        }
    }

    @Test
    void a_source_that_stays_down_is_one_line_also_when_its_time_has_come() {
        world.visionOne.faults().always(path -> path.contains("/cases"), VisionOneFaults.serverError(500));
        try (Engine engine = world.start(true, false)) {
            await().until(() -> !log.lines(Level.WARN).isEmpty()
                    && engine.context().getInflightRepository().size() == 0);

            assertOneFailedPass("cases");
        }
    }

    @Test
    void a_servicenow_that_cannot_be_asked_for_states_is_one_line() throws IOException {
        try (Engine engine = world.start(false, false)) {
            passOverEverything(engine);
            forgetTheLog();
            world.serviceNow.faults().always((method, path) -> method.equals("GET"), Fault.status(500));

            assertThatThrownBy(() -> engine.pass("cases")).isInstanceOf(Failed.class);

            assertOneFailedPass("cases");
        }
    }

    @Test
    void a_bad_record_is_one_line_and_one_says_what_its_scan_no_longer_proves() throws IOException {
        world.cloud.writeScan(world.scans);
        Path file;
        try (var files = Files.list(world.scans)) {
            file = files.findFirst().orElseThrow();
        }
        Files.writeString(file, Files.readString(file).replaceFirst("\\[", "[{\"class_uid\": 2003, \"oops\": true},"));
        try (Engine engine = world.start(false, false)) {
            engine.pass("compliance");
            untilSettled(engine);

            assertThat(log.lines(Level.WARN))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith(
                                            "WARN A record can't be used; it is in the dead letters and the page goes on.")
                                    .doesNotContain("STACK TRACE"),
                            line -> assertThat(line).startsWith("WARN A scan has records that can't be used"));
        }
    }

    @Test
    void a_file_that_is_no_findings_file_is_one_line_and_the_others_are_read() throws IOException {
        Path bad = Files.writeString(world.scans.resolve("bad.json"), "this is a shopping list");
        Files.setLastModifiedTime(bad, FileTime.from(Instant.EPOCH));
        world.cloud.writeScan(world.scans);
        try (Engine engine = world.start(false, false)) {
            engine.pass("compliance");
            untilSettled(engine);

            assertOneFailedPass("compliance");
            assertThat(world.tickets()).isNotEmpty();
        }
    }

    private void assertOneFailedPass(String flow) {
        assertThat(log.lines(Level.WARN)).singleElement().satisfies(line -> assertThat(line)
                .startsWith("ERROR A pass failed; what it did not read is read next time. flow=" + flow)
                .doesNotContain("STACK TRACE"));
    }

    private void forgetTheLog() {
        saidBefore += linesOfNewTickets();
        log.clear();
    }

    /** Ends when every ticket is delivered and said: a line is written after what it tells of is in the ledger. */
    private void passOverEverything(Engine engine) throws IOException {
        world.cloud.writeScan(world.scans);
        engine.pass("cases");
        engine.pass("compliance");
        untilSettled(engine);
        long tickets = engine.database()
                .client()
                .sql("select count(*) from ticket where sys_id is not null")
                .query(Long.class)
                .single();
        await().until(() -> saidBefore + linesOfNewTickets() == tickets);
    }

    private long linesOfNewTickets() {
        return log.lines(Level.INFO).stream()
                .filter(line -> line.contains("Ticket opened"))
                .count();
    }
}
