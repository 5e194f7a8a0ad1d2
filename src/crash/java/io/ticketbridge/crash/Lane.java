package io.ticketbridge.crash;

import io.ticketbridge.sandbox.servicenow.Faults;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.FaultMix;
import io.ticketbridge.testing.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** One ledger's way through the kills: the sources change, the process is killed, and now and then everything is compared. */
final class Lane {
    private static final int KILLS_BETWEEN_COMPARISONS = 8;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);

    /** How often a request meets a fault, beside the kills. */
    private static final double AT_SERVICENOW = 0.02;

    private static final double AT_A_SOURCE = 0.005;

    private final Ledger ledger;
    private final long seed;
    private final int kills;
    private final Application app;
    private final Path folder;
    private final Random random;
    private final Deque<Step> steps = new ArrayDeque<>();

    Lane(Ledger ledger, long seed, int kills, Application app, Path folder) {
        this.ledger = ledger;
        this.seed = seed;
        this.kills = kills;
        this.app = app;
        this.folder = folder;
        this.random = new Random(seed);
    }

    /** @throws AssertionError naming everything that is wrong, and the seed */
    Tally run() {
        Instant start = Instant.now();
        Tally tally = new Tally(ledger.name());
        try (World world = new World(folder, ledger, new Random(random.nextLong()))) {
            for (int round = 1; tally.kills() < kills; round++) {
                if (round > 1) {
                    world.change();
                }
                int number = round;
                Step step = next(round);
                boolean killed = say(round + " " + step.words, () -> attempt(world, step, number));
                tally.add(step, killed);
                if (killed && (tally.kills() % KILLS_BETWEEN_COMPARISONS == 0 || tally.kills() == kills)) {
                    say("comparison", () -> compare(world, tally));
                }
            }
            tally.finish(world, Duration.between(start, Instant.now()));
        }
        return tally;
    }

    /** Each step once in random order, and a random instant after every second one; the backlog is killed between pages first. */
    private Step next(int round) {
        if (round == 1) {
            return Step.BETWEEN_PAGES;
        }
        if (steps.isEmpty()) {
            List<Step> order = new ArrayList<>(List.of(Step.values()));
            order.remove(Step.RANDOM);
            Collections.shuffle(order, random);
            for (int i = 0; i < order.size(); i++) {
                steps.add(order.get(i));
                if (i % 2 == 1) {
                    steps.add(Step.RANDOM);
                }
            }
        }
        return steps.remove();
    }

    /** @return whether the process came so far and was killed there */
    private boolean attempt(World world, Step step, int round) {
        Hold hold = round == 1 ? Hold.after("10", "to-split-vision-one") : step.hold(random);
        Path routes = folder.resolve("routes");
        Hold.copyRoutes(routes, hold, round == 1 ? 1 : step.nth(random));
        Faults.Rule armed = step.arm(world.bridge.serviceNow(), random);
        if (round > 1) {
            mixFaults(world, seed + round);
        }
        try (Child child = app.start(folder, world.bridge.config(), routes)) {
            long before = requests(world);
            if (step == Step.RANDOM) {
                if (random.nextInt(5) > 0) {
                    awaitUntil(child, () -> requests(world) > before);
                }
                child.goOn(random.nextInt(1500));
            } else {
                awaitUntil(child, () -> armed == null ? child.standsStill() : armed.used() > 0);
            }
            boolean reached = step == Step.RANDOM || (armed == null ? child.standsStill() : armed.used() > 0);
            return child.kill() && reached;
        } finally {
            if (step != Step.RANDOM) {
                forgetLock();
            }
            world.bridge.serviceNow().faults().clear();
            world.bridge.visionOne().faults().clear();
            world.bridge.scc().faults().clear();
        }
    }

    private static void mixFaults(World world, long seed) {
        Bridge bridge = world.bridge;
        bridge.serviceNow().faults().atRate(AT_SERVICENOW, seed, FaultMix.ofServiceNow(World.TIMEOUT));
        bridge.visionOne().faults().atRate(AT_A_SOURCE, seed, FaultMix.ofVisionOne());
        bridge.scc().faults().atRate(AT_A_SOURCE, seed, FaultMix.ofScc());
    }

    /** Else H2 waits 4 seconds to be sure that whoever held the file is dead. */
    private void forgetLock() {
        try {
            Files.deleteIfExists(folder.resolve("ledger.lock.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long requests(World world) {
        return world.bridge.serviceNow().requests().count()
                + world.bridge.visionOne().requests().count()
                + world.bridge.scc().requests().count();
    }

    private static void awaitUntil(Child child, BooleanSupplier reached) {
        Instant end = Instant.now().plus(LONGEST_WAIT);
        while (child.isAlive() && !reached.getAsBoolean() && Instant.now().isBefore(end)) {
            child.goOn(3);
        }
    }

    private boolean say(String what, BooleanSupplier work) {
        Instant start = Instant.now();
        boolean result = work.getAsBoolean();
        String line = ledger + " " + what + ": " + (result ? "" : "not reached ")
                + Duration.between(start, Instant.now()).toMillis() + " ms\n";
        try {
            Files.writeString(folder.resolve("rounds.log"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return result;
    }

    private boolean compare(World world, Tally tally) {
        Path routes = folder.resolve("routes");
        Hold.copyRoutes(routes, null, 0);
        try (Child child = app.start(folder, world.bridge.config(), routes)) {
            int exit = child.exit();
            Verdict verdict = Verdict.of(world);
            tally.compared(verdict);
            if (exit != 0) {
                tally.wrong("the run to the end exits with " + exit + ":\n" + child.log());
            }
        }
        if (!tally.isClean()) {
            throw new AssertionError(tally.complaint(seed));
        }
        world.compared();
        return true;
    }
}
