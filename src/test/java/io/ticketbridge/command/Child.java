package io.ticketbridge.command;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Ticketbridge in a JVM of its own, as the terminal starts it. */
final class Child implements AutoCloseable {
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private Child(Process process) {
        this.process = process;
        read(process.getInputStream());
        read(process.getErrorStream());
    }

    /** @param folder its working directory, and where its temporary files are */
    static Child start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + folder,
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                "io.ticketbridge.Ticketbridge"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TICKETBRIDGE_"));
        return new Child(builder.start());
    }

    /** What it printed on both streams so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** TERM, as {@code kill} and Kubernetes send it. */
    void terminate() {
        // Not Process.destroy: it closes the streams, and the last words would be lost.
        process.toHandle().destroy();
    }

    /** @return its exit code, or -1 if it is still there after so many seconds */
    int ended(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((left, right) -> left + File.pathSeparator + right)
                .orElseThrow();
    }

    private void read(InputStream stream) {
        Thread reader = new Thread(() -> {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                in.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add("(" + e.getMessage() + ")");
            }
        });
        reader.setDaemon(true);
        reader.start();
    }
}
