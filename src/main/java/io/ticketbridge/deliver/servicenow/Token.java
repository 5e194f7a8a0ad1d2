package io.ticketbridge.deliver.servicenow;

import java.time.Duration;
import java.time.Instant;

/**
 * An access token with its times.
 *
 * @param refresh null where the server gave none
 * @param renewAt from when on a new one is fetched: a tenth of its life, at most a minute, before it expires
 */
record Token(String access, String refresh, Instant renewAt, Instant expiresAt) {
    /** Where the server does not say: ServiceNow's own default. */
    private static final Duration USUAL = Duration.ofMinutes(30);

    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration LEAST = Duration.ofSeconds(1);

    static Token received(String access, String refresh, long expiresInSeconds, Instant now) {
        Duration life = expiresInSeconds <= 0 ? USUAL : Duration.ofSeconds(expiresInSeconds);
        Duration tenth = life.dividedBy(10);
        Duration use = life.minus(tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN);
        return new Token(access, refresh, now.plus(use.compareTo(LEAST) < 0 ? LEAST : use), now.plus(life));
    }

    Token renewNotBefore(Instant time) {
        return new Token(access, refresh, time, expiresAt);
    }

    Token withRefresh(String other) {
        return new Token(access, other, renewAt, expiresAt);
    }

    @Override
    public String toString() {
        return "Token[expiresAt=" + expiresAt + "]";
    }
}
