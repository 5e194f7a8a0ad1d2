package io.ticketbridge.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A layer of the image.
 *
 * @param files its folders, too
 */
record Layer(List<Entry> files) {

    /**
     * A file or folder.
     *
     * @param path from the root on, without a slash at either end
     * @param kind {@code file}, {@code folder}, or what else it is
     * @param mode permissions, with the bits for other users' rights
     */
    record Entry(String path, String kind, int mode, long user, long group, Instant modified, byte[] content) {
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        boolean isFile() {
            return kind.equals("file");
        }
    }

    static Layer read(InputStream in) {
        List<Entry> files = new ArrayList<>();
        try {
            TarArchiveInputStream tar = new TarArchiveInputStream(in);
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.add(new Entry(
                        entry.getName().replaceFirst("^/", "").replaceFirst("/$", ""),
                        kind(entry),
                        entry.getMode() & 07777,
                        entry.getLongUserId(),
                        entry.getLongGroupId(),
                        entry.getLastModifiedTime().toInstant(),
                        tar.readAllBytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Layer(files);
    }

    private static String kind(TarArchiveEntry entry) {
        if (entry.isSymbolicLink() || entry.isLink()) {
            return "link to " + entry.getLinkName();
        }
        if (entry.isDirectory()) {
            return "folder";
        }
        return entry.isFile() ? "file" : "special";
    }
}
