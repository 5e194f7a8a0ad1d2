package io.ticketbridge.ledger.pass;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.letter.DeadLetters.DeadLetter;
import io.ticketbridge.ledger.letter.DeadRecords;
import io.ticketbridge.ledger.run.Run;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the dead letters of records that a later scan has read: to replay those would write what was true before over what is true
 * now. What no later scan has said anything of stays, for it is known from nowhere else (P4).
 */
final class OutdatedLetters {
    private static final Logger LOG = LoggerFactory.getLogger(OutdatedLetters.class);
    private static final int AT_ONCE = 500;

    private final DeadLetters letters;
    private final DeadRecords records;

    OutdatedLetters(DeadLetters letters, DeadRecords records) {
        this.letters = letters;
        this.records = records;
    }

    /** @param run it was read, or as far as it came */
    void close(Run run) {
        try {
            closeOutdated(run);
        } catch (RuntimeException e) {
            // Tidying up must not fail what was read; the next run does it.
            LOG.debug("Letters of earlier scans could not be looked at. flow={}", run.flow(), e);
        }
    }

    private void closeOutdated(Run run) {
        int closed = 0;
        List<DeadLetter> next = letters.open().before(run.flow(), run.id(), 0, AT_ONCE);
        while (!next.isEmpty()) {
            for (DeadLetter letter : next) {
                if (isOutdated(letter, run)) {
                    letters.close(letter, "A later scan has it");
                    closed++;
                }
            }
            next = letters.open()
                    .before(run.flow(), run.id(), next.get(next.size() - 1).id(), AT_ONCE);
        }
        if (closed > 0) {
            LOG.info(
                    "Records that could not be used before were read by a later scan; their dead letters are closed. flow={} letters={}",
                    run.flow(),
                    closed);
        }
    }

    private boolean isOutdated(DeadLetter letter, Run run) {
        if (records.hindrance(letter).isPresent()) {
            return false;
        }
        try {
            List<SourceRecord> read = records.read(List.of(letter));
            return !read.isEmpty()
                    && read.stream().allMatch(record -> record instanceof Finding finding && run.speaksOf(finding));
        } catch (RuntimeException e) {
            LOG.debug("A dead letter still can't be read. id={}", letter.id(), e);
            return false;
        }
    }
}
