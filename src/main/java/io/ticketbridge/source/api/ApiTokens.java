package io.ticketbridge.source.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.config.ApiAuth;
import io.ticketbridge.config.ApiSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.source.BearerTokens;
import io.ticketbridge.source.Tokens;
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
public final class ApiTokens implements Tokens {
    private static final int USUAL_LIFETIME = 3600;

    private final BearerTokens tokens;
    private final Settings settings;

    public ApiTokens(Settings settings, Clock clock) {
        this.settings = settings;
        tokens = new BearerTokens(clock);
    }

    @Override
    public boolean isStale(String flow) {
        ApiSettings api = api(flow);
        return usesTokens(api) && tokens.isStale(api.name());
    }

    /** By RFC 6749, section 4.4. */
    @Override
    public void request(String flow, Exchange exchange) {
        ApiSettings api = api(flow);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, "POST");
        message.setBody(new ApiCredential(api).tokenForm(message::setHeader));
    }

    @Override
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

    /** Whatever it answers: what may pass was asked for several times by then. */
    @Override
    public boolean refuses(Exception error) {
        return true;
    }

    @Override
    public void refused(String flow, Exception error) {
        ApiSettings api = api(flow);
        throw new UnexpectedAnswer(
                error instanceof HttpOperationFailedException http
                        ? refusal(flow, http).sentence(true)
                        : "The token server of API " + api.name() + " answers with something that is no JSON; check "
                                + api.key("token-url"));
    }

    @Override
    public boolean mayRenew(String flow, HttpOperationFailedException error) {
        return error.getStatusCode() == 401 && usesTokens(api(flow));
    }

    @Override
    public void forget(String flow, String authorization) {
        tokens.forget(api(flow).name(), authorization);
    }

    /** What the API's own refusal means, with the setting to change. */
    String sentence(String flow, HttpOperationFailedException error) {
        return refusal(flow, error).sentence(false);
    }

    private ApiRefusal refusal(String flow, HttpOperationFailedException error) {
        return new ApiRefusal(api(flow), error.getStatusCode(), error.getResponseBody());
    }

    private static boolean usesTokens(ApiSettings api) {
        return api.auth() == ApiAuth.OAUTH_CLIENT_CREDENTIALS;
    }

    private ApiSettings api(String flow) {
        return settings.api().get(settings.flows().get(flow).instance());
    }
}
