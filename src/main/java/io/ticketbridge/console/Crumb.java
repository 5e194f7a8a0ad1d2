package io.ticketbridge.console;

/** One step of the way to a page. */
public record Crumb(String title, String path) {}
