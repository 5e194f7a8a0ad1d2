package io.ticketbridge.ledger.database;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.fault.Checked;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where an H2 ledger's files are. Beside the data H2 keeps the key by which other processes join: whoever can read it is H2's
 * administrator, may change everything, and have H2 run code as this user (P39).
 */
public final class LedgerFolder {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private LedgerFolder() {}

    /** Where it has to be made, it is for this user alone; a folder that is there is somebody's choice. */
    static void make(H2File file) {
        Path folder = file.data().getParent();
        try {
            if (POSIX && !Files.exists(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            // H2 finds the same, and that is told with its cure.
        }
    }

    /** A warning if the files are anybody's. */
    public static Optional<Checked> check(DatabaseSettings settings) {
        return H2File.of(settings.url())
                .flatMap(LedgerFolder::openToOthers)
                .map(folder -> Checked.warning(
                        "ledger",
                        "files",
                        "every user of this machine can read the ledger's files in " + folder
                                + ", and so change them, and run code as this user",
                        "chmod 700 " + folder));
    }

    /** The folder, if every user of this machine can enter it and read the data. */
    static Optional<Path> openToOthers(H2File file) {
        Path folder = file.data().getParent();
        try {
            return POSIX
                            && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE)
                            && Files.getPosixFilePermissions(file.data()).contains(PosixFilePermission.OTHERS_READ)
                    ? Optional.of(folder)
                    : Optional.empty();
        } catch (IOException e) {
            // Not there yet, or it can't be looked at.
            return Optional.empty();
        }
    }
}
