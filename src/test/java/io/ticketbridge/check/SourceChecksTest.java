package io.ticketbridge.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.config.Secret;
import io.ticketbridge.config.VisionOneSettings;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.sandbox.visionone.Options;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps cases or files from being read is named, as it keeps a run from it (P30). */
class SourceChecksTest {
    private final SourceChecks checks = new SourceChecks(Clock.systemUTC());

    @TempDir
    private Path folder;

    private static FlowSettings cases(String filter) {
        return Flow.with(Map.of(
                "source",
                "vision-one-cases",
                "source-filter",
                filter,
                "vision-one.url",
                "http://127.0.0.1:1",
                "vision-one.token",
                "one"));
    }

    private Checked last(VisionOneSimulator simulator, String filter) {
        List<Checked> found = checks.visionOne(
                new VisionOneSettings(
                        "default",
                        URI.create(simulator.url()),
                        Secret.of(simulator.token()),
                        Duration.ofSeconds(5),
                        "",
                        1,
                        NetworkSettings.DIRECT),
                "/v3.0/caseManagement/cases?top=50",
                cases(filter));
        return found.get(found.size() - 1);
    }

    @Test
    void a_source_filter_that_the_tenant_does_not_take_is_named_with_its_property() {
        try (VisionOneSimulator simulator = VisionOneSimulator.start(Options.defaults())) {
            assertThat(last(simulator, "prioriy eq 'P1'").verdict()).isEqualTo(Checked.Verdict.PROBLEM);
            assertThat(last(simulator, "prioriy eq 'P1'").toString())
                    .contains("ticketbridge.flow.compliance.source-filter");
            assertThat(last(simulator, "priority eq 'P1'").verdict()).isEqualTo(Checked.Verdict.OK);
        }
    }

    @Test
    void a_folder_whose_files_can_t_be_moved_aside_is_a_problem() throws IOException {
        assertThat(checks.folder(Flow.groupedBy("check"), folder))
                .extracting(Checked::verdict)
                .containsExactly(Checked.Verdict.OK);
        // A file in its place can't be moved into either, and root may write everything else.
        Files.writeString(folder.resolve(".error"), "in the way");

        assertThat(checks.folder(Flow.groupedBy("check"), folder))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.verdict()).isEqualTo(Checked.Verdict.PROBLEM);
                    assertThat(found.toString()).contains(".error");
                });
    }
}
