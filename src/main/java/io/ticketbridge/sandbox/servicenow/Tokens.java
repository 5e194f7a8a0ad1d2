package io.ticketbridge.sandbox.servicenow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The tokens that are out, each for one kind of grant, and until when. */
final class Tokens {

    private static final Duration REFRESH_LIFETIME = Duration.ofDays(100);

    /** What a client holds; the refresh token is "" for client credentials. */
    record Issued(String accessToken, String refreshToken, long expiresInSeconds) {}

    private record Grant(String accessToken, String refreshToken, Instant accessEnds, Instant refreshEnds) {}

    private final Clock clock;
    private final SysIds ids;
    private final Settings settings;
    private final Duration lifetime;
    private final Map<String, Grant> grants = new HashMap<>();
    private final Map<String, Instant> accessTokens = new HashMap<>();

    Tokens(Clock clock, SysIds ids, Settings settings, Duration lifetime) {
        this.clock = clock;
        this.ids = ids;
        this.settings = settings;
        this.lifetime = lifetime;
    }

    synchronized boolean isValid(String accessToken) {
        Instant ends = accessTokens.get(accessToken);
        return ends != null && clock.instant().isBefore(ends);
    }

    /** A token for that kind of grant: the one that is still valid, or a new one. */
    synchronized Issued issue(String kind, boolean refreshable) {
        Grant known = grants.get(kind);
        Instant now = clock.instant();
        if (known != null && settings.sameTokenWhileValid && isValid(known.accessToken)) {
            Instant ends = settings.sameTokenRenewed ? now.plus(lifetime) : known.accessEnds;
            return keep(kind, new Grant(known.accessToken, known.refreshToken, ends, known.refreshEnds), now);
        }
        boolean refreshLives = known != null && now.isBefore(known.refreshEnds) && !known.refreshToken.isEmpty();
        String refresh = refreshLives ? known.refreshToken : refreshable ? ids.token() : "";
        return keep(kind, new Grant(ids.token(), refresh, now.plus(lifetime), now.plus(REFRESH_LIFETIME)), now);
    }

    /** A new access token for a refresh token that is alive, or null. */
    synchronized Issued refresh(String refreshToken) {
        Instant now = clock.instant();
        for (Map.Entry<String, Grant> entry : grants.entrySet()) {
            Grant grant = entry.getValue();
            if (!refreshToken.isEmpty() && grant.refreshToken.equals(refreshToken) && now.isBefore(grant.refreshEnds)) {
                Grant next = new Grant(ids.token(), refreshToken, now.plus(lifetime), grant.refreshEnds);
                return keep(entry.getKey(), next, now);
            }
        }
        return null;
    }

    synchronized void revoke(String token) {
        accessTokens.remove(token);
        grants.values().removeIf(grant -> grant.refreshToken.equals(token));
    }

    synchronized void revokeAll() {
        accessTokens.clear();
        grants.clear();
    }

    synchronized void revokeAccessTokens() {
        accessTokens.clear();
    }

    private Issued keep(String kind, Grant grant, Instant now) {
        grants.put(kind, grant);
        accessTokens.put(grant.accessToken, grant.accessEnds);
        accessTokens.values().removeIf(ends -> !now.isBefore(ends));
        long left = Duration.between(now, grant.accessEnds).toSeconds();
        return new Issued(grant.accessToken, grant.refreshToken, Math.max(1, left - 1));
    }
}
