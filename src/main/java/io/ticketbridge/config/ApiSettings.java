package io.ticketbridge.config;

import java.net.URI;
import java.time.Duration;

/**
 * An API that is read as a mapping says. Text that was not set is empty.
 *
 * @param name the instance's name; {@code default} where the settings give none
 * @param url what the paths of mappings are below, without a slash at the end; null if not set, which a flow that uses it does
 *     not allow
 * @param apiKeyParameter the query parameter that carries the key, in place of the header
 * @param tokenUrl where tokens come from; null if there are none
 */
public record ApiSettings(
        String name,
        URI url,
        ApiAuth auth,
        Secret token,
        String user,
        Secret password,
        Secret apiKey,
        String apiKeyHeader,
        String apiKeyParameter,
        String clientId,
        Secret clientSecret,
        ClientSecretIn clientSecretIn,
        URI tokenUrl,
        String scope,
        Duration requestTimeout,
        NetworkSettings network) {

    /** The setting of that name, as it is written: {@code ticketbridge.api.NAME.url}. */
    public String key(String leaf) {
        return Key.PREFIX + "api." + (name.equals(Key.DEFAULT_INSTANCE) ? "" : name + ".") + leaf;
    }
}
