package io.ticketbridge.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Ticketbridge in a process of its own, from the test's class path, to be killed. Closing it kills it. */
public final class ChildProcess implements AutoCloseable {
    private static final int LONGEST_SECONDS = 90;

    private final Process process;
    private final Path out;
    private final Path err;

    private ChildProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** @param folder where its output goes */
    public static ChildProcess start(Path folder, String... arguments) {
        return start(List.of(), Map.of(), folder, arguments);
    }

    /** The same with these environment variables. */
    public static ChildProcess startWith(Map<String, String> environment, Path folder, String... arguments) {
        return start(List.of(), environment, folder, arguments);
    }

    /** The same in a world where no file can grow beyond so many kilobytes: as on a full disk, writing fails. */
    public static ChildProcess startWithin(int kilobytes, Path folder, String... arguments) {
        return start(
                List.of("bash", "-c", "ulimit -f " + kilobytes + "; exec \"$@\"", "bash"), Map.of(), folder, arguments);
    }

    private static ChildProcess start(
            List<String> wrapper, Map<String, String> environment, Path folder, String... arguments) {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.ticketbridge.Ticketbridge"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return run(builder, folder);
    }

    /**
     * What another command starts.
     *
     * @param folder where its output goes
     */
    public static ChildProcess run(ProcessBuilder builder, Path folder) {
        String name = UUID.randomUUID().toString();
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        try {
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new ChildProcess(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9} does it. */
    public void kill() {
        process.destroyForcibly();
        exit();
    }

    /** As {@code kill -STOP} does it: nothing of it goes on, until {@link #resume}. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As {@code kill} and Kubernetes do it. */
    public void terminate() {
        signal("TERM");
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it ends, and answers its exit code. */
    public int exit() {
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it goes on and on; on standard error: " + err());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a text on standard error. */
    public void awaitErr(String text) {
        await().atMost(Duration.ofSeconds(LONGEST_SECONDS)).until(() -> err().contains(text) || !isAlive());
    }

    public String out() {
        return read(out);
    }

    public String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
