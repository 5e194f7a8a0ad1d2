package io.ticketbridge.source.scc;

/** A GET of the results API: the path below the instance's url, and the query. */
public record SccCall(String path, String query) {}
