package io.ticketbridge.sandbox.visionone;

/** How the links to the next page are written. The real service has been seen to do all of these. */
public enum NextLinks {
    /** Absolute, with the vendor's host for the United States: a client must put its own authority in its place. */
    VENDOR_HOST,
    /** The same, with a raw space in the query, which a client must encode. */
    RAW_SPACES,
    /** The same, but the window of time is lost: a client must add its dates again. */
    DROPPED_DATES
}
