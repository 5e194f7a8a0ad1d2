package io.ticketbridge.bench;

/**
 * What a ledger holds after a pass, to be held against another.
 *
 * @param findings rows of findings in groups
 * @param failing those of them that fail
 * @param groups groups
 */
record Holdings(long findings, long failing, long groups) {}
