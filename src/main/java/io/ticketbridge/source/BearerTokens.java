package io.ticketbridge.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens by what they were given for: due for renewal when 80 % of their lifetime has passed, and kept in memory only. Thread-safe. */
public final class BearerTokens {
    private record Token(String text, Instant renewAt) {}

    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final Clock clock;

    public BearerTokens(Clock clock) {
        this.clock = clock;
    }

    /** Whether there is none, or it is due. */
    public boolean isStale(String name) {
        Token token = tokens.get(name);
        return token == null || !clock.instant().isBefore(token.renewAt());
    }

    /** @param lifetime in seconds */
    public void keep(String name, String text, long lifetime) {
        tokens.put(name, new Token(text, clock.instant().plus(Duration.ofSeconds(lifetime * 4 / 5))));
    }

    /** Empty if there is none. */
    public String text(String name) {
        Token token = tokens.get(name);
        return token == null ? "" : token.text();
    }

    /** @param authorization the header that the refused one was sent in: another token is kept */
    public void forget(String name, String authorization) {
        tokens.computeIfPresent(name, (any, token) -> ("Bearer " + token.text()).equals(authorization) ? null : token);
    }
}
