package io.ticketbridge.source.workloadprotection;

/** A page of resources that can't be read, which costs its list and nothing else. */
public record Unread(String why) {}
