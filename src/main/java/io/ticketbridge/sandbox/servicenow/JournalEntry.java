package io.ticketbridge.sandbox.servicenow;

/**
 * One note on a record.
 *
 * @param element {@code work_notes} or {@code comments}
 * @param createdBy user name of its author
 * @param createdOn UTC, {@code yyyy-MM-dd HH:mm:ss}
 */
public record JournalEntry(String element, String value, String createdBy, String createdOn) {}
