package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.Colleague;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.InStep;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People edit both sides at random, before and during the passes, while answers are lost, requests refused and ticketbridge
 * stopped and started: at the end both sides are in step, and nothing was said twice (P24 to P26). {@code -Dsoak.rounds=N}
 * makes it long, {@code -Dsoak.seed=N} another one, {@code -Dsoak.ledger=POSTGRESQL} has it on the other database.
 */
class SyncSoakTest {
    private static final Logger LOG = LoggerFactory.getLogger(SyncSoakTest.class);
    private static final int ROUNDS = Integer.getInteger("soak.rounds", 30);
    private static final long SEED = Long.getLong("soak.seed", 1);
    private static final Ledger LEDGER = Ledger.valueOf(System.getProperty("soak.ledger", "H2"));
    private static final int CASES = 4;
    private static final int TIMEOUT = 2;
    private static final Duration FAULTS_END = Duration.ofSeconds(6);

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private int edits;
    private int restarts;
    private int faultyRounds;

    @Test
    void after_any_edits_and_faults_both_sides_are_in_step_and_nothing_was_said_twice() {
        long begun = System.nanoTime();
        try (Bridge bridge = Bridge.in(folder, LEDGER).withShortWaits()) {
            bridge.with("servicenow.request-timeout", TIMEOUT + "s").with("vision-one.request-timeout", TIMEOUT + "s");
            IntStream.range(0, CASES).forEach(number -> bridge.visionOne().addCase("Case " + number, "P2"));
            bridge.poll();
            Colleague colleague = new Colleague(bridge.visionOne(), bridge.serviceNow(), SEED);
            for (int round = 1; round <= ROUNDS; round++) {
                round(bridge, colleague);
                if (round % 250 == 0) {
                    rest(bridge, colleague);
                    LOG.info(
                            "Soaked. rounds={} edits={} notes={}",
                            round,
                            edits,
                            colleague.notes().size());
                }
            }
            rest(bridge, colleague);
            System.out.printf(
                    "soak: seed %d, %d rounds, %d with faults, %d edits, %d notes, %d faults, %d restarts, %d s%n",
                    SEED,
                    ROUNDS,
                    faultyRounds,
                    edits,
                    colleague.notes().size(),
                    faults(bridge),
                    restarts,
                    Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        }
    }

    private void round(Bridge bridge, Colleague colleague) {
        edit(bridge, colleague, 1 + random.nextInt(4));
        boolean faulty = random.nextInt(3) == 0;
        if (faulty) {
            faultyRounds++;
            disturb(bridge);
        }
        int meanwhile = random.nextInt(3);
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> edit(bridge, colleague, meanwhile));
        // Else what a group meets again and again would have to wait for minutes in the end.
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                () -> calm(bridge), CompletableFuture.delayedExecutor(FAULTS_END.toSeconds(), TimeUnit.SECONDS));
        bridge.poll();
        others.join();
        end.cancel(false);
        calm(bridge);
        bridge.later(Duration.ofSeconds(1 + random.nextInt(90)));
        if (random.nextInt(20) == 0) {
            restarts++;
            bridge.restart();
        }
    }

    private void edit(Bridge bridge, Colleague colleague, int times) {
        for (int time = 0; time < times; time++) {
            colleague
                    .editOnce()
                    .ifPresent(
                            edit -> LOG.info("Edited. at={} {}", bridge.clock().instant(), edit));
            synchronized (this) {
                edits++;
            }
        }
    }

    /** Without faults, both sides come to rest and agree; a further pass has nothing to write. */
    private static void rest(Bridge bridge, Colleague colleague) {
        calm(bridge);
        for (int pass = 0; pass < 2; pass++) {
            bridge.later(Duration.ofMinutes(1));
            Pass quiet = bridge.poll();
            assertThat(quiet.failure()).isEmpty();
        }
        assertThat(bridge.deadLetters()).isEmpty();
        InStep.check(bridge, colleague.notes());
        bridge.later(Duration.ofMinutes(1)).listen().poll();
        assertThat(bridge.serviceNow().requests().matching(RequestMatcher.writes()))
                .as("writes to ServiceNow")
                .isEmpty();
        assertThat(bridge.visionOne().requests().countWrites())
                .as("writes to Vision One")
                .isZero();
    }

    private void disturb(Bridge bridge) {
        double rate = 0.03 + random.nextDouble() * 0.12;
        Duration longer = Duration.ofMillis(TIMEOUT * 1000 + 300);
        bridge.serviceNow().faults().atRate(rate, random.nextLong(), some(ofServiceNow(), slow(longer)));
        bridge.visionOne().faults().atRate(rate, random.nextLong(), some(ofVisionOne(), HttpFault.slow(longer)));
    }

    /** Time-outs take long and are rare. */
    private <T> List<T> some(List<T> faults, T timeout) {
        return random.nextInt(4) == 0 ? List.of(faults.get(random.nextInt(faults.size())), timeout) : faults;
    }

    private static Fault slow(Duration longer) {
        return Fault.slowAnswer(longer);
    }

    private static List<Fault> ofServiceNow() {
        return List.of(
                Fault.closedBeforeCommit(),
                Fault.closedAfterCommit(),
                Fault.closedAfterCommit(),
                Fault.halfAnswer(),
                Fault.status(500).afterCommit(),
                Fault.status(502).html(),
                Fault.accepted().afterCommit(),
                Fault.status(429).retryAfter(Duration.ofSeconds(1)),
                Fault.tokensRevoked());
    }

    private static List<HttpFault> ofVisionOne() {
        return List.of(
                HttpFault.refused(),
                HttpFault.lostAnswer(),
                HttpFault.lostAnswer(),
                HttpFault.cutHalfWay(),
                VisionOneFaults.serverErrorAfterCommit(500),
                VisionOneFaults.serverErrorAfterCommit(503),
                VisionOneFaults.serverErrorAfterCommit(504),
                VisionOneFaults.serverError(503),
                VisionOneFaults.conditionNotMet(),
                VisionOneFaults.tooManyRequests(1));
    }

    private static void calm(Bridge bridge) {
        bridge.serviceNow().faults().clear();
        bridge.visionOne().faults().clear();
    }

    private static long faults(Bridge bridge) {
        return bridge.visionOne().faults().fired()
                + bridge.serviceNow().faults().drawn().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }
}
