package io.ticketbridge.source.files;

import java.io.File;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The files that a pass finds, the oldest first, until one of them has to stay for the next pass: what an older scan says must not
 * be read after what a newer one says. One thread reads them.
 */
final class WaitingFiles implements Iterator<File> {
    private final List<File> files;
    private int taken;
    private boolean waits;

    WaitingFiles(List<File> files) {
        this.files = files;
    }

    @Override
    public boolean hasNext() {
        return !waits && taken < files.size();
    }

    @Override
    public File next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return files.get(taken++);
    }

    /**
     * The last one is read again; those after it wait until it was.
     *
     * @return how many those are
     */
    int waitForLast() {
        waits = true;
        return files.size() - taken;
    }
}
