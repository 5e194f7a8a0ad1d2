package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the instance is and how to log in. Throws {@link IllegalArgumentException} with every missing property at once.
 *
 * @param url the instance, {@code https://example.service-now.com}; a trailing slash is dropped
 * @param user for {@link Auth#OAUTH_PASSWORD} and {@link Auth#BASIC}, else null or empty; the other credentials are {@link Secret#NONE} where they are not used
 * @param tokenUrl null for {@code /oauth_token.do} of the instance
 * @param scope null or empty for the scope of the OAuth application
 * @param connectTimeout null for 10 seconds
 * @param requestTimeout how long to wait for an answer to begin, and again for it to end; null for 60 seconds
 */
public record ServiceNowAccess(
        URI url,
        Auth auth,
        String user,
        Secret password,
        String clientId,
        Secret clientSecret,
        URI tokenUrl,
        String scope,
        Secret apiKey,
        Duration connectTimeout,
        Duration requestTimeout) {
    static final String PREFIX = "ticketbridge.servicenow.";

    /** How requests are signed. */
    public enum Auth {
        OAUTH_CLIENT_CREDENTIALS,
        OAUTH_PASSWORD,
        BASIC,
        API_KEY;

        boolean usesTokens() {
            return this == OAUTH_CLIENT_CREDENTIALS || this == OAUTH_PASSWORD;
        }

        boolean usesPassword() {
            return this == OAUTH_PASSWORD || this == BASIC;
        }
    }

    public ServiceNowAccess {
        List<String> faults = new ArrayList<>();
        if (url == null
                || url.getHost() == null
                || !("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
            faults.add(PREFIX + "url must be the address of the instance, as https://example.service-now.com");
        } else {
            url = URI.create(url.toString().replaceAll("/+$", ""));
            tokenUrl = tokenUrl == null ? URI.create(url + "/oauth_token.do") : tokenUrl;
        }
        if (auth == null) {
            faults.add(PREFIX + "auth must be given: oauth-client-credentials, oauth-password, basic or api-key");
        } else {
            need(faults, auth, auth.usesPassword(), "user", user == null || user.isEmpty());
            need(faults, auth, auth.usesPassword(), "password", password.isEmpty());
            need(faults, auth, auth.usesTokens(), "client-id", clientId == null || clientId.isEmpty());
            need(faults, auth, auth.usesTokens(), "client-secret", clientSecret.isEmpty());
            need(faults, auth, auth == Auth.API_KEY, "api-key", apiKey.isEmpty());
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        connectTimeout = connectTimeout == null ? Duration.ofSeconds(10) : connectTimeout;
        requestTimeout = requestTimeout == null ? Duration.ofSeconds(60) : requestTimeout;
    }

    private static void need(List<String> faults, Auth auth, boolean needed, String key, boolean missing) {
        if (needed && missing) {
            faults.add(PREFIX + key + " must be given for auth="
                    + auth.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    /** The properties that this way of logging in depends on, for an error message. */
    String properties() {
        return switch (auth) {
            case OAUTH_CLIENT_CREDENTIALS -> PREFIX + "client-id, .client-secret and .token-url";
            case OAUTH_PASSWORD -> PREFIX + "client-id, .client-secret, .user, .password and .token-url";
            case BASIC -> PREFIX + "user and .password";
            case API_KEY -> PREFIX + "api-key";
        };
    }

    /** How long one call can take at most: connect, wait for the headers, read the body. Without the call for a token. */
    public Duration longestCall() {
        return connectTimeout.plus(requestTimeout).plus(requestTimeout);
    }

    /** Whether an address lies on this instance: same scheme, host and port, and below its path. */
    boolean covers(URI address) {
        return url.getScheme().equalsIgnoreCase(address.getScheme())
                && url.getHost().equalsIgnoreCase(address.getHost())
                && port(url) == port(address)
                && (address.getRawPath() + "/").startsWith(url.getRawPath() + "/");
    }

    /** The same of an address as it is written: one that begins with ours need not be taken apart. */
    boolean covers(String address) {
        String ours = url.toString();
        return address.startsWith(ours) && address.startsWith("/", ours.length()) || covers(URI.create(address));
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "ServiceNowAccess[url=" + url + ", auth=" + auth + ", user=" + user + ", password=" + password
                + ", clientId=" + clientId + ", clientSecret=" + clientSecret + ", tokenUrl=" + tokenUrl
                + ", scope="
                + scope + ", apiKey=" + apiKey + ", connectTimeout=" + connectTimeout + ", requestTimeout="
                + requestTimeout + "]";
    }
}
