package io.ticketbridge.deliver.servicenow;

import java.time.Clock;
import java.time.Instant;

/** Keeps a refusal of what it shows for a while, unless that changes: wrong passwords lock users out. Thread-safe. */
final class RefusedOnce implements Authorisation {
    private record Refusal(String value, Instant until) {}

    private final Authorisation shown;
    private final String properties;
    private final Clock clock;
    private volatile Refusal last;

    /** @param properties where the user reads on, should it be refused */
    RefusedOnce(Authorisation shown, String properties, Clock clock) {
        this.shown = shown;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String header() {
        return shown.header();
    }

    @Override
    public String value() {
        String value = shown.value();
        Refusal refusal = last;
        if (refusal != null && refusal.value().equals(value) && clock.instant().isBefore(refusal.until())) {
            throw new CredentialsRefused("ServiceNow refused the credentials with 401 and is not asked again before "
                    + refusal.until() + ": check " + properties);
        }
        return value;
    }

    @Override
    public boolean refused(String value) {
        last = new Refusal(value, clock.instant().plus(TokenStore.REFUSAL_STANDS));
        return shown.refused(value);
    }

    @Override
    public void accepted(String value) {
        if (last != null) {
            last = null;
        }
    }
}
