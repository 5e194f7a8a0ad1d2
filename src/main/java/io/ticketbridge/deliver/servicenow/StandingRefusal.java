package io.ticketbridge.deliver.servicenow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** A refusal of credentials stands for a while before they are shown again, unless they change: wrong passwords lock users out. Thread-safe. */
final class StandingRefusal {
    static final Duration STANDS = Duration.ofSeconds(30);

    private record Refusal(Object credentials, String said, Instant until) {}

    private final Clock clock;
    private volatile Refusal last;

    StandingRefusal(Clock clock) {
        this.clock = clock;
    }

    /** @param said what whoever is kept from showing them is told, by when that ends */
    void began(Object credentials, Function<Instant, String> said) {
        Instant until = clock.instant().plus(STANDS);
        last = new Refusal(credentials, said.apply(until), until);
    }

    /** @throws CredentialsRefused if these were refused not long ago */
    void require(Object credentials) {
        Refusal refusal = last;
        if (refusal != null
                && refusal.credentials().equals(credentials)
                && clock.instant().isBefore(refusal.until())) {
            throw new CredentialsRefused(refusal.said());
        }
    }

    void ended() {
        if (last != null) {
            last = null;
        }
    }
}
