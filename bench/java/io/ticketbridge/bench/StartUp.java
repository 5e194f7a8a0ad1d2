package io.ticketbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * From the start of a process to its first call to the source: ticketbridge as users run it, beside a bare {@link Hello} that is
 * packed in the same way. They take turns; a ratio is taken within one round.
 */
final class StartUp implements AutoCloseable {
    private static final Path JAR = Path.of("target", "ticketbridge.jar").toAbsolutePath();
    private static final String JAVA = ProcessHandle.current().info().command().orElse("java");
    private static final double AIM = 1.5;

    /**
     * @param seconds until the call
     * @param processor seconds of processor time until then, of user and system together
     */
    record Start(int round, Starter starter, double seconds, double processor) {}

    private final FirstCall source = FirstCall.listen();
    private final Path folder;
    private final Path hello;
    private final List<Start> starts = new ArrayList<>();

    private StartUp(Path folder) throws IOException {
        this.folder = Files.createTempDirectory(folder, "start-up").toAbsolutePath();
        hello = HelloJar.make(this.folder.resolve("hello.jar"), source.source());
    }

    /** @param folder where its files go */
    static void run(Results results, Path folder, int rounds) throws Exception {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("There is no " + JAR + ": run mvn -DskipTests package");
        }
        try (StartUp startUp = new StartUp(folder)) {
            startUp.archive(Starter.HELLO_ARCHIVED);
            startUp.archive(Starter.ARCHIVED);
            for (int round = -1; round < rounds; round++) {
                startUp.round(round);
            }
            results.add(startUp.table(rounds), startUp.starts);
        }
    }

    /** What README says: keep the classes of one start. */
    private void archive(Starter starter) throws Exception {
        start(-1, starter, place(starter.name()), "-XX:ArchiveClassesAtExit=" + archiveOf(starter));
    }

    private Path archiveOf(Starter starter) {
        return folder.resolve(starter + ".jsa");
    }

    private Path place(String name) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(place.resolve("config"));
        Files.writeString(place.resolve("config/application.properties"), settings());
        return place;
    }

    private void round(int round) throws Exception {
        Path place = place("round" + round);
        for (Starter starter : Starter.values()) {
            Start start = starter.isArchived()
                    ? start(round, starter, place, "-XX:SharedArchiveFile=" + archiveOf(starter))
                    : start(round, starter, place);
            System.err.printf(
                    "round %d: %s: %.2f s, %.2f s of processor time%n",
                    round + 1, starter.title(), start.seconds, start.processor);
            if (round >= 0) {
                starts.add(start);
            }
        }
    }

    private String settings() {
        return """
                ticketbridge.scc.url=%s
                ticketbridge.scc.iam-url=%s/token
                ticketbridge.scc.api-key=key
                ticketbridge.servicenow.url=%s
                ticketbridge.servicenow.client-id=id
                ticketbridge.servicenow.client-secret=secret
                ticketbridge.flow.scc.source=scc
                ticketbridge.flow.scc.group-by=control
                ticketbridge.flow.scc.profile=tickets
                ticketbridge.profile.tickets.table=incident
                ticketbridge.http.port=0
                """
                .formatted(source.source(), source.source(), source.instance());
    }

    private Start start(int round, Starter starter, Path place, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(List.of(options));
        command.addAll(starter.isHello() ? List.of("-jar", hello.toString()) : List.of("-jar", JAR.toString(), "run"));
        CompletableFuture<Long> called = source.next();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(place.resolve(starter + ".log").toFile());
        long begun = System.nanoTime();
        Process process = builder.start();
        try {
            double seconds = (called.get(60, TimeUnit.SECONDS) - begun) / 1e9;
            Duration processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
            return new Start(round, starter, seconds, processor.toNanos() / 1e9);
        } finally {
            // TERM: the ledger is closed, as the next start finds it.
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private String table(int rounds) {
        Map<Starter, double[]> medians = new EnumMap<>(Starter.class);
        for (Starter starter : Starter.values()) {
            medians.put(starter, new double[] {
                median(rounds, round -> of(round, starter).seconds),
                median(rounds, round -> of(round, starter).seconds / of(round, starter.hello()).seconds),
                median(rounds, round -> of(round, starter).processor),
                median(rounds, round -> of(round, starter).processor / of(round, starter.hello()).processor)
            });
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "### Start to first poll, %d rounds%n%n| | ratio (aim %.1f) | seconds | ratio of processor time | seconds |%n"
                        + "| --- | --- | --- | --- | --- |%n",
                rounds,
                AIM));
        medians.forEach((starter, median) -> text.append(String.format(
                Locale.ROOT,
                "| %s | **%.2f** | %.2f | %.2f | %.2f |%n",
                starter.title(),
                median[1],
                median[0],
                median[3],
                median[2])));
        return text.toString();
    }

    private Start of(int round, Starter starter) {
        return starts.stream()
                .filter(each -> each.round == round && each.starter == starter)
                .findFirst()
                .orElseThrow();
    }

    private static double median(int rounds, IntToDoubleFunction value) {
        return Measures.median(
                IntStream.range(0, rounds).mapToDouble(value).boxed().toList());
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
