package io.ticketbridge.deliver.servicenow;

import java.time.Duration;

/**
 * What went wrong with a call to ServiceNow, sorted by what to do next (P18).
 *
 * @param status of the answer, 0 if there was none
 * @param retryAfter how long ServiceNow wants to be left alone, zero where it does not say
 * @param message one sentence, in ServiceNow's words where it had any; safe to log and to store
 */
public record Fault(Kind kind, int status, Duration retryAfter, String message) {
    private static final int SERVICE_UNAVAILABLE = 503;

    /** What to do next. */
    public enum Kind {
        /** 429, or 503 with Retry-After: wait {@code retryAfter}, then send again. */
        RATE_LIMITED,
        /** The request certainly did not arrive: send again, with back-off. */
        NOT_SENT,
        /** It may have been done or not: send a read again; look a write up first. */
        AMBIGUOUS,
        /** 200 with a part of the result, or with none: as {@link #AMBIGUOUS}. */
        TRUNCATED,
        /** 401, and the token was dropped: send again at once. */
        TOKEN_REFUSED,
        /** User, client, key or a brand-new token refused: someone must act; no ticket is at fault. */
        CREDENTIALS_REFUSED,
        /** The record is not there, or not for this user to see. */
        NOT_FOUND,
        /** This request will never pass as it is: dead letters. */
        REFUSED
    }

    /** Whether a write may have been carried out all the same, so that it must be looked up before it is sent again. */
    public boolean mayHaveHappened() {
        return kind == Kind.AMBIGUOUS || kind == Kind.TRUNCATED || status == SERVICE_UNAVAILABLE;
    }

    /** Whether the same request may pass later, with nothing changed by a person. */
    public boolean passes() {
        return kind != Kind.REFUSED && kind != Kind.NOT_FOUND && kind != Kind.CREDENTIALS_REFUSED;
    }
}
