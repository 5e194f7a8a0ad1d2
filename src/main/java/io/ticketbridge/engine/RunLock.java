package io.ticketbridge.engine;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.ledger.database.H2File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second {@code run} away from the same H2 file; other commands go on beside it. The lock is the operating system's,
 * so that a killed process holds nothing. PostgreSQL needs none: there replicas share the work.
 */
final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    static RunLock take(DatabaseSettings database) {
        return H2File.of(database.url())
                .map(file -> take("ticketbridge.database.url", file))
                .orElseGet(() -> new RunLock(null));
    }

    /** @param property where the file is named */
    static RunLock take(String property, H2File name) {
        Path file = name.beside(".run.lock");
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new CannotStart(property + ": another ticketbridge run is at work on the ledger " + name
                        + ": stop it, or give this one a ledger of its own");
            }
            return new RunLock(channel);
        } catch (IOException e) {
            throw new CannotStart(property + ": the folder of the ledger " + name + " can't be written ("
                    + e.getClass().getSimpleName() + " " + e.getMessage()
                    + "): make it writable, or name another");
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // The process ends, and with it the lock.
            }
        }
    }
}
