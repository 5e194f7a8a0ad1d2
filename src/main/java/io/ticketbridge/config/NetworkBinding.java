package io.ticketbridge.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How one system is reached: what is set for it, else what is set for all. */
final class NetworkBinding {
    private final Values values;

    NetworkBinding(Values values) {
        this.values = values;
    }

    /** For what is no system of the catalogue's: an address in a route of the user's own. */
    NetworkSettings common() {
        return of(NetworkKeys.COMMON);
    }

    /** @param at the system's name, where there are several of its kind */
    NetworkSettings of(String section, String... at) {
        NetworkKeys keys = NetworkKeys.of(section);
        NetworkKeys common = NetworkKeys.of(NetworkKeys.COMMON);
        NetworkSettings.Proxy proxy = either(keys.proxy, common.proxy, at);
        String user = either(keys.proxyUser, common.proxyUser, at);
        Secret password = either(keys.proxyPassword, common.proxyPassword, at);
        List<String> noProxy = either(keys.noProxy, common.noProxy, at);
        Path certificate = either(keys.clientCertificate, common.clientCertificate, at);
        // A certificate and its key belong together, so they come from the same place.
        boolean own = values.get(keys.clientCertificate, at) != null;
        Path key = own ? values.get(keys.clientKey, at) : values.get(common.clientKey);
        Secret keyPassword = own ? values.get(keys.clientKeyPassword, at) : values.get(common.clientKeyPassword);
        return new NetworkSettings(
                keys.tlsVerify.at(at).replaceFirst("\\.tls-verify$", ""),
                Optional.ofNullable(proxy)
                        .filter(some -> some.port() > 0)
                        .map(some -> some.as(user == null ? "" : user, password == null ? Secret.NONE : password)),
                noProxy == null ? List.of() : noProxy,
                Optional.ofNullable(either(keys.caFile, common.caFile, at)),
                Optional.ofNullable(certificate),
                Optional.ofNullable(key),
                keyPassword == null ? Secret.NONE : keyPassword,
                either(keys.tlsVerify, common.tlsVerify, at));
    }

    private <T> T either(Key<T> own, Key<T> common, String... at) {
        T value = values.get(own, at);
        return value == null ? values.get(common) : value;
    }
}
