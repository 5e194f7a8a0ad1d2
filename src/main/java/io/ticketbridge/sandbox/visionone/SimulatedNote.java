package io.ticketbridge.sandbox.visionone;

import java.time.Instant;
import java.util.List;

/** A note on a simulated case, with the ids of its attachments. */
public record SimulatedNote(
        String id, String author, Instant createdAt, Instant updatedAt, String text, List<String> attachmentIds) {}
