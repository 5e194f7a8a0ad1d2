package io.ticketbridge.console;

import java.util.Map;

/** Why a request gets no page, in words for the person who made it. */
final class PageRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    PageRefusal(int status, String message) {
        this(status, message, Map.of());
    }

    PageRefusal(int status, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.headers = headers;
    }

    static PageRefusal unknown() {
        return new PageRefusal(404, "There is no such page.");
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }
}
