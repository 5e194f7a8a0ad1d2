package io.ticketbridge.config;

/** How ticketbridge signs in to an API. Its text is the word used in the setting. */
public enum ApiAuth {
    NONE,
    BEARER,
    BASIC,
    API_KEY,
    OAUTH_CLIENT_CREDENTIALS;

    @Override
    public String toString() {
        return Words.of(this);
    }
}
