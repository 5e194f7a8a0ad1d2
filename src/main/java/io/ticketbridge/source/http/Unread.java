package io.ticketbridge.source.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * What is left of a body that nobody wants. It is let run past: a connection that is closed while its sender still writes would
 * take the answer with it. One that goes on for too long is closed all the same.
 */
final class Unread {
    private static final long LONGEST_MILLIS = 10_000;

    private Unread() {}

    static void discard(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        try {
            request.handler(bytes -> {});
            request.exceptionHandler(broken -> {});
            request.resume();
        } catch (IllegalStateException e) {
            // It ended meanwhile.
            return;
        }
        Vertx vertx =
                Vertx.currentContext() == null ? null : Vertx.currentContext().owner();
        if (vertx != null) {
            vertx.setTimer(LONGEST_MILLIS, timer -> {
                if (!request.isEnded()) {
                    request.connection().close();
                }
            });
        }
    }
}
