package io.ticketbridge.source.api;

/** What a pass that was read to its end proves by what it does not name (P11). */
enum Evidence {
    /** Nothing: what is absent goes on as it is. */
    NONE,
    /** As a findings file: for the account, region and check of each finding that it names, it names all there is. */
    CHECKS,
    /** For each scope that it names, it names all there is. */
    ALL
}
