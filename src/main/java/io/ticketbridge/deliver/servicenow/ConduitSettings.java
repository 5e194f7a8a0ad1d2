package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.config.ServiceNowSettings;
import java.net.URI;
import java.util.Optional;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.configuration.security.ProxyAuthorizationPolicy;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transport.http.HTTPConduitConfigurer;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;

/**
 * Gives the component's connections to one instance their timeouts, proxy and TLS as they are made. The TLS context goes in whole:
 * a socket factory, which {@code sslContextParameters} would set, makes CXF fall back to a transport that cannot PATCH.
 */
final class ConduitSettings implements HTTPConduitConfigurer {
    private final InstanceAddress instance;
    private final HTTPClientPolicy policy;
    private final TLSClientParameters tls;
    private final Optional<NetworkSettings.Proxy> proxy;
    private final HTTPConduitConfigurer others;

    ConduitSettings(
            ServiceNowSettings serviceNow, Network network, HTTPClientPolicy policy, HTTPConduitConfigurer others) {
        instance = new InstanceAddress(serviceNow.url());
        this.policy = policy;
        this.others = others;
        proxy = network.proxyFor(serviceNow.url()).filter(some -> !some.user().isEmpty());
        if (network.tls() == null) {
            tls = null;
        } else {
            tls = new TLSClientParameters();
            tls.setSslContext(network.tls());
        }
    }

    static HTTPClientPolicy policy(ServiceNowSettings serviceNow, Network network) {
        HTTPClientPolicy policy = new HTTPClientPolicy();
        policy.setVersion("1.1");
        policy.setConnectionTimeout(serviceNow.connectTimeout().toMillis());
        policy.setReceiveTimeout(serviceNow.requestTimeout().toMillis());
        policy.setAutoRedirect(false);
        network.proxyFor(serviceNow.url())
                .ifPresentOrElse(
                        proxy -> {
                            policy.setProxyServer(proxy.host());
                            policy.setProxyServerPort(proxy.port());
                        },
                        () -> withoutProxy(policy));
        return policy;
    }

    /** Where none is named CXF asks the JVM. One that is named and excepted for every host is none. */
    private static void withoutProxy(HTTPClientPolicy policy) {
        policy.setProxyServer("none");
        policy.setNonProxyHosts("*");
    }

    private static ProxyAuthorizationPolicy credentials(NetworkSettings.Proxy proxy) {
        // CXF keeps it for as long as the connection's client, and asks for the password with each request.
        ProxyAuthorizationPolicy credentials = new ProxyAuthorizationPolicy() {
            @Override
            public String getPassword() {
                return proxy.password().reveal();
            }
        };
        credentials.setAuthorizationType("Basic");
        credentials.setUserName(proxy.user());
        return credentials;
    }

    HTTPConduitConfigurer others() {
        return others;
    }

    @Override
    public void configure(String name, String address, HTTPConduit conduit) {
        if (others != null) {
            others.configure(name, address, conduit);
        }
        if (address != null && instance.covers(URI.create(address))) {
            conduit.setClient(policy);
            proxy.map(ConduitSettings::credentials).ifPresent(conduit::setProxyAuthorization);
            if (tls != null) {
                conduit.setTlsClientParameters(tls);
            }
        }
    }
}
