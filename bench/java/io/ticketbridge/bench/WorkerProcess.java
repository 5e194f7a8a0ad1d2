package io.ticketbridge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker as the driver sees it. Closing it ends the process. */
final class WorkerProcess implements AutoCloseable {
    private static final String HEAP = "-Xmx256m";

    private final ObjectMapper json = new ObjectMapper();
    private final Contenders contender;
    private final Path log;
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    private WorkerProcess(Contenders contender, Path log, Process process) {
        this.contender = contender;
        this.log = log;
        this.process = process;
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param folder where its log goes */
    static WorkerProcess start(Contenders contender, Path folder, String... options) throws IOException {
        Path log = folder.resolve(contender.title() + ".log");
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        // A contender that needs more must not go on with half of its threads.
        command.addAll(List.of(HEAP, "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath(), Worker.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new WorkerProcess(contender, log, process);
    }

    /** Under Maven's test runner the class path is in a file of its own. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    Contenders contender() {
        return contender;
    }

    void open(Database database, URI source) throws IOException {
        order(new Order(Order.What.OPEN, contender, database, source));
    }

    Answer pass(URI source) throws IOException {
        return order(new Order(Order.What.PASS, contender, null, source));
    }

    Answer closeContender() throws IOException {
        return order(new Order(Order.What.CLOSE, contender, null, null));
    }

    private Answer order(Order order) throws IOException {
        orders.write(json.writeValueAsString(order));
        orders.write('\n');
        orders.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("The worker of " + contender.title() + " ended; its log is " + log);
        }
        Answer answer = json.readValue(line, Answer.class);
        if (answer.error() != null) {
            throw new IOException(contender.title() + " failed: " + answer.error() + "; its log is " + log);
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
