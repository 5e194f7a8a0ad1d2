package io.ticketbridge.config;

/** How much of the settings a command needs. */
public enum Requirement {
    /** Only the database: what is there must be well written, but flows, addresses and credentials may be missing. */
    LEDGER_ONLY,
    /** Everything that the enabled flows need. */
    FLOWS
}
