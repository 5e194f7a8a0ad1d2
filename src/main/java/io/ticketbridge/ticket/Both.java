package io.ticketbridge.ticket;

/**
 * What both sides agreed on for one field, each in its own vocabulary.
 *
 * @param source Vision One's value
 * @param ticket ServiceNow's raw value
 */
public record Both(String source, String ticket) {}
