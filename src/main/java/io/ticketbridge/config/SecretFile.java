package io.ticketbridge.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that a secret came from. It is looked at whenever the secret is used, which costs a few microseconds, and read again
 * when it is another: Kubernetes swaps a link above it. A file that can't be read or is empty changes nothing. Thread-safe.
 */
final class SecretFile {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);

    private final String property;
    private final Path path;
    private Stamp known;
    private String complaint = "";

    /** What tells one state of a file from another without reading it; null stands for a file that can't be found. */
    private record Stamp(Object file, FileTime written, long size) {
        static Stamp of(Path path) {
            try {
                BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
                return new Stamp(now.fileKey(), now.lastModifiedTime(), now.size());
            } catch (IOException e) {
                return new Stamp(null, null, -1);
            }
        }
    }

    SecretFile(String property, Path path) {
        this.property = property;
        this.path = path;
    }

    /** Hands on what it holds, if it is another file than at the last look; in the order of the changes. */
    synchronized void ifChanged(Consumer<String> taker) {
        Stamp now = Stamp.of(path);
        if (now.equals(known)) {
            return;
        }
        try {
            String text = MountedFiles.valueIn(path);
            known = now;
            if (text.isBlank()) {
                complain("is empty");
            } else {
                complaint = "";
                taker.accept(text);
            }
        } catch (IOException e) {
            complain("can't be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    void sayTaken() {
        LOG.info("A secret was taken over from its changed file. property={} file={}", property, path);
    }

    private void complain(String what) {
        if (!complaint.equals(what)) {
            complaint = what;
            LOG.warn(
                    "The file of a secret {}; the value before goes on. property={} file={} cure=\"write the value"
                            + " into the file\"",
                    what,
                    property,
                    path);
        }
    }
}
