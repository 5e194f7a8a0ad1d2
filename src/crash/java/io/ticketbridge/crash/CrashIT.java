package io.ticketbridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * Killed hundreds of times, and nothing is missing, nothing is there twice, no note is repeated (P1, P15). {@code -Dcrash.seed}
 * repeats a run as far as timing allows, {@code -Dcrash.kills} says how many kills each ledger gets, {@code -Dcrash.ledgers} which
 * ledgers there are.
 */
class CrashIT {
    private static final Path FOLDER = Path.of("target", "crash").toAbsolutePath();

    @Test
    void whenever_it_is_killed_nothing_is_missing_and_nothing_is_there_twice() throws Exception {
        long seed = Long.getLong("crash.seed", new Random().nextInt(1_000_000));
        int kills = Integer.getInteger("crash.kills", 20);
        Path jar = Path.of(System.getProperty("crash.jar", "target/ticketbridge.jar"))
                .toAbsolutePath();
        assertThat(jar).as("package the jar first: mvn package").exists();
        System.out.println("Crash harness: -Dcrash.seed=" + seed + " -Dcrash.kills=" + kills);
        empty(FOLDER);
        Application app = Application.of(jar, Files.createDirectories(FOLDER));

        List<Tally> tallies = new ArrayList<>();
        List<Ledger> ledgers = Arrays.stream(Ledger.values())
                .filter(ledger -> ledger.name().matches(System.getProperty("crash.ledgers", ".*")))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(ledgers.size());
        try {
            CompletionService<Tally> lanes = new ExecutorCompletionService<>(threads);
            for (Ledger ledger : ledgers) {
                Path folder = Files.createDirectories(FOLDER.resolve(ledger.name()));
                lanes.submit(() -> new Lane(ledger, seed, kills, app, folder).run());
            }
            for (int lane = 0; lane < ledgers.size(); lane++) {
                tallies.add(lanes.take().get());
            }
        } finally {
            threads.shutdownNow();
        }

        new Report(seed, tallies).write(FOLDER);
        assertThat(tallies).allSatisfy(tally -> assertThat(tally.kills()).isEqualTo(kills));
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
