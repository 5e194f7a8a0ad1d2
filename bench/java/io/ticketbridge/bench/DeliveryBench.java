package io.ticketbridge.bench;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Tickets per second through the real delivery routes, against as many of the same calls by a bare client at the same
 * concurrency. A ticket is one request; where it takes more, the bench fails.
 */
public final class DeliveryBench {
    private static final int WARM_UP = 2000;
    /** Before the compiler is done with it, a ticket takes three times as much. */
    private static final int WARM_UPS = 8;

    private static final int UNDELAYED = 2000;

    private final Path folder;
    private final Choice choice;

    /**
     * @param atOnce how many tickets are delivered at once
     * @param delays after how many milliseconds the instance answers
     */
    public record Choice(List<Database.Kind> ledgers, List<Integer> atOnce, List<Integer> delays, int rounds) {
        static final Choice FULL = new Choice(List.of(Database.Kind.values()), List.of(1, 8, 32), List.of(50, 0), 5);
    }

    private DeliveryBench(Path folder, Choice choice) {
        this.folder = folder;
        this.choice = choice;
    }

    /** {@code [H2,POSTGRESQL [1,8,32 [50,0 [5]]]]}: ledgers, how many at once, delays and rounds. */
    public static void main(String[] arguments) throws Exception {
        // What ticketbridge says of each ticket is part of the work.
        System.setProperty("logback.configurationFile", "logback.xml");
        Choice full = Choice.FULL;
        run(
                Files.createTempDirectory(Files.createDirectories(Path.of("target", "bench")), "delivery")
                        .toAbsolutePath(),
                new Choice(
                        arguments.length > 0
                                ? Arrays.stream(arguments[0].split(","))
                                        .map(Database.Kind::valueOf)
                                        .toList()
                                : full.ledgers(),
                        arguments.length > 1 ? numbers(arguments[1]) : full.atOnce(),
                        arguments.length > 2 ? numbers(arguments[2]) : full.delays(),
                        arguments.length > 3 ? numbers(arguments[3]).get(0) : full.rounds()));
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }

    /** @return one row for each ledger, concurrency and delay; each is printed as it is known */
    public static List<DeliveryRow> run(Path folder, Choice choice) throws Exception {
        DeliveryBench bench = new DeliveryBench(folder, choice);
        List<DeliveryRow> rows = new ArrayList<>();
        System.out.println(DeliveryRow.HEADINGS);
        try (Databases databases = new Databases(folder)) {
            for (Database.Kind kind : choice.ledgers()) {
                for (int atOnce : choice.atOnce()) {
                    rows.addAll(bench.measure(databases.make(kind), atOnce));
                }
            }
        }
        return rows;
    }

    private List<DeliveryRow> measure(Database database, int atOnce) throws Exception {
        List<DeliveryRow> rows = new ArrayList<>();
        try (Instance instance = Instance.start();
                DeliveringBridge bridge = new DeliveringBridge(folder, database, instance, atOnce)) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            for (int round = 0; round < WARM_UPS; round++) {
                bridge.read(WARM_UP);
                bridge.deliver();
                Calls.make(WARM_UP, atOnce, bare(client, instance));
            }
            for (int delay : choice.delays()) {
                instance.answerAfter(delay);
                DeliveryRow row = compare(database, atOnce, delay, bridge, instance, client);
                System.out.println(row);
                rows.add(row);
            }
        }
        return rows;
    }

    private DeliveryRow compare(
            Database database, int atOnce, int delay, DeliveringBridge bridge, Instance instance, HttpClient client)
            throws Exception {
        int tickets = delay == 0 ? UNDELAYED : 80 * Math.max(2, atOnce);
        List<Stopwatch> ours = new ArrayList<>();
        List<Stopwatch> bare = new ArrayList<>();
        for (int round = 0; round < choice.rounds(); round++) {
            bridge.read(tickets);
            long before = instance.writes();
            ours.add(Stopwatch.of(tickets, bridge::deliver));
            long written = instance.writes() - before;
            if (written != tickets) {
                throw new IllegalStateException(tickets + " tickets took " + written + " writes");
            }
            Calls.Call call = bare(client, instance);
            bare.add(Stopwatch.of(tickets, () -> Calls.make(tickets, atOnce, call)));
        }
        return DeliveryRow.of(database.kind().name().toLowerCase(Locale.ROOT), atOnce, delay, ours, bare);
    }

    private static Calls.Call bare(HttpClient client, Instance instance) throws Exception {
        HttpRequest write = instance.lastWrite();
        return () -> {
            if (client.send(write, BodyHandlers.ofString()).statusCode() != 201) {
                throw new IllegalStateException("A bare call was refused");
            }
        };
    }
}
