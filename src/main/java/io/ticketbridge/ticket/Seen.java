package io.ticketbridge.ticket;

import java.time.Instant;

/** What ServiceNow says of a record: its key, number and how far it has come. */
public record Seen(String sysId, String number, String state, Phase phase, Instant openedAt) {}
