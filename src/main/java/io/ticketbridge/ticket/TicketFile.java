package io.ticketbridge.ticket;

import java.time.Instant;

/** A file attached to a ticket. Size in bytes. */
public record TicketFile(String sysId, String name, String type, long size, String author, Instant at) {}
