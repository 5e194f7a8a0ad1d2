package io.ticketbridge.finding;

/** How bad a finding is, in rising order. {@link #UNKNOWN} where the source gives none (IBM SCC evaluations, say). */
public enum Severity {
    UNKNOWN,
    INFORMATIONAL,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    public boolean isWorseThan(Severity other) {
        return compareTo(other) > 0;
    }
}
