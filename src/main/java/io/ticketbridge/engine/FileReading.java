package io.ticketbridge.engine;

/** How far a findings file was read, in bytes. */
public record FileReading(String name, long read, long size) {}
