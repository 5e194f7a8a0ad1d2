package io.ticketbridge.ticket;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A person closed a ticket as an accepted risk.
 *
 * @param as the close code that says so, as ServiceNow shows it
 * @param until when it ends; null if it holds until somebody changes it
 * @param over whether its end was seen, and what it covered was released
 */
public record Acceptance(String as, Instant until, boolean over) {
    public Acceptance(String as, Instant until) {
        this(as, until, false);
    }

    public boolean holds(Instant now) {
        return !over && (until == null || now.isBefore(until));
    }

    public boolean saysTheSameAs(Acceptance other) {
        return other != null
                && as.equals(other.as)
                && (until == null ? other.until == null : until.equals(other.until));
    }

    /** For people, after the number of the ticket. */
    public String told() {
        return "was closed as an accepted risk " + (until == null ? "without an end" : "until " + date());
    }

    /** The end for people: a day, where it ends with the beginning of one. */
    public String date() {
        Instant day = until.truncatedTo(ChronoUnit.DAYS);
        return until.equals(day)
                ? day.atOffset(ZoneOffset.UTC).toLocalDate().toString()
                : until.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
