package io.ticketbridge.command;

import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.fault.Checked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a command takes route files from. One folder that nobody names may be missing; one that is named may not (P34). */
final class RouteFolder {
    private static final Path USUAL = Path.of("routes");

    @Option(names = "--routes", paramLabel = "DIR", description = "Folder of the route files (default: routes)")
    private Path named;

    /** @throws CannotStart if a folder is named that is not there: what is edited there would be left out without a word */
    Path path() {
        fault().ifPresent(fault -> {
            throw new CannotStart(fault.text() + ": " + fault.cure());
        });
        return named == null ? USUAL : named;
    }

    Optional<Checked> fault() {
        return named == null || Files.isDirectory(named)
                ? Optional.empty()
                : Optional.of(Checked.problem(
                        "routes",
                        "routes",
                        "--routes must name a folder, was " + named,
                        "name the folder that holds your route files, or leave --routes away"));
    }
}
