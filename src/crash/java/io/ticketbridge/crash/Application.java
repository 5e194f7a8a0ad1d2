package io.ticketbridge.crash;

import io.ticketbridge.testing.Bridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The real jar, made to start fast, since it is started hundreds of times: with an archive of the classes that a pass loads.
 */
final class Application {
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m");

    private final Path jar;
    private final Path archive;

    private Application(Path jar, Path archive) {
        this.jar = jar;
        this.archive = archive;
    }

    static Application of(Path packaged, Path folder) {
        Application app = new Application(packaged, folder.resolve("ticketbridge.jsa"));
        app.archive(folder.resolve("warm-up"));
        return app;
    }

    private void archive(Path folder) {
        try (Bridge bridge = Bridge.in(Files.createDirectories(folder))) {
            bridge.visionOne().addCase("Warm-up", "P2");
            List<String> command = command(bridge.config(), Path.of("routes"));
            command.add(1, "-XX:ArchiveClassesAtExit=" + archive);
            try (Child warm = Child.start(command, folder.resolve("ticketbridge.log"))) {
                require(warm);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins a full pass. */
    Child start(Path folder, Path config, Path routes) {
        List<String> command = command(config, routes);
        command.add(1, "-XX:SharedArchiveFile=" + archive);
        return Child.start(command, folder.resolve("ticketbridge.log"));
    }

    private List<String> command(Path config, Path routes) {
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(List.of("-jar", "" + jar, "run", "--once", "--config", "" + config, "--routes", "" + routes));
        return command;
    }

    private static void require(Child child) {
        if (child.exit() != 0) {
            throw new AssertionError(child.log());
        }
    }
}
