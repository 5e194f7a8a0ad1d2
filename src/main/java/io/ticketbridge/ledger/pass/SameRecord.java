package io.ticketbridge.ledger.pass;

import io.ticketbridge.finding.Digest;
import java.util.UUID;
import java.util.regex.Pattern;

/** Tells whether two raw texts are the same record, read twice: scanners write the time of each scan into all of theirs. */
final class SameRecord {
    private static final Pattern TIMES =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d([.,]\\d{1,9})?)?(Z|[+-]\\d\\d:?\\d\\d)?"
                    + "|(?<=\"[a-z_]{0,40}time\"\\s{0,2}:\\s{0,2})\\d{1,19}");

    private SameRecord() {}

    static UUID digest(String raw) {
        return Digest.of("record", TIMES.matcher(raw).replaceAll(""));
    }
}
