package io.ticketbridge.sandbox;

/**
 * A note that a {@link Colleague} typed.
 *
 * @param id the sys_id of the ticket, or the id of the case, that it is on
 * @param field {@code work_notes}, {@code comments} or {@code comment}
 * @param mark the beginning of the text; no other text of any colleague contains it
 */
public record TypedNote(Edit.Side side, String id, String field, String mark, String text) {}
