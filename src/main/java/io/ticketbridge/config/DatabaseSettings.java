package io.ticketbridge.config;

/**
 * Where the ledger is.
 *
 * @param url a JDBC URL of H2 or PostgreSQL
 * @param user the database user, or empty
 * @param poolSize the most connections open at once
 */
public record DatabaseSettings(String url, String user, Secret password, int poolSize) {
    /** The URL, without what it may carry as a password. */
    public String address() {
        return Masked.url(url);
    }

    /** What a driver says, which may quote the URL, fit to be shown. */
    public String masked(String said) {
        String masked = Masked.url(said);
        for (String secret : password.everRevealed()) {
            masked = secret.isEmpty() ? masked : masked.replace(secret, "***");
        }
        return masked;
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + address() + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
}
