package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After a change of {@code group-by} the old ticket and the new ones name each other (P31). */
class ExplainMovedTest {
    @TempDir
    private Path folder;

    private static String explain(Bridge bridge, String id) {
        CommandRun told =
                CommandRun.of("explain", id, "--config", bridge.config().toString());
        assertThat(told.exit()).as(told.err()).isZero();
        return told.out();
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void nothing_is_said_to_be_new_that_only_came_from_another_group(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            Path scan = Scan.of().fails("encryption", "disk-1", "disk-2").write(folder, "scan.json");
            bridge.importFile(scan);
            bridge.restart().with("flow.compliance.group-by", "resource");
            bridge.later(Duration.ofDays(1)).importFile(scan);
            bridge.resolve(bridge.ticket());
            bridge.later(Duration.ofDays(1)).importFile(scan);

            assertThat(explain(bridge, "INC0010001"))
                    .contains("read      2 findings were read for the first time in run 1 (scan.json) and fail\n")
                    .containsPattern(
                            "moved     group-by was changed: in run 3 \\(scan.json\\) went on to 111122223333 disk-[12]"
                                    + " \\(by resource, INC0010002\\), 111122223333 disk-[12] \\(by resource, INC0010003\\)\n");
            assertThat(explain(bridge, "INC0010002"))
                    .contains(
                            "moved     group-by was changed: in run 3 (scan.json) came from encryption (by control (control), INC0010001)\n",
                            "opened    INC0010002: 1 finding fails, no ticket yet in this group, which came from encryption (by control (control), INC0010001)\n")
                    .doesNotContain("for the first time");
        }
    }
}
