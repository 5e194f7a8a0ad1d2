package io.ticketbridge.deliver.servicenow;

import java.time.Duration;

/** The token endpoint could not be asked or gave no usable answer, so the call itself was not sent. It may work later. */
public final class TokenUnavailable extends RuntimeException {
    private final int status;
    private final transient Duration retryAfter;

    TokenUnavailable(String message, int status, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    Duration retryAfter() {
        return retryAfter == null ? Duration.ZERO : retryAfter;
    }
}
