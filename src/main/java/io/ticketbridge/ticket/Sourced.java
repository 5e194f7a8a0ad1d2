package io.ticketbridge.ticket;

import io.ticketbridge.finding.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A case or alert as Vision One has it now.
 *
 * @param finding empty if it is not there any more
 * @param etag to be sent back as {@code If-Match}; empty if none came
 * @param ticketId the sys_id of the ticket that it is linked to; empty if it is linked to none, null if it can't be
 * @param closedAt when it was closed, null if it is open
 * @param files the files of its notes
 */
public record Sourced(
        Optional<Finding> finding, String etag, String ticketId, Instant closedAt, List<SourceFile> files) {
    public Sourced {
        files = List.copyOf(files);
    }

    /**
     * A file that hangs on a note of a case.
     *
     * @param size in bytes; negative if it is not told
     * @param reference of the note, if ticketbridge may have written it
     */
    public record SourceFile(String id, String name, long size, Optional<String> reference) {}
}
