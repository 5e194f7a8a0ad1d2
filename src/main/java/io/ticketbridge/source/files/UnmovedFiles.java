package io.ticketbridge.source.files;

import io.ticketbridge.fault.Causes;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files that were read and could not be moved, as one of another user in a folder with the sticky bit: while such a file lies there as
 * it was, nothing of its folder is read, or it would be read again and again, after newer ones. Safe for threads.
 */
final class UnmovedFiles {
    private final Map<File, Unmoved> files = new ConcurrentHashMap<>();
    private final Clock clock;

    UnmovedFiles(Clock clock) {
        this.clock = clock;
    }

    private record Unmoved(String folder, AsItWas was) {}

    /** @throws FileSystemException with the cure if it can't be moved */
    void putAway(File file, String folder) throws FileSystemException {
        try {
            WatchedFolder.putAway(file, folder, clock);
            files.remove(file);
        } catch (IOException e) {
            files.put(file, new Unmoved(folder, AsItWas.of(file)));
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "it was read and can't be moved to " + folder + " (" + Causes.sentence(e)
                            + "); no other file is read until it is moved: move it, or give the process the right to");
        }
    }

    /**
     * Those that could not be moved before are, now.
     *
     * @return the others, and what has changed since
     * @throws FileSystemException if one still can't be moved
     */
    List<File> moved(List<File> waiting) throws FileSystemException {
        List<File> left = new ArrayList<>();
        for (File file : waiting) {
            Unmoved before = files.get(file);
            if (before != null && before.was().is(file)) {
                putAway(file, before.folder());
            } else {
                files.remove(file);
                left.add(file);
            }
        }
        return left;
    }
}
