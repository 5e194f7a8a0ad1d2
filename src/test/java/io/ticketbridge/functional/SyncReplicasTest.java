package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.engine.Engine;
import io.ticketbridge.sandbox.Colleague;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.InStep;
import io.ticketbridge.testing.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas keep the same pairs in step at the same time, and nothing is said twice or carried back (P25). */
class SyncReplicasTest {
    private static final int ROUNDS = Integer.getInteger("soak.rounds", 25);
    private static final long SEED = Long.getLong("soak.seed", 1);

    @TempDir
    private Path folder;

    @Test
    void two_replicas_that_sync_the_same_pairs_say_nothing_twice() {
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL).withShortWaits()) {
            IntStream.range(0, 4).forEach(number -> bridge.visionOne().addCase("Case " + number, "P2"));
            bridge.poll();
            try (Engine other = bridge.replica()) {
                Colleague colleague = new Colleague(bridge.visionOne(), bridge.serviceNow(), SEED);
                for (int round = 0; round < ROUNDS; round++) {
                    CompletableFuture<Void> edits = CompletableFuture.runAsync(
                            () -> IntStream.range(0, 6).forEach(time -> colleague.editOnce()));
                    // One of the replicas polls, as the cluster's scheduler has it; both deliver.
                    if (round % 2 == 0) {
                        other.pass(Bridge.CASES);
                    }
                    edits.join();
                    bridge.poll();
                    bridge.later(Duration.ofSeconds(20));
                }
                bridge.poll();
                bridge.later(Duration.ofMinutes(1)).poll();

                assertThat(bridge.deadLetters()).isEmpty();
                InStep.check(bridge, colleague.notes());
                bridge.later(Duration.ofMinutes(1)).listen();
                other.pass(Bridge.CASES);
                bridge.poll();
                assertThat(bridge.writes()).as("writes to ServiceNow").isZero();
                assertThat(bridge.visionOne().requests().countWrites())
                        .as("writes to Vision One")
                        .isZero();
            }
        }
    }
}
