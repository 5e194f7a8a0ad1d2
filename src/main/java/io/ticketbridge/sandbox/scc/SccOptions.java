package io.ticketbridge.sandbox.scc;

import java.time.Clock;
import java.time.Duration;

/**
 * How a simulated SCC starts.
 *
 * @param port 0 for any free one
 * @param seed the same seed and clock give the same reports
 * @param resources about how many resources each of the two scopes has; evaluations are about three times as many
 * @param apiKey what IAM gives tokens for
 * @param tokenLifetime how long a token is good
 */
public record SccOptions(int port, long seed, int resources, Clock clock, String apiKey, Duration tokenLifetime) {

    /** Any port, 540 resources a scope, the system's clock, tokens for an hour. */
    public static SccOptions defaults() {
        return new SccOptions(0, 1, 540, Clock.systemUTC(), "sandbox-scc-api-key", Duration.ofHours(1));
    }

    public SccOptions withPort(int other) {
        return new SccOptions(other, seed, resources, clock, apiKey, tokenLifetime);
    }

    public SccOptions withSeed(long other) {
        return new SccOptions(port, other, resources, clock, apiKey, tokenLifetime);
    }

    public SccOptions withResources(int other) {
        return new SccOptions(port, seed, other, clock, apiKey, tokenLifetime);
    }

    public SccOptions withClock(Clock other) {
        return new SccOptions(port, seed, resources, other, apiKey, tokenLifetime);
    }

    public SccOptions withTokenLifetime(Duration other) {
        return new SccOptions(port, seed, resources, clock, apiKey, other);
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "SccOptions[port=" + port + ", seed=" + seed + ", resources=" + resources + "]";
    }
}
