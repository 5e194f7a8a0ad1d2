package io.ticketbridge.source;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * Tokens that are had for a credential, as routes ask for them: one for all flows of an instance, kept in memory, renewed when 80 %
 * of its lifetime has passed, and once when it is refused.
 */
public interface Tokens {
    /** Whether a call needs a token that there is not. */
    boolean isStale(String flow);

    /** Puts the request for a token onto the message. */
    void request(String flow, Exchange exchange);

    /** @throws UnexpectedAnswer if the answer holds no token */
    void take(String flow, JsonNode answer);

    /** Whether the token's server will have nothing of the credential, or is none: repeating can't change that. */
    boolean refuses(Exception error);

    /** @throws UnexpectedAnswer always: names the settings, and what the server says of them */
    void refused(String flow, Exception error);

    /** Whether a call that its source refused is worth a second try with another token. */
    boolean mayRenew(String flow, HttpOperationFailedException error);

    /** @param authorization the header that was sent: a token that another flow has renewed since is kept */
    void forget(String flow, String authorization);
}
