package io.ticketbridge.source.files;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looked at before anything is taken in: the older of two scans in one file is not about the present. */
final class OneScan {
    private static final Logger LOG = LoggerFactory.getLogger(OneScan.class);

    private OneScan() {}

    /** Of a file that can't be read, whoever reads it is told. */
    static void requireOf(File file) throws NotAFindingsFile {
        Optional<String> second = Optional.empty();
        try (InputStream plain = FindingsFile.unpacked(new FileInputStream(file), file.getName())) {
            second = FindingsFile.secondScan(plain, file.getName());
        } catch (IOException e) {
            LOG.debug("Whoever reads the file is told", e);
        }
        require(second);
    }

    /** Of a body that was sent, which must be findings, and no more than so many bytes, unpacked. */
    static void requireOf(File body, long most) throws IOException {
        FindingsFile.open(new FileInputStream(body), "body").close();
        try (InputStream plain = new NoMore(FindingsFile.unpacked(new FileInputStream(body), "body"), most)) {
            require(FindingsFile.secondScan(plain, "body"));
            plain.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void require(Optional<String> secondScan) throws NotAFindingsFile {
        if (secondScan.isPresent()) {
            throw new NotAFindingsFile(secondScan.get());
        }
    }
}
