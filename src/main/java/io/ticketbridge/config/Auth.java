package io.ticketbridge.config;

/** How ticketbridge signs in to ServiceNow (P21). Its text is the word used in the setting. */
public enum Auth {
    OAUTH_CLIENT_CREDENTIALS,
    OAUTH_PASSWORD,
    BASIC,
    API_KEY;

    /** Whether a token is asked for first. */
    public boolean usesTokens() {
        return this == OAUTH_CLIENT_CREDENTIALS || this == OAUTH_PASSWORD;
    }

    /** What to look at where it is refused: the settings that it depends on, and what ServiceNow refuses alike. */
    public String toCheck() {
        return "ticketbridge.servicenow."
                + switch (this) {
                    case OAUTH_CLIENT_CREDENTIALS ->
                        "client-id, .client-secret and .token-url, and in ServiceNow that the client has an active application"
                                + " user and that glide.oauth.inbound.client.credential.grant_type.enabled is true";
                    case OAUTH_PASSWORD -> "client-id, .client-secret, .user, .password and .token-url";
                    case BASIC -> "user and .password";
                    case API_KEY -> "api-key";
                };
    }

    @Override
    public String toString() {
        return Words.of(this);
    }
}
