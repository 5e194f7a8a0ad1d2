package io.ticketbridge.crash;

import io.ticketbridge.sandbox.scc.EvaluationStatus;
import io.ticketbridge.sandbox.scc.SccEvaluation;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** The simulators and the people who work with them: everything that happens outside of ticketbridge. */
final class World implements AutoCloseable {
    private static final int BACKLOG_OF_CASES = 104;
    private static final Duration BACKLOG_AGE = Duration.ofHours(1);
    private static final int BACKLOG_OF_CONTROLS = 16;

    /** Of a request. A lease is a little longer, and what a killed process claimed rests for so long. */
    static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** A ticket lists so many resources; from there on they are attached. */
    static final int LISTED = 5;

    final Bridge bridge;
    final List<Problem> problems = new ArrayList<>();
    private final Path folder;
    private final Random random;
    private long scans;

    World(Path folder, Ledger ledger, Random random) {
        this.folder = folder;
        this.random = random;
        // What a step arms may not be met before the process ends: the tally says which steps were reached.
        bridge = Bridge.in(folder, ledger).withScc(40).faultsMayWait();
        bridge.with("servicenow.connect-timeout", "500ms")
                .with("servicenow.request-timeout", TIMEOUT.toSeconds() + "s")
                .with("vision-one.request-timeout", TIMEOUT.toSeconds() + "s")
                .with("profile.tickets.max-resources-in-text", String.valueOf(LISTED))
                .with("flow.compliance.folder", waiting(Source.COMPLIANCE).toString())
                .with("flow.reopening.source", "files")
                .with("flow.reopening.group-by", "control")
                .with("flow.reopening.profile", "tickets")
                .with("flow.reopening.on-recurrence", "reopen")
                .with("flow.reopening.folder", waiting(Source.REOPENING).toString());
        // Older than any overlap of two polls: what a watermark leaves behind is not read again by chance.
        bridge.later(BACKLOG_AGE.negated());
        for (Source source : Source.values()) {
            bridge.with("flow." + source.flow + ".max-new-tickets-per-run", "100000")
                    .with("flow." + source.flow + ".max-closures-per-run", "100000");
            IntStream.range(0, source == Source.CASES ? BACKLOG_OF_CASES : BACKLOG_OF_CONTROLS)
                    .forEach(number -> begin(source));
        }
        bridge.later(BACKLOG_AGE);
        scan();
    }

    private Path waiting(Source source) {
        try {
            return Files.createDirectories(folder.resolve("scans-" + source.flow));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something new, something worse, better, fixed, back again, done by a person: a little of each, then a scan. */
    void change() {
        for (Source source : Source.values()) {
            begin(source);
            pick(source, true).ifPresent(this::worsen);
            pick(source, true).ifPresent(random.nextBoolean() ? this::worsen : this::fixAll);
            pick(source, false).ifPresent(this::breakAgain);
            if (source != Source.CASES) {
                pick(source, true).ifPresent(this::fixSome);
                pick(source, true).ifPresent(this::resolveByHand);
            }
        }
        changeScc();
        scan();
    }

    /** Everything was compared: every problem may change again. */
    void compared() {
        problems.forEach(problem -> problem.resting = false);
    }

    private Optional<Problem> pick(Source source, boolean open) {
        List<Problem> free = problems.stream()
                .filter(problem -> problem.source == source && problem.open == open && !problem.resting)
                .toList();
        if (free.isEmpty()) {
            return Optional.empty();
        }
        Problem picked = free.get(random.nextInt(free.size()));
        picked.resting = true;
        return Optional.of(picked);
    }

    private void begin(Source source) {
        Problem problem = new Problem(source, source.flow + "-" + (1000 + problems.size()));
        problem.resting = true;
        problems.add(problem);
        if (source == Source.CASES) {
            problem.title = problem.name;
            problem.caseId = bridge.visionOne().addCase(problem.name, "P2").id();
        } else {
            // Now and then more than a ticket's text lists, so that there are attachments.
            int size = random.nextInt(4) == 0 ? LISTED + 1 + random.nextInt(3) : 1 + random.nextInt(3);
            IntStream.range(0, size).forEach(number -> problem.failing.add(problem.nextResource()));
        }
    }

    private void worsen(Problem problem) {
        if (problem.source != Source.CASES) {
            String joined = problem.nextResource();
            problem.failing.add(joined);
            problem.expect("Joined:", joined);
        } else if (random.nextBoolean()) {
            String remark = problem.name + " remark " + problem.next() + ".";
            bridge.visionOne().addNote(problem.caseId, "An Analyst", remark);
            problem.expect(remark);
        } else {
            String before = problem.title;
            problem.title = problem.name + " version " + problem.next();
            bridge.visionOne().update(problem.caseId, Map.of("name", problem.title));
            problem.expect("- title: " + before + " -> " + problem.title + "\n");
        }
    }

    private void fixSome(Problem problem) {
        String fixed = problem.failing.first();
        if (problem.failing.size() == 1) {
            fixAll(problem);
        } else {
            pass(problem, List.of(fixed));
        }
    }

    private void fixAll(Problem problem) {
        if (problem.source == Source.CASES) {
            bridge.visionOne().close(problem.caseId, "TruePositive");
        } else {
            pass(problem, List.copyOf(problem.failing));
        }
        problem.resolves();
    }

    private void pass(Problem problem, List<String> fixed) {
        fixed.forEach(problem.failing::remove);
        fixed.forEach(resource -> problem.expect("Fixed:", resource));
        problem.passing.addAll(fixed);
    }

    private void breakAgain(Problem problem) {
        if (problem.source == Source.CASES) {
            bridge.visionOne().update(problem.caseId, Map.of("status", "Open"));
        } else {
            problem.failing.add(problem.nextResource());
        }
        problem.recurs();
    }

    /** A person resolves the ticket although nothing is fixed. */
    private void resolveByHand(Problem problem) {
        bridge.resolve(bridge.tickets().stream()
                .filter(ticket -> Verdict.isOf(ticket, problem) && Verdict.isOpen(ticket))
                .findFirst()
                .orElseThrow(() -> new AssertionError(problem + " has no open ticket that a person could resolve")));
        problem.recurs();
    }

    private void changeScc() {
        List<SccEvaluation> seen = bridge.scc().evaluations();
        for (int i = 0; i < 3; i++) {
            SccEvaluation one = seen.get(random.nextInt(seen.size()));
            bridge.scc()
                    .set(
                            one.assessmentId(),
                            one.targetId(),
                            one.status() == EvaluationStatus.FAILURE
                                    ? EvaluationStatus.PASS
                                    : EvaluationStatus.FAILURE);
        }
        bridge.scc().nextScan();
    }

    /** One findings file a flow, of everything there is; never of the same time as the one before. */
    private void scan() {
        scans++;
        for (Source source : List.of(Source.COMPLIANCE, Source.REOPENING)) {
            Scan scan = Scan.of();
            problems.stream().filter(problem -> problem.source == source).forEach(problem -> {
                scan.fails(problem.name, problem.failing.toArray(String[]::new));
                scan.passes(problem.name, problem.passing.toArray(String[]::new));
            });
            Path hidden = scan.write(folder, "." + source.flow + ".json");
            try {
                Path file = waiting(source).resolve("scan-" + (100_000 + scans) + ".ocsf.json");
                Files.setLastModifiedTime(hidden, FileTime.fromMillis(System.currentTimeMillis() - 10_000_000 + scans));
                Files.move(hidden, file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        bridge.close();
    }
}
