package io.ticketbridge.finding;

import java.util.Locale;

/** How bad a finding is, in rising order. {@link #UNKNOWN} where the source gives none (IBM SCC evaluations, say). */
public enum Severity {
    UNKNOWN,
    INFORMATIONAL,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** As people and programs are told. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isWorseThan(Severity other) {
        return compareTo(other) > 0;
    }
}
