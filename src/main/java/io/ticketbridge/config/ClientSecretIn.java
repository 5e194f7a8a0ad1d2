package io.ticketbridge.config;

/** Where a client shows its secret when it asks for a token: RFC 6749 has both, and servers like to have one. */
public enum ClientSecretIn {
    HEADER,
    BODY;

    @Override
    public String toString() {
        return Words.of(this);
    }
}
