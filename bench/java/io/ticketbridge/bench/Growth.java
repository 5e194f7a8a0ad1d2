package io.ticketbridge.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What each step costs at several sizes: none may grow faster than n log n, and a rescan may not slow down with the ledger's age. */
final class Growth {
    private static final int GOES = 3;

    private final Path folder;
    private final List<Database.Kind> kinds;
    private final List<Integer> findings;
    private final List<Integer> tickets;
    private final Results results;
    private final List<String> missed = new ArrayList<>();

    private Growth(Path folder, List<String> words) {
        this.folder = folder;
        kinds = Arrays.stream((words.isEmpty() ? "h2,postgresql" : words.get(0)).split(","))
                .map(kind -> Database.Kind.valueOf(kind.toUpperCase(Locale.ROOT)))
                .toList();
        findings = numbers(words, 1, "10000,100000");
        tickets = numbers(words, 2, "1000,10000,100000");
        results = new Results(folder, "growth");
    }

    /** @return what grows too fast, in words */
    static List<String> run(Path folder, List<String> words) throws Exception {
        Growth growth = new Growth(folder, words);
        growth.measure();
        growth.results.print();
        return growth.missed;
    }

    private static List<Integer> numbers(List<String> words, int at, String otherwise) {
        return Arrays.stream((words.size() > at ? words.get(at) : otherwise).split(","))
                .filter(number -> !number.equals("0"))
                .map(Integer::valueOf)
                .sorted()
                .toList();
    }

    private void measure() throws Exception {
        try (SourceServer server = SourceServer.start();
                Databases databases = new Databases(Files.createTempDirectory(folder, "databases"))) {
            for (Database.Kind kind : kinds) {
                tell(kind, "findings", findingSteps(kind, databases, server));
                tell(kind, "open tickets", ticketSteps(kind, databases));
            }
        }
    }

    /** A small size goes first once more, so that what is measured is compiled. */
    private List<GrowingStep> findingSteps(Database.Kind kind, Databases databases, SourceServer server)
            throws Exception {
        Map<String, GrowingStep> steps = new LinkedHashMap<>();
        FindingSteps passes = new FindingSteps(databases, server);
        if (!findings.isEmpty()) {
            passes.measure(kind, findings.get(0), 1);
        }
        for (int size : findings) {
            passes.measure(kind, size, GOES).forEach((name, cost) -> {
                say(kind, size, name, cost);
                steps.computeIfAbsent(name, each -> new GrowingStep(kind, each)).add(size, cost);
            });
        }
        return List.copyOf(steps.values());
    }

    private List<GrowingStep> ticketSteps(Database.Kind kind, Databases databases) throws Exception {
        Map<String, GrowingStep> steps = new LinkedHashMap<>();
        List<Integer> sizes = new ArrayList<>(tickets);
        if (!tickets.isEmpty()) {
            sizes.add(0, tickets.get(Math.min(1, tickets.size() - 1)));
        }
        for (int i = 0; i < sizes.size(); i++) {
            int size = sizes.get(i);
            Database database = databases.make(kind);
            try (FilledLedger filled = new FilledLedger(database, size)) {
                for (var step : new TicketSteps(filled).all().entrySet()) {
                    Cost cost = Cost.median(GOES, step.getValue());
                    say(kind, size, step.getKey(), cost);
                    if (i > 0) {
                        steps.computeIfAbsent(step.getKey(), name -> new GrowingStep(kind, name))
                                .add(size, cost);
                    }
                }
            } finally {
                databases.drop(database);
            }
        }
        return List.copyOf(steps.values());
    }

    private static void say(Database.Kind kind, int size, String name, Cost cost) {
        System.err.printf(
                Locale.ROOT,
                "%s %,d: %s, %,.1f ms, %,.1f ms of processor time%n",
                kind.title(),
                size,
                name,
                cost.clock(),
                cost.processor());
    }

    private void tell(Database.Kind kind, String unit, List<GrowingStep> steps) throws Exception {
        if (steps.isEmpty()) {
            return;
        }
        results.add(
                table(kind, unit, steps), steps.stream().map(GrowingStep::asMap).toList());
        Files.writeString(
                folder.resolve(
                        "growth-" + kind.name().toLowerCase(Locale.ROOT) + "-" + unit.replace(' ', '-') + ".svg"),
                GrowthPlot.of(kind.title() + ", milliseconds by " + unit, steps));
        steps.forEach(step -> step.tooFast().ifPresent(missed::add));
        age(kind, steps);
    }

    private void age(Database.Kind kind, List<GrowingStep> steps) {
        Map<String, GrowingStep> named = new LinkedHashMap<>();
        steps.forEach(step -> named.put(step.name(), step));
        if (named.containsKey(FindingSteps.OLD)) {
            int size = findings.get(findings.size() - 1);
            double times = GrowingStep.times(
                    kind,
                    named.get(FindingSteps.OLD).costs().get(size),
                    named.get(FindingSteps.YOUNG).costs().get(size));
            if (times > GrowingStep.TOLERANCE) {
                missed.add(String.format(
                        Locale.ROOT, "%s: a rescan of an old ledger takes %.1f times as long", kind.title(), times));
            }
        }
    }

    private static String table(Database.Kind kind, String unit, List<GrowingStep> steps) {
        TreeSet<Integer> sizes = new TreeSet<>();
        steps.forEach(step -> sizes.addAll(step.costs().keySet()));
        StringBuilder text = new StringBuilder(
                "### " + kind.title() + ", by " + unit + "\n\n| milliseconds, and microseconds for each |");
        sizes.forEach(size -> text.append(String.format(Locale.ROOT, " %,d |", size)));
        text.append(" exponent | against n log n |\n|")
                .append(" --- |".repeat(sizes.size() + 3))
                .append('\n');
        for (GrowingStep step : steps) {
            text.append("| ").append(step.name()).append(" |");
            step.costs()
                    .forEach((size, cost) -> text.append(
                            String.format(Locale.ROOT, " %,.1f (%,.1f) |", cost.clock(), cost.clock() * 1e3 / size)));
            text.append(String.format(Locale.ROOT, " %.2f | %.2f |%n", step.exponent(), step.againstLinearithmic()));
        }
        return text.toString();
    }
}
