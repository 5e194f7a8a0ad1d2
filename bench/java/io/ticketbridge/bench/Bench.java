package io.ticketbridge.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Measures ticketbridge beside other ways to do its work; see bench/README.md. */
public final class Bench {
    private static final Path FOLDER = Path.of("target", "bench");

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "quick" -> quick(words.subList(1, words.size()));
            default -> {
                System.err.println(
                        "Usage: Bench quick h2|postgresql FINDINGS CONTENDERS [ROUNDS]; see bench/README.md");
                System.exit(2);
            }
        }
    }

    /** One database and the contenders that are named, for a look while changing something. */
    private static void quick(List<String> words) throws Exception {
        Database.Kind kind = Database.Kind.valueOf(words.get(0).toUpperCase(Locale.ROOT));
        int rounds = words.size() > 3 ? Integer.parseInt(words.get(3)) : 3;
        Plan plan = new Plan(kind, Integer.parseInt(words.get(1)), rounds, 1, 3, Contenders.named(words.get(2)));
        Files.createDirectories(FOLDER);
        try (SourceServer server = SourceServer.start();
                Databases databases = new Databases(Files.createTempDirectory(FOLDER, "databases"))) {
            System.out.println(Table.of(Rounds.of(plan, databases, server, FOLDER)));
        }
    }
}
