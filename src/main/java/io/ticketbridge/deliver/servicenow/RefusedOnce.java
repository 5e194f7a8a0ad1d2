package io.ticketbridge.deliver.servicenow;

import java.time.Clock;

/** Keeps a refusal of what it shows for a while, unless that changes: wrong passwords lock users out. Thread-safe. */
final class RefusedOnce implements Authorisation {
    private final Authorisation shown;
    private final String properties;
    private final StandingRefusal refusal;

    /** @param properties where the user reads on, should it be refused */
    RefusedOnce(Authorisation shown, String properties, Clock clock) {
        this.shown = shown;
        this.properties = properties;
        this.refusal = new StandingRefusal(clock);
    }

    @Override
    public String header() {
        return shown.header();
    }

    @Override
    public String value() {
        String value = shown.value();
        refusal.require(value);
        return value;
    }

    @Override
    public boolean refused(String value) {
        refusal.began(
                value,
                until -> "ServiceNow refused the credentials with 401 and is not asked again before " + until
                        + ": check " + properties);
        return shown.refused(value);
    }

    @Override
    public void accepted(String value) {
        refusal.ended();
    }
}
