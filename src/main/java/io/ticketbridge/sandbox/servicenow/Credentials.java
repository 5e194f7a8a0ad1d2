package io.ticketbridge.sandbox.servicenow;

/**
 * What opens the simulated instance. All of it belongs to one integration user.
 *
 * @param user its user name, for Basic and the password grant
 * @param password its password
 * @param clientId the OAuth client
 * @param clientSecret the OAuth client's secret
 * @param apiKey what the header {@code x-sn-apikey} may hold
 */
public record Credentials(String user, String password, String clientId, String clientSecret, String apiKey) {

    /** Values that nobody can mistake for real ones. */
    public static Credentials sandbox() {
        return new Credentials(
                "sandbox.integration",
                "sandbox-password",
                "sandbox-client",
                "sandbox-client-secret",
                "sandbox-api-key");
    }

    public Credentials withPassword(String other) {
        return new Credentials(user, other, clientId, clientSecret, apiKey);
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user + ", clientId=" + clientId + "]";
    }
}
