package io.ticketbridge.ticket;

import java.time.Instant;

/** A file attached to a ticket. Size in bytes; negative if it is not told. */
public record TicketFile(String sysId, String name, String type, long size, String author, Instant at) {}
