package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of a ledger outlives its process: a version of H2 wrote over a part of it that was in use, and could not open it again. */
class ReopenedLedgerTest {
    @TempDir
    private Path folder;

    private static String[] disks(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "disk-" + number).toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1_000, 4_000})
    void what_was_read_into_a_ledger_of_before_is_there_after_the_next_start(int findings) {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.baseline", "silence")) {
            bridge.importFile(Scan.of().fails("encryption", disks(0, findings)).write(folder));
            bridge.restart();
            assertThat(bridge.countBeside("select count(*) from finding")).isEqualTo(findings);

            bridge.importFile(Scan.of()
                    .fails("encryption", disks(findings / 2, 2 * findings))
                    .write(folder));
            bridge.restart();

            assertThat(bridge.countBeside("select count(*) from finding")).isEqualTo(2L * findings);
        }
    }
}
