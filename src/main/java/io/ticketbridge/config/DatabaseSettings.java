package io.ticketbridge.config;

/**
 * Where the ledger is.
 *
 * @param url a JDBC URL of H2 or PostgreSQL
 * @param user the database user, or empty
 * @param poolSize the most connections open at once
 */
public record DatabaseSettings(String url, String user, Secret password, int poolSize) {
    /** Leaves out what a URL may carry as a password. */
    @Override
    public String toString() {
        return "DatabaseSettings[url=" + Masked.url(url) + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
}
