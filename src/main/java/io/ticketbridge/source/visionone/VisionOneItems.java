package io.ticketbridge.source.visionone;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ticket.Sourced;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads cases, or reads alerts. */
interface VisionOneItems {
    /** The pages of everything that changed since then, up to now. */
    LinkedPages changed(String flow, Instant since);

    /** The pages of what is open now. */
    LinkedPages open(String flow);

    /** The pages of those with these ids; empty where those of what is open had all that there is. */
    Optional<LinkedPages> named(String flow, List<String> ids);

    /** The pages of the notes of one case or alert. */
    LinkedPages notes(String flow, String id);

    SourceRecord finding(String flow, ItemWithNotes read);

    /** One case or alert as it is now. @param etag as the answer's header had it, or empty */
    Sourced sourced(String flow, ItemWithNotes read, String etag);

    /** @throws IllegalArgumentException if it is none */
    static Optional<Finding> readable(SourceRecord record) {
        if (record instanceof Finding finding) {
            return Optional.of(finding);
        }
        throw new IllegalArgumentException(((Unreadable) record).error());
    }
}
