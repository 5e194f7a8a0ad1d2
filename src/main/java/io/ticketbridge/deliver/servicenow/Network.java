package io.ticketbridge.deliver.servicenow;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;

/**
 * How to reach a server: trust and client certificate, and an outbound proxy. It holds for the calls and for the token alike.
 *
 * @param tls null for the trust store of the JVM
 * @param proxy null for none, or what {@code https.proxyHost} says
 */
public record Network(SSLContext tls, InetSocketAddress proxy) {
    /** The JVM's own trust store and no proxy. */
    public static final Network DIRECT = new Network(null, null);
}
