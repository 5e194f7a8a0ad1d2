package io.ticketbridge.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a system is reached: under {@code network} for all of them, and under each system for that one alone (P37). */
final class NetworkKeys {
    static final String COMMON = "network";

    /** Sections of the systems, with their names in the documentation. */
    private static final Map<String, String> SYSTEMS = Map.of(
            "vision-one[.NAME]", "the tenant",
            "scc[.NAME]", "the instance",
            "api[.NAME]", "the API",
            "workload-protection[.NAME]", "the instance",
            "servicenow", "ServiceNow",
            "kafka", "the brokers");

    private static final Map<String, NetworkKeys> ALL_KEYS = Map.of(
            COMMON,
            new NetworkKeys(COMMON),
            "vision-one",
            new NetworkKeys("vision-one[.NAME]"),
            "scc",
            new NetworkKeys("scc[.NAME]"),
            "api",
            new NetworkKeys("api[.NAME]"),
            "workload-protection",
            new NetworkKeys("workload-protection[.NAME]"),
            "servicenow",
            new NetworkKeys("servicenow"),
            "kafka",
            new NetworkKeys("kafka"));

    static final List<Key<?>> ALL =
            List.of(COMMON, "vision-one", "scc", "workload-protection", "api", "servicenow", "kafka").stream()
                    .flatMap(section -> of(section).keys.stream())
                    .<Key<?>>map(key -> key)
                    .toList();

    final Key<NetworkSettings.Proxy> proxy;
    final Key<String> proxyUser;
    final Key<Secret> proxyPassword;
    final Key<List<String>> noProxy;
    final Key<Path> caFile;
    final Key<Path> clientCertificate;
    final Key<Path> clientKey;
    final Key<Secret> clientKeyPassword;
    final Key<Boolean> tlsVerify;
    private final String section;
    private final List<Key<?>> keys = new ArrayList<>();

    private NetworkKeys(String section) {
        this.section = section;
        proxy = key("proxy", ProxyAddress.type(), "The proxy that calls go through.", "proxy.example.com:3128");
        proxyUser = key("proxy-user", Types.text(), "The user of the proxy, where it wants one.", "ticketbridge");
        proxyPassword = key("proxy-password", Types.secret(), "The password of the proxy's user.", "");
        noProxy = key(
                "no-proxy",
                Types.list(),
                "Hosts that are called without the proxy; .example.com stands for all below it.",
                "localhost, .intranet.example.com");
        caFile = key(
                "ca-file",
                Types.file(),
                "A PEM file of authorities that are trusted besides those of the JVM.",
                "/etc/ticketbridge/ca.pem");
        clientCertificate = key(
                "client-certificate",
                Types.file(),
                "The client certificate: a PEM chain, or a PKCS12 file with its key.",
                "/etc/ticketbridge/client.pem");
        clientKey = key(
                "client-key",
                Types.file(),
                "The client certificate's key in PEM (PKCS8), where it is not in the same file.",
                "/etc/ticketbridge/client-key.pem");
        clientKeyPassword =
                key("client-key-password", Types.secret(), "The password of the PKCS12 file, or of the PEM key.", "");
        Key<Boolean> verify = Key.of(
                section + ".tls-verify",
                Types.flag(),
                sentence("Whether certificates and host names are checked; false is for trying only."));
        tlsVerify = section.equals(COMMON) ? verify.orElse("true") : verify.like("true");
        keys.add(tlsVerify);
    }

    static NetworkKeys of(String section) {
        return ALL_KEYS.get(section);
    }

    private <T> Key<T> key(String leaf, Type<T> type, String meaning, String example) {
        Key<T> key = Key.of(section + "." + leaf, type, sentence(meaning)).like(example);
        // No proxy understands what brokers speak.
        if (!section.equals("kafka") || !leaf.contains("proxy")) {
            keys.add(key);
        }
        return key;
    }

    private String sentence(String meaning) {
        return section.equals(COMMON)
                ? meaning
                : meaning.replaceAll("\\.$", "") + "; for " + SYSTEMS.get(section) + " alone.";
    }
}
