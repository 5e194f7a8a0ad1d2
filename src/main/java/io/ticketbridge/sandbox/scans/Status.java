package io.ticketbridge.sandbox.scans;

/** What a check says of a resource, in Prowler's words. */
public enum Status {
    PASS,
    FAIL,
    /** Somebody has to look: neither pass nor fail. */
    MANUAL
}
