package io.ticketbridge.source.files;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.run.Run;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A findings file on its way through the pipeline, and what it is evidence of once it was read.
 *
 * @param bytes null if it is no file
 * @param isMeantWhole whether who sent or imported it means it as a whole scan
 */
record FileReading(FindingsFile findings, FileBytes bytes, boolean isMeantWhole, Placeholders placeholders)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileReading.class);

    /** A file that need not be read again. */
    record WasRead(String name, String digest, long size) {}

    FileReading(FindingsFile findings, FileBytes bytes, boolean isMeantWhole) {
        this(findings, bytes, isMeantWhole, new Placeholders());
    }

    FilePages pages(Consumer<Finding> unplaced) {
        return new FilePages(findings, finding -> {
            if (placeholders.isIn(finding)) {
                unplaced.accept(finding);
            }
        });
    }

    /** In a folder more may follow whatever shows no end: who imports a file means it as it is. */
    boolean isStillWritten(boolean isWatched, Instant now) {
        if (bytes == null) {
            return false;
        }
        boolean open = findings.problem().isPresent() || isWatched && !findings.hasEnd();
        long age = now.toEpochMilli() - bytes.modified();
        return !bytes.isAsItWas() || open && age >= 0 && age < WatchedFolder.PATIENCE.toMillis();
    }

    /** Whether what it does not name is gone, as far as it is for the file to say. */
    boolean isWhole() {
        return isMeantWhole && findings.complete();
    }

    /** Says what of it proves nothing, and counts what was left out. */
    void tell(Run run, boolean isStillWritten) {
        if (isStillWritten) {
            LOG.info(
                    "A findings file may still be written: what it says by now counts, and it is read again. file=\"{}\"",
                    bytes.name());
        } else {
            findings.problem()
                    .ifPresent(problem -> LOG.warn(
                            "A findings file is not complete: what it says counts, what it does not say proves nothing. cause=\"{}\"",
                            problem));
        }
        Map<String, Integer> leftOut = findings.leftOut();
        if (!leftOut.isEmpty()) {
            LOG.info(
                    "Records that are no compliance findings, or are over at their source, were left out. flow={} scan=\"{}\" records={}",
                    run.flow(),
                    run.scan(),
                    leftOut);
            run.leavesOut(leftOut.values().stream().mapToInt(Integer::intValue).sum());
        }
        placeholders
                .told()
                .ifPresent(cure -> LOG.warn(
                        "Findings name no account of their own; what the scan does not name there is not taken for gone. flow={} scan=\"{}\" cure=\"{}\"",
                        run.flow(),
                        run.scan(),
                        cure));
    }

    /** Empty if it is no file. */
    Optional<WasRead> wasRead() throws IOException {
        return bytes == null ? Optional.empty() : Optional.of(new WasRead(bytes.name(), bytes.digest(), bytes.size()));
    }

    @Override
    public void close() throws IOException {
        findings.close();
    }
}
