package io.ticketbridge.sandbox.scc;

import java.util.Locale;

/** What an evaluation says. Only {@link #FAILURE} is a failure and only {@link #PASS} a pass. */
public enum EvaluationStatus {
    PASS,
    FAILURE,
    ERROR,
    SKIPPED;

    String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
