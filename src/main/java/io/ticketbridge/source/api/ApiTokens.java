package io.ticketbridge.source.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.config.ApiAuth;
import io.ticketbridge.config.ApiSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.source.BearerTokens;
import io.ticketbridge.source.UnexpectedAnswer;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * Signs calls to APIs, and keeps OAuth tokens in memory: renewed when 80 % of their lifetime has passed, and when one is refused.
 * Camel's HTTP component could ask for tokens by itself, but keeps them for the whole process, does not renew one that is refused,
 * and wants the secret in a route. Thread-safe.
 */
public final class ApiTokens {
    private static final String RENEWED = "apiTokenRenewed";
    private static final int USUAL_LIFETIME = 3600;

    private final BearerTokens tokens;
    private final Settings settings;

    public ApiTokens(Settings settings, Clock clock) {
        this.settings = settings;
        tokens = new BearerTokens(clock);
    }

    /** Whether a call needs a token that there is not. */
    public boolean isStale(String flow) {
        ApiSettings api = api(flow);
        return api.auth() == ApiAuth.OAUTH_CLIENT_CREDENTIALS && tokens.isStale(api.name());
    }

    /** Puts the request for a token onto the message (RFC 6749, section 4.4). */
    public void request(String flow, Exchange exchange) {
        ApiSettings api = api(flow);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, "POST");
        message.setBody(new ApiCredential(api).tokenForm(message::setHeader));
    }

    /** @throws UnexpectedAnswer if the answer holds no token */
    public void take(String flow, JsonNode answer) {
        ApiSettings api = api(flow);
        String text = text(api, answer);
        tokens.keep(api.name(), text, answer.path("expires_in").asLong(USUAL_LIFETIME));
    }

    static String text(ApiSettings api, JsonNode answer) {
        String text = answer == null ? "" : answer.path("access_token").asText("");
        if (text.isEmpty()) {
            throw new UnexpectedAnswer(
                    "The answer of " + api.tokenUrl() + " holds no access_token; check " + api.key("token-url"));
        }
        return text;
    }

    /** Adds the credential to the message; @return the query, with the key in it where it belongs there */
    String sign(ApiSettings api, String query, Message message) {
        return new ApiCredential(api).sign(query, tokens.text(api.name()), message::setHeader);
    }

    /** Whether a call is worth a second try with a fresh token; one call gets one such. */
    public boolean mayRenew(Exchange exchange, String flow, HttpOperationFailedException error) {
        return error.getStatusCode() == 401
                && api(flow).auth() == ApiAuth.OAUTH_CLIENT_CREDENTIALS
                && !isStale(flow)
                && exchange.getProperty(RENEWED) == null;
    }

    public void forget(Exchange exchange, String flow) {
        exchange.setProperty(RENEWED, true);
        tokens.forget(api(flow).name());
    }

    /** What a refusal means, with the setting to change. */
    String sentence(String flow, HttpOperationFailedException error) {
        ApiSettings api = api(flow);
        return new ApiRefusal(api, error.getStatusCode(), error.getResponseBody()).sentence(isStale(flow));
    }

    private ApiSettings api(String flow) {
        return settings.api().get(settings.flows().get(flow).instance());
    }
}
