package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.config.NetworkSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How to reach a server: trust and client certificate, and an outbound proxy. It holds for the calls and for the token alike.
 *
 * @param tls null for the trust store of the JVM
 */
public record Network(SSLContext tls, NetworkSettings settings) {
    /** The JVM's own trust store and no proxy. */
    public static final Network DIRECT = new Network(null, NetworkSettings.DIRECT);

    /** The proxy for an address, if any. */
    Optional<NetworkSettings.Proxy> proxyFor(URI address) {
        return settings.proxyFor(address);
    }

    /** Tells a client that is being made how to reach the address. */
    void prepare(HttpClient.Builder client, URI address) {
        if (tls != null) {
            client.sslContext(tls);
        }
        client.proxy(settings.selectorFor(address));
    }
}
