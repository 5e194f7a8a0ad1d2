package io.ticketbridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /oauth_token.do} and {@code /oauth_revoke_token.do}. Whatever is wrong, the refusal reads the same. */
final class OAuthEndpoint {

    private volatile Credentials credentials;
    private final Tokens tokens;
    private final Settings settings;
    private final InstanceProperties properties;

    OAuthEndpoint(Credentials credentials, Tokens tokens, Settings settings, InstanceProperties properties) {
        this.credentials = credentials;
        this.tokens = tokens;
        this.settings = settings;
        this.properties = properties;
    }

    void change(Credentials other) {
        credentials = other;
    }

    Answer token(Call call) {
        boolean form = call.header("Content-Type").startsWith("application/x-www-form-urlencoded");
        Map<String, List<String>> sent = new LinkedHashMap<>(form ? Call.decode(call.text()) : Map.of());
        if (!properties.isTrue("glide.oauth.allow.parameters.in.post.body.only")) {
            call.query.forEach(sent::putIfAbsent);
        }
        if (!call.method.equals("POST") || !isClient(sent, call.header("Authorization"))) {
            return refused();
        }
        return switch (value(sent, "grant_type")) {
            case "client_credentials" -> clientCredentials();
            case "password" -> password(sent);
            case "refresh_token" -> refresh(sent);
            default -> refused();
        };
    }

    Answer revoke(Call call) {
        String token =
                call.parameter("token").isEmpty() ? value(Call.decode(call.text()), "token") : call.parameter("token");
        tokens.revoke(token);
        return Answer.empty(200);
    }

    private Answer clientCredentials() {
        boolean enabled = properties.isTrue("glide.oauth.inbound.client.credential.grant_type.enabled");
        return enabled ? issued(tokens.issue("client_credentials", false), false) : refused();
    }

    private Answer password(Map<String, List<String>> sent) {
        boolean disabled = properties.isTrue("glide.oauth.inbound.ropc.grant_type.disabled");
        boolean right = value(sent, "username").equals(credentials.user())
                && value(sent, "password").equals(credentials.password());
        return disabled || !right ? refused() : issued(tokens.issue("password", true), true);
    }

    private Answer refresh(Map<String, List<String>> sent) {
        Tokens.Issued issued = tokens.refresh(value(sent, "refresh_token"));
        return issued == null ? refused() : issued(issued, settings.refreshTokenInRefreshAnswer);
    }

    private boolean isClient(Map<String, List<String>> sent, String authorization) {
        String id = value(sent, "client_id");
        String secret = value(sent, "client_secret");
        if (id.isEmpty() && settings.clientInBasicHeader && authorization.startsWith("Basic ")) {
            String[] pair = basic(authorization);
            id = pair[0];
            secret = pair[1];
        }
        return id.equals(credentials.clientId()) && secret.equals(credentials.clientSecret());
    }

    /** Name and secret of a Basic header; two empty texts when it is none. */
    static String[] basic(String authorization) {
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring("Basic ".length()).trim());
            String[] pair = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
            return pair.length == 2 ? pair : new String[] {"", ""};
        } catch (IllegalArgumentException e) {
            return new String[] {"", ""};
        }
    }

    private static Answer issued(Tokens.Issued issued, boolean withRefreshToken) {
        ObjectNode body = Answer.JSON.createObjectNode();
        body.put("access_token", issued.accessToken());
        if (withRefreshToken && !issued.refreshToken().isEmpty()) {
            body.put("refresh_token", issued.refreshToken());
        }
        body.put("scope", "useraccount");
        body.put("token_type", "Bearer");
        body.put("expires_in", issued.expiresInSeconds());
        return Answer.json(200, body);
    }

    private static Answer refused() {
        ObjectNode body = Answer.JSON.createObjectNode();
        body.put("error_description", "access_denied").put("error", "server_error");
        return Answer.json(401, body);
    }

    private static String value(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of("")).get(0);
    }
}
