package io.ticketbridge.config;

/** How ticketbridge signs in to ServiceNow (P21). Its text is the word used in the setting. */
public enum Auth {
    OAUTH_CLIENT_CREDENTIALS,
    OAUTH_PASSWORD,
    BASIC,
    API_KEY;

    @Override
    public String toString() {
        return Words.of(this);
    }
}
