package io.ticketbridge.sandbox.iam;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Hands out bearer tokens for the API key, and knows which are still good. */
public final class IamTokens {
    /** Where it is asked for tokens. */
    public static final String PATH = "/identity/token";

    private static final String GRANT = "urn:ibm:params:oauth:grant-type:apikey";

    private final Clock clock;
    private String apiKey;
    private final Duration lifetime;
    private final Map<String, Instant> expirations = new HashMap<>();
    private int issued;

    public IamTokens(Clock clock, String apiKey, Duration lifetime) {
        this.clock = clock;
        this.apiKey = apiKey;
        this.lifetime = lifetime;
    }

    public synchronized Answer issue(Request request) {
        if (!request.method().equals("POST")) {
            return error(405, "BXNIM0100E", "Use POST");
        }
        String type = request.header("Content-Type").orElse("");
        Map<String, String> form = request.form();
        if (!type.startsWith("application/x-www-form-urlencoded") || !GRANT.equals(form.get("grant_type"))) {
            return error(400, "BXNIM0109E", "Property missing or empty: grant_type");
        }
        if (!apiKey.equals(form.get("apikey"))) {
            return error(400, "BXNIM0415E", "Provided API key could not be found.");
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

    public synchronized boolean accepts(Request request) {
        String authorization = request.header("Authorization").orElse("");
        Instant expiration = authorization.startsWith("Bearer ") ? expirations.get(authorization.substring(7)) : null;
        return expiration != null && clock.instant().isBefore(expiration);
    }

    /** The key before is refused from now on, and so are the tokens that were given for it. */
    public synchronized void changeKey(String other) {
        apiKey = other;
        expirations.clear();
    }

    /** All tokens are refused from now on, long before they said. */
    public synchronized void expire() {
        expirations.clear();
    }

    private static Answer error(int status, String code, String message) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("errorCode", code)
                .put("errorMessage", message)
                .put("errorDetails", message);
        body.putObject("context").put("requestId", "sandbox");
        return Answer.json(status, body);
    }
}
