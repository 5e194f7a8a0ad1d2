package io.ticketbridge.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The settings of APIs that are read as a mapping says. */
final class ApiKeys {
    static final Key<URI> API_URL = Key.of(
                    "api[.NAME].url",
                    WebAddress.type(),
                    "What the paths of its mapping are below; NAME tells several APIs apart.")
            .like("https://api.example.com/v1");
    static final Key<ApiAuth> API_AUTH = Key.of("api[.NAME].auth", Types.choice(ApiAuth.class), "How to sign in.")
            .orElse("none");
    static final Key<Secret> API_TOKEN = Key.of("api[.NAME].token", Types.secret(), "The token, for auth=bearer.");
    static final Key<String> API_USER =
            Key.of("api[.NAME].user", Types.text(), "The user, for auth=basic.").like("ticketbridge");
    static final Key<Secret> API_PASSWORD =
            Key.of("api[.NAME].password", Types.secret(), "The user's password, for auth=basic.");
    static final Key<Secret> API_API_KEY = Key.of("api[.NAME].api-key", Types.secret(), "The key, for auth=api-key.");
    static final Key<String> API_API_KEY_HEADER = Key.of(
                    "api[.NAME].api-key-header",
                    Types.text(),
                    "The header that carries the key, unless api-key-parameter is set.")
            .orElse("X-API-Key");
    static final Key<String> API_API_KEY_PARAMETER = Key.of(
                    "api[.NAME].api-key-parameter",
                    Types.text(),
                    "The query parameter that carries the key, in place of a header.")
            .like("api_key");
    static final Key<String> API_CLIENT_ID = Key.of(
                    "api[.NAME].client-id", Types.text(), "The OAuth client's id, for auth=oauth-client-credentials.")
            .like("ticketbridge");
    static final Key<Secret> API_CLIENT_SECRET = Key.of(
            "api[.NAME].client-secret",
            Types.secret(),
            "The OAuth client's secret, for auth=oauth-client-credentials.");
    static final Key<ClientSecretIn> API_CLIENT_SECRET_IN = Key.of(
                    "api[.NAME].client-secret-in",
                    Types.choice(ClientSecretIn.class),
                    "Where the client shows its secret when it asks for a token.")
            .orElse("header");
    static final Key<URI> API_TOKEN_URL = Key.of(
                    "api[.NAME].token-url",
                    WebAddress.type(),
                    "Where OAuth tokens come from, for auth=oauth-client-credentials.")
            .like("https://login.example.com/oauth/token");
    static final Key<String> API_SCOPE = Key.of(
                    "api[.NAME].scope", Types.text(), "The OAuth scope to ask for; none unless set.")
            .like("findings.read");
    static final Key<Duration> API_REQUEST_TIMEOUT = Key.of(
                    "api[.NAME].request-timeout",
                    Types.duration(Duration.ofMillis(100), Duration.ofHours(1)),
                    "How long one answer may take.")
            .orElse("60s");

    /** What each way to sign in can't do without. */
    static final Map<ApiAuth, List<Key<?>>> CREDENTIALS = Map.of(
            ApiAuth.NONE,
            List.of(),
            ApiAuth.BEARER,
            List.of(API_TOKEN),
            ApiAuth.BASIC,
            List.of(API_USER, API_PASSWORD),
            ApiAuth.API_KEY,
            List.of(API_API_KEY),
            ApiAuth.OAUTH_CLIENT_CREDENTIALS,
            List.of(API_CLIENT_ID, API_CLIENT_SECRET, API_TOKEN_URL));

    static final List<Key<?>> ALL = List.of(
            API_URL,
            API_AUTH,
            API_TOKEN,
            API_USER,
            API_PASSWORD,
            API_API_KEY,
            API_API_KEY_HEADER,
            API_API_KEY_PARAMETER,
            API_CLIENT_ID,
            API_CLIENT_SECRET,
            API_CLIENT_SECRET_IN,
            API_TOKEN_URL,
            API_SCOPE,
            API_REQUEST_TIMEOUT);

    private ApiKeys() {}
}
