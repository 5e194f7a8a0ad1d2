package io.ticketbridge.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measures ticketbridge beside other ways to do its work; see bench/README.md. */
public final class Bench {
    private static final Path FOLDER = Path.of("target", "bench");
    private static final String USAGE =
            """
            Usage: Bench short                     every contender, 20,000 findings; fails under a floor
                   Bench full                      100,000 and 1,000,000 findings, and memory
                   Bench memory [FINDINGS RESOURCES]
                   Bench quick h2|postgresql FINDINGS CONTENDERS [ROUNDS]    contenders: all, or letters as in a,b,e
                   Bench delivery [H2,POSTGRESQL [1,8,32 [50,0 [ROUNDS]]]]   tickets a second; at once, milliseconds an answer takes
                   Bench growth [h2,postgresql [FINDINGS,.. [TICKETS,..]]]   fails where a step grows faster than n log n; 0 for none
                   Bench scaling [1,2,3 [TICKETS FINDINGS]]   replicas on one PostgreSQL; tickets for each replica
                   Bench sizing [FINDINGS [RESOURCES]]        what so many a day, and of one control, would need
                   Bench component [ROUNDS]        one call of the ServiceNow component
                   Bench startup [ROUNDS]          from the start of the process to the first poll
            """;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        // Maven hands over all of them as one.
        List<String> words = List.of(String.join(" ", arguments).trim().split("\\s+"));
        Files.createDirectories(FOLDER);
        switch (words.get(0)) {
            case "short" -> measure("short", shortPlans());
            case "full" -> {
                measure("full", fullPlans());
                memory(1_000_000, 100_000);
            }
            case "memory" -> memory(number(words, 1, 1_000_000), number(words, 2, 100_000));
            case "quick" ->
                measure(
                        "quick",
                        List.of(Plan.of(
                                Database.Kind.valueOf(words.get(1).toUpperCase(Locale.ROOT)),
                                number(words, 2, 0),
                                number(words, 4, 3),
                                Contenders.named(words.get(3)))));
            case "delivery" -> DeliveryBench.main(rest(words));
            case "growth" -> grow(words.subList(1, words.size()));
            case "startup" -> startUp(number(words, 1, 9));
            case "scaling" -> scale(words);
            case "sizing" ->
                System.out.print(Sizing.of(
                        Sizing.Figures.read(Sizing.FIGURES),
                        new Sizing.Demand(
                                number(words, 1, (int) Sizing.Demand.USUAL.findings()),
                                Sizing.Demand.USUAL.failing(),
                                Sizing.Demand.USUAL.changed(),
                                number(words, 2, Sizing.Demand.USUAL.resources()))));
            case "component" -> ComponentBench.main(rest(words));
            default -> {
                System.err.print(USAGE);
                System.exit(2);
            }
        }
    }

    private static List<Plan> shortPlans() {
        List<Plan> plans = new ArrayList<>();
        for (Database.Kind kind : Database.Kind.values()) {
            plans.add(new Plan(kind, 20_000, 3, 2, 3, Contenders.named("all")));
        }
        return plans;
    }

    private static List<Plan> fullPlans() {
        List<Plan> plans = new ArrayList<>();
        for (Database.Kind kind : Database.Kind.values()) {
            plans.add(Plan.of(kind, 100_000, 5, Contenders.named("all")));
            plans.add(Plan.of(kind, 1_000_000, 3, Contenders.named("all")));
        }
        return plans;
    }

    private static void measure(String name, List<Plan> plans) throws Exception {
        List<String> missed = new ArrayList<>();
        Results results = new Results(FOLDER, name);
        try (SourceServer server = SourceServer.start();
                Databases databases = new Databases(Files.createTempDirectory(FOLDER, "databases"))) {
            for (Plan plan : plans) {
                Measures measures = Rounds.of(plan, databases, server, FOLDER);
                results.add(measures);
                missed.addAll(Aim.missed(measures));
            }
        }
        results.print();
        if (name.equals("short") && !missed.isEmpty()) {
            missed.forEach(each -> System.err.println("Under its floor: " + each));
            System.exit(1);
        }
    }

    private static void memory(int findings, int resources) throws Exception {
        Results results = new Results(FOLDER, "memory");
        try (SourceServer server = SourceServer.start();
                Databases databases = new Databases(Files.createTempDirectory(FOLDER, "databases"))) {
            Memory.run(results, databases, server, FOLDER, findings, resources);
        }
        results.print();
    }

    private static void grow(List<String> words) throws Exception {
        List<String> tooFast = Growth.run(FOLDER, words);
        tooFast.forEach(System.err::println);
        if (!tooFast.isEmpty()) {
            System.exit(1);
        }
    }

    private static void scale(List<String> words) throws Exception {
        Scaling.Choice full = Scaling.Choice.FULL;
        Results results = new Results(FOLDER, "scaling");
        Scaling.run(
                results,
                FOLDER,
                new Scaling.Choice(
                        words.size() > 1
                                ? Arrays.stream(words.get(1).split(","))
                                        .map(Integer::valueOf)
                                        .toList()
                                : full.replicas(),
                        number(words, 2, full.tickets()),
                        number(words, 3, full.findings())));
        results.print();
    }

    private static void startUp(int rounds) throws Exception {
        Results results = new Results(FOLDER, "startup");
        StartUp.run(results, FOLDER, rounds);
        results.print();
    }

    private static String[] rest(List<String> words) {
        return words.subList(1, words.size()).toArray(String[]::new);
    }

    private static int number(List<String> words, int at, int otherwise) {
        return words.size() > at ? Integer.parseInt(words.get(at)) : otherwise;
    }
}
