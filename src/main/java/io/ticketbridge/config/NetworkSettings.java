package io.ticketbridge.config;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How one system is reached (P37): what is set for it, and for the rest what is set for all.
 *
 * @param section where its own settings are: {@code ticketbridge.servicenow}, {@code ticketbridge.scc.NAME}
 * @param noProxy hosts that are called without the proxy; one that begins with a dot stands for all below it
 * @param caFile a PEM file of authorities that are trusted besides those of the JVM
 * @param clientCertificate a PEM chain or a PKCS12 file
 * @param clientKey the certificate's key in PEM, where it is not in the same file
 * @param tlsVerify whether certificates and host names are checked
 */
public record NetworkSettings(
        String section,
        Optional<Proxy> proxy,
        List<String> noProxy,
        Optional<Path> caFile,
        Optional<Path> clientCertificate,
        Optional<Path> clientKey,
        Secret clientKeyPassword,
        boolean tlsVerify) {
    /** The JVM's own trust store, no client certificate and no proxy. */
    public static final NetworkSettings DIRECT = new NetworkSettings(
            Key.PREFIX + NetworkKeys.COMMON,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Secret.NONE,
            true);

    /** @param user empty where the proxy wants no credentials */
    public record Proxy(String host, int port, String user, Secret password) {
        static final Proxy NONE = new Proxy("", 0, "", Secret.NONE);

        Proxy as(String otherUser, Secret otherPassword) {
            return new Proxy(host, port, otherUser, otherPassword);
        }

        /** The header that signs in to it; it holds the password. */
        public Optional<String> authorisation() {
            return user.isEmpty()
                    ? Optional.empty()
                    : Optional.of("Basic "
                            + Base64.getEncoder()
                                    .encodeToString((user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    public NetworkSettings {
        noProxy = List.copyOf(noProxy);
    }

    /** The proxy that an address is called through, if any. */
    public Optional<Proxy> proxyFor(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return proxy.filter(any -> noProxy.stream()
                .map(each -> each.toLowerCase(Locale.ROOT).replaceFirst("^\\*\\.", "."))
                .noneMatch(each -> host.equals(each) || each.startsWith(".") && host.endsWith(each)));
    }

    /**
     * The same for a client of the JDK, which would else ask the JVM: {@code https.proxyHost} counts for nobody, as the clients of sources
     * do not know it.
     */
    public ProxySelector selectorFor(URI address) {
        return proxyFor(address)
                .map(some -> ProxySelector.of(InetSocketAddress.createUnresolved(some.host(), some.port())))
                .orElse(HttpClient.Builder.NO_PROXY);
    }

    /** Whether the JVM's own ways do. */
    public boolean hasOwnTls() {
        return caFile.isPresent() || clientCertificate.isPresent() || !tlsVerify;
    }

    /** The setting of this system, and the one of all: {@code ticketbridge.scc.ca-file (or ticketbridge.network.ca-file)}. */
    public String key(String leaf) {
        String common = Key.PREFIX + NetworkKeys.COMMON;
        return section.equals(common)
                ? common + "." + leaf
                : section + "." + leaf + " (or " + common + "." + leaf + " for all systems)";
    }
}
