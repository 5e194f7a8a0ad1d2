package io.ticketbridge.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, to be killed. Closing it kills it. */
final class Child implements AutoCloseable {
    private static final int LONGEST_SECONDS = 120;

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Child start(List<String> command, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TICKETBRIDGE_"));
        try {
            return new Child(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Lets it go on for so long, or until it ends. */
    void goOn(long millis) {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean standsStill() {
        return log().contains(Hold.MARK);
    }

    /**
     * As {@code kill -9} does it.
     *
     * @return whether it was alive until then
     */
    boolean kill() {
        process.destroyForcibly();
        return exit() == 128 + 9;
    }

    /** @return its exit code, when it has ended */
    int exit() {
        goOn(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
        if (process.isAlive()) {
            throw new AssertionError("it goes on and on:\n" + log());
        }
        return process.exitValue();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
