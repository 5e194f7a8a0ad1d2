package io.ticketbridge.sandbox.http;

import java.io.IOException;

/** Answers requests; many threads may call it at once. */
@FunctionalInterface
public interface Handler {
    Answer handle(Request request) throws IOException;
}
