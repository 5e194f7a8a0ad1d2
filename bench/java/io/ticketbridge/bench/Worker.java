package io.ticketbridge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The process in which a contender runs: orders on standard input, answers on standard output. It ends with its input. */
final class Worker {
    private final ObjectMapper json = new ObjectMapper();
    private final HeapWatch heap = HeapWatch.start();
    private Contender contender;

    private Worker() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        // Whoever prints something must not be taken for an answer.
        System.setOut(System.err);
        Worker worker = new Worker();
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                answers.println(worker.json.writeValueAsString(worker.obey(line)));
                answers.flush();
            }
        }
        // Threads of a contender that failed must not keep the process.
        System.exit(0);
    }

    private Answer obey(String line) {
        try {
            Order order = json.readValue(line, Order.class);
            return switch (order.what()) {
                case OPEN -> open(order);
                case PASS -> pass(order);
                case CLOSE -> close();
            };
        } catch (Exception | OutOfMemoryError e) {
            e.printStackTrace();
            return answer(null, null, 0, 0, e.toString());
        }
    }

    private Answer open(Order order) throws Exception {
        contender = order.contender().make(order.database());
        contender.prepare(order.source());
        return answer(null, null, 0, 0, null);
    }

    private Answer pass(Order order) throws Exception {
        long begun = System.nanoTime();
        Tally tally = contender.pass(order.source());
        long passed = System.nanoTime();
        contender.settle();
        long settled = System.nanoTime();
        return answer(tally, contender.holdings().orElse(null), (passed - begun) / 1e9, (settled - passed) / 1e9, null);
    }

    private Answer close() {
        contender.close();
        contender = null;
        return answer(null, null, 0, 0, null);
    }

    private Answer answer(Tally tally, Holdings holdings, double seconds, double settling, String error) {
        return new Answer(tally, holdings, seconds, settling, peak(), heap.most(), error);
    }

    /** Linux tells it in kilobytes; elsewhere it is not known and 0. */
    private static long peak() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
