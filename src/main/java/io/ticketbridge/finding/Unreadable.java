package io.ticketbridge.finding;

/**
 * A record that could not be read. It goes to the dead letters and the page goes on (P4).
 *
 * @param raw the record as it came, for whoever looks at the dead letter
 * @param error cause and cure in one sentence
 */
public record Unreadable(String raw, String error) implements SourceRecord {}
