package io.ticketbridge.source.api;

import io.ticketbridge.config.ApiSettings;
import io.ticketbridge.config.ClientSecretIn;
import io.ticketbridge.finding.UrlText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** What an API is signed in to with, and where it belongs in a request. */
record ApiCredential(ApiSettings api) {
    private static final String AUTHORIZATION = "Authorization";

    /**
     * @param token for OAuth
     * @param header takes name and value of what is a header
     * @return the query, with the key in it where it belongs there
     */
    String sign(String query, String token, BiConsumer<String, String> header) {
        switch (api.auth()) {
            case NONE -> {}
            case BEARER -> header.accept(AUTHORIZATION, "Bearer " + api.token().reveal());
            case BASIC ->
                header.accept(AUTHORIZATION, basic(api.user(), api.password().reveal()));
            case OAUTH_CLIENT_CREDENTIALS -> header.accept(AUTHORIZATION, "Bearer " + token);
            case API_KEY -> {
                if (!api.apiKeyParameter().isEmpty()) {
                    // A next link may bring the key along.
                    String name = UrlText.encoded(api.apiKeyParameter()) + "=";
                    String others = Arrays.stream(query.split("&"))
                            .filter(each -> !each.isEmpty() && !each.startsWith(name))
                            .collect(Collectors.joining("&"));
                    return others + (others.isEmpty() ? "" : "&") + UrlText.encoded(api.apiKeyParameter()) + "="
                            + UrlText.encoded(api.apiKey().reveal());
                }
                header.accept(api.apiKeyHeader(), api.apiKey().reveal());
            }
        }
        return query;
    }

    /** The body of the request for a token (RFC 6749, section 4.4). */
    String tokenForm(BiConsumer<String, String> header) {
        StringBuilder form = new StringBuilder("grant_type=client_credentials");
        String id = UrlText.encoded(api.clientId());
        String secret = UrlText.encoded(api.clientSecret().reveal());
        header.accept("Content-Type", "application/x-www-form-urlencoded");
        header.accept("Accept", "application/json");
        if (api.clientSecretIn() == ClientSecretIn.HEADER) {
            header.accept(AUTHORIZATION, basic(id, secret));
        } else {
            form.append("&client_id=").append(id).append("&client_secret=").append(secret);
        }
        if (!api.scope().isEmpty()) {
            form.append("&scope=").append(UrlText.encoded(api.scope()));
        }
        return form.toString();
    }

    /** The settings that hold it. */
    String settings() {
        return switch (api.auth()) {
            case NONE -> api.key("auth") + ", which is none";
            case BEARER -> api.key("token");
            case BASIC -> api.key("user") + " and password";
            case API_KEY ->
                api.key("api-key") + " and "
                        + (api.apiKeyParameter().isEmpty() ? "api-key-header" : "api-key-parameter");
            case OAUTH_CLIENT_CREDENTIALS -> api.key("client-id") + ", client-secret and scope";
        };
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
