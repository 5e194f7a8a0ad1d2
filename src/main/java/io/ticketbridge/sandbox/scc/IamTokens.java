package io.ticketbridge.sandbox.scc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Hands out bearer tokens for the API key, and knows which are still good. */
final class IamTokens {
    private static final String GRANT = "urn:ibm:params:oauth:grant-type:apikey";

    private final Clock clock;
    private final String apiKey;
    private final Duration lifetime;
    private final Map<String, Instant> expirations = new HashMap<>();
    private int issued;

    IamTokens(Clock clock, String apiKey, Duration lifetime) {
        this.clock = clock;
        this.apiKey = apiKey;
        this.lifetime = lifetime;
    }

    synchronized Answer issue(Request request) {
        String type = request.header("Content-Type").orElse("");
        Map<String, String> form = request.form();
        if (!type.startsWith("application/x-www-form-urlencoded") || !GRANT.equals(form.get("grant_type"))) {
            return SccErrors.iam(400, "BXNIM0109E", "Property missing or empty: grant_type");
        }
        if (!apiKey.equals(form.get("apikey"))) {
            return SccErrors.iam(400, "BXNIM0415E", "Provided API key could not be found.");
        }
        String token = "sandbox-iam-token-" + ++issued;
        Instant expiration = clock.instant().plus(lifetime);
        expirations.put(token, expiration);
        return Answer.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("access_token", token)
                        .put("refresh_token", "not_supported")
                        .put("token_type", "Bearer")
                        .put("expires_in", lifetime.toSeconds())
                        .put("expiration", expiration.getEpochSecond())
                        .put("scope", "ibm openid"));
    }

    synchronized boolean accepts(Request request) {
        String authorization = request.header("Authorization").orElse("");
        Instant expiration = authorization.startsWith("Bearer ") ? expirations.get(authorization.substring(7)) : null;
        return expiration != null && clock.instant().isBefore(expiration);
    }

    /** All tokens are refused from now on, long before they said. */
    synchronized void expire() {
        expirations.clear();
    }
}
