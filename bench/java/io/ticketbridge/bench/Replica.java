package io.ticketbridge.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ticketbridge run} in a process of its own, as one of several on a ledger. Closing it stops it. */
final class Replica implements AutoCloseable {
    private static final String HEAP = "-Xmx256m";
    private static final int LONGEST_STOP_SECONDS = 40;

    private final Process process;

    private Replica(Process process) {
        this.process = process;
    }

    /**
     * @param config the folder of its application.properties
     * @param log where its lines are added
     */
    static Replica start(Path config, Path log) throws IOException {
        return new Replica(new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        HEAP,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dlogback.configurationFile=logback.xml",
                        "-cp",
                        WorkerProcess.classPath(),
                        "io.ticketbridge.Ticketbridge",
                        "run",
                        "--config",
                        config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
