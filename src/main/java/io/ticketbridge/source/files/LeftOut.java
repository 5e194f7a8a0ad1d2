package io.ticketbridge.source.files;

/**
 * The record was understood, and is about something else: its file is read as if it were not there. Unlike one that can't be used it hides
 * nothing (P11).
 */
final class LeftOut extends Unfit {
    /** @param kind a few words without content of the record; how many there were of each is said once */
    LeftOut(String kind) {
        super(kind);
    }
}
