package io.ticketbridge.ticket;

import java.time.Instant;

/**
 * One entry of a ticket's journal.
 *
 * @param id the same at each reading, whichever way the journal was read
 * @param internal whether it is a work note; else a comment, which the caller sees
 * @param author ServiceNow's user name, or the display name where the journal's own table may not be read
 * @param at when it was written (UTC), or null where only the user's own date format tells
 * @param shownAt the time as ServiceNow shows it, for where {@code at} is null
 */
public record TicketNote(String id, boolean internal, String author, Instant at, String shownAt, String text) {}
