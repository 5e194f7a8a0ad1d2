package io.ticketbridge.engine;

import static io.ticketbridge.engine.SimulatedWorld.untilSettled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.ledger.letter.OpenLetters;
import io.ticketbridge.sandbox.scans.ScanFormat;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failure deep inside reaches the route configuration that knows what to do about it. */
class ErrorLevelsTest {
    private static final RequestMatcher WRITES = (method, path) -> method.equals("POST") && path.contains("/table/");
    private static final RequestMatcher UPLOADS = (method, path) -> path.contains("/attachment/file");

    private SimulatedWorld world;
    private Engine engine;

    @BeforeEach
    void start(@TempDir Path folder) {
        world = new SimulatedWorld(folder);
        engine = world.start(false, false);
    }

    @AfterEach
    void stop() {
        engine.close();
        world.close();
    }

    @Test
    void a_delivery_that_servicenow_refuses_reaches_the_dead_letters() {
        world.serviceNow.faults().next(1, WRITES, Fault.status(403));

        engine.pass("cases");
        untilSettled(engine);

        assertThat(new OpenLetters(engine.database()).of(10)).hasSize(1);
        assertThat(world.tickets()).hasSize(2);
    }

    @Test
    void a_source_that_stays_down_fails_its_run_after_five_repetitions_of_one_request() {
        world.visionOne.faults().always(path -> path.endsWith("/contents"), VisionOneFaults.serverError(500));

        assertThatThrownBy(() -> engine.pass("cases"))
                .isInstanceOf(Failed.class)
                .hasMessageContaining("500");

        // The notes of three cases in a row: then it is not a single case that can't be read.
        assertThat(world.visionOne.requests().matching(request -> request.path().endsWith("/contents")))
                .hasSize(3 * (1 + 5));
        assertThat(runs()).isEqualTo(Map.of("failed", 1L));
    }

    @Test
    void an_upload_that_fails_is_owed_until_it_is_done() throws IOException {
        try (OutputStream out = Files.newOutputStream(world.scans.resolve("many.ocsf.json"))) {
            world.cloud.writeFailures(out, ScanFormat.OCSF, "ec2_instance_imdsv2_enabled", 2000);
        }
        world.serviceNow.faults().next(1, UPLOADS, Fault.status(500));

        engine.pass("compliance");
        untilSettled(engine);

        assertThat(world.tickets()).singleElement().satisfies(ticket -> assertThat(
                        world.serviceNow.attachments(ticket.get("sys_id")))
                .isNotEmpty());
    }

    private Map<String, Long> runs() {
        return engine
                .database()
                .client()
                .sql("select state, count(*) from run group by state")
                .query((row, number) -> Map.entry(row.getString(1), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
