package io.ticketbridge.deliver.call;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A temporary file whose content is sent once; it is deleted when it has been read. */
public record SpentFile(Path path) {
    InputStream open() {
        try {
            return Files.newInputStream(path, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary file " + path + " is gone", e);
        }
    }

    @Override
    public String toString() {
        return path.getFileName().toString();
    }
}
