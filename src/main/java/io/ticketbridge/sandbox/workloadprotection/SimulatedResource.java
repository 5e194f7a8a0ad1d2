package io.ticketbridge.sandbox.workloadprotection;

/** Something that controls look at. */
public record SimulatedResource(String hash, String name, String kind, String type, String account, String location) {}
