package io.ticketbridge.sandbox.scans;

/** What may be wrong with a scan file. */
public enum ScanVariant {
    COMPLETE,
    /** Half of the records and no end of the array: the scanner was interrupted between two records. */
    UNTERMINATED,
    /** The file ends within a record. */
    CUT_WITHIN_A_RECORD,
    /** The scan behind an older one in the same file, as Prowler leaves it where it is given the name of a file that is there. */
    APPENDED,
    /** An empty array: nothing was scanned. */
    EMPTY,
    /** Ends well, but says nothing of the account's last region. */
    MISSING_REGION,
    /** The first failing record is there twice. */
    DUPLICATE_RECORD,
    /** After a failing record (of a user's first access key, if any) comes a passing one with the same identity. */
    PASS_AND_FAIL
}
