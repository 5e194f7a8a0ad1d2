package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.scc.SccEvaluation;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.FaultMix;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever mix of faults befalls all three systems, the end state is the one without faults: one record for one group, in the
 * right state, each note once, and the accounts add up (P1, P5, P15 to P18). {@code -Dfaults.tries=N} draws more mixes,
 * {@code -Dfaults.seed=N} begins with another.
 */
class FaultMixTest {
    private static final long FIRST = Long.getLong("faults.seed", 1);
    private static final int TRIES = Integer.getInteger("faults.tries", 2);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int CONTROLS = 8;
    private static final int CASES = 8;

    @TempDir
    private Path folder;

    static LongStream seeds() {
        return LongStream.range(FIRST, FIRST + TRIES);
    }

    @ParameterizedTest(name = "-Dfaults.seed={0}")
    @MethodSource("seeds")
    void whatever_mix_of_faults_befalls_it_the_end_state_is_the_one_without(long seed) throws IOException {
        Ledger ledger = Ledger.values()[(int) (seed % 2)];
        Map<String, List<String>> undisturbed =
                play(ledger, Files.createDirectories(folder.resolve("quiet")), seed, false);
        Map<String, List<String>> disturbed = play(ledger, Files.createDirectories(folder.resolve("loud")), seed, true);

        assertThat(disturbed).isEqualTo(undisturbed);
    }

    /** Three rounds of news, fixes and recurrences, each followed by one pass without faults. */
    private Map<String, List<String>> play(Ledger ledger, Path place, long seed, boolean faults) {
        Random random = new Random(seed);
        try (Bridge bridge = Bridge.in(place, ledger).withScc(4).withShortWaits()) {
            bridge.with("servicenow.connect-timeout", "500ms")
                    .with("servicenow.request-timeout", TIMEOUT.toSeconds() + "s")
                    .with("vision-one.request-timeout", "2s")
                    .with("scc.request-timeout", "2s");
            IntStream.range(0, CASES).forEach(number -> bridge.visionOne().addCase("Case " + number, "P2"));
            double rate = 0.02 + random.nextDouble() * 0.1;
            for (int round = 0; round < 3; round++) {
                change(bridge, round);
                Path scan = scan(round).write(place);
                if (faults) {
                    mix(bridge, random, rate);
                }
                pass(bridge, scan);
                bridge.serviceNow().faults().clear();
                bridge.visionOne().faults().clear();
                bridge.scc().faults().clear();
                pass(bridge, scan).forEach(quiet -> assertThat(quiet.failure()).isEmpty());
            }
            assertThat(bridge.deadLetters()).isEmpty();
            return tickets(bridge);
        }
    }

    private static List<Pass> pass(Bridge bridge, Path scan) {
        return List.of(bridge.poll(), bridge.importFile(scan), bridge.pollScc());
    }

    private static void mix(Bridge bridge, Random random, double rate) {
        var ofServiceNow = drawn(FaultMix.ofServiceNow(TIMEOUT), random);
        bridge.serviceNow().faults().atRate(rate, random.nextLong(), ofServiceNow);
        bridge.visionOne().faults().atRate(rate, random.nextLong(), drawn(FaultMix.ofVisionOne(), random));
        bridge.scc().faults().atRate(rate, random.nextLong(), drawn(FaultMix.ofScc(), random));
    }

    /** Some of the faults, so that each mix is another. */
    private static <T> List<T> drawn(List<T> all, Random random) {
        List<T> some = new ArrayList<>(all);
        Collections.shuffle(some, random);
        return some.subList(0, 1 + random.nextInt(some.size()));
    }

    private static void change(Bridge bridge, int round) {
        List<String> cases =
                bridge.visionOne().cases().stream().map(each -> each.id()).toList();
        SccEvaluation first = bridge.scc().evaluations().get(round);
        switch (round) {
            case 1 -> {
                bridge.visionOne().addNote(cases.get(0), "An Analyst", "A remark");
                bridge.visionOne().update(cases.get(1), Map.of("priority", "P0"));
                bridge.visionOne().close(cases.get(2), "TruePositive");
                bridge.scc().fix(first.assessmentId(), first.targetId());
                bridge.scc().nextScan();
                bridge.resolve(bridge.ticket("control-5"));
            }
            case 2 -> {
                bridge.visionOne().update(cases.get(2), Map.of("status", "Open"));
                bridge.scc().breakAgain(first.assessmentId(), first.targetId());
                bridge.scc().nextScan();
            }
            default -> {}
        }
    }

    /** Controls 0 and 1 are fixed in the second round and fail again in the third, 2 gets a resource, 3 loses one. */
    private static Scan scan(int round) {
        Scan scan = Scan.of();
        for (int number = 0; number < CONTROLS; number++) {
            String control = "control-" + number;
            if (number < 2 && round == 1) {
                scan.passes(control, "disk-1", "disk-2");
            } else {
                scan.fails(control, "disk-1");
                if (number == 3 && round > 0) {
                    scan.passes(control, "disk-2");
                } else {
                    scan.fails(control, "disk-2");
                }
            }
            if (number == 2 && round > 0) {
                scan.fails(control, "disk-3");
            }
        }
        return scan;
    }

    /** Title and generation to state, text and notes, without what differs from one instance to another. */
    private static Map<String, List<String>> tickets(Bridge bridge) {
        Map<String, List<String>> all = new TreeMap<>();
        bridge.tickets().forEach(ticket -> {
            String key = ticket.get("correlation_display") + " " + ticket.get("short_description")
                    + ticket.get("correlation_id").replaceAll(".*(-\\d+)$", " $1");
            // A report that was read in two parts is told in two notes.
            boolean mayComeInParts = key.contains("scc");
            List<String> told = Stream.concat(
                            Stream.of("state", "priority", "caller_id", "description")
                                    .map(ticket::get),
                            mayComeInParts ? Stream.of() : bridge.notes(ticket).stream())
                    .map(text -> text.replaceAll("INC\\d+|tb-[0-9a-f-]+|\\d{4}-\\d\\d-\\d\\d[T ][0-9:.]+Z?", "#"))
                    .toList();
            assertThat(all.put(key, told)).as("a second ticket %s", key).isNull();
        });
        return all;
    }
}
