package io.ticketbridge.testing;

import java.util.HashMap;
import java.util.Map;

/** The JVM is told of a proxy where nobody listens, as {@code -Dhttps.proxyHost} does: whoever takes it reaches nothing. */
public final class ProxyOfJvm implements AutoCloseable {
    private final Map<String, String> before = new HashMap<>();

    public ProxyOfJvm() {
        for (String scheme : new String[] {"http", "https"}) {
            set(scheme + ".proxyHost", "127.0.0.1");
            set(scheme + ".proxyPort", "9");
        }
        // Else loopback is excepted.
        set("http.nonProxyHosts", "");
    }

    private void set(String name, String value) {
        before.put(name, System.getProperty(name));
        System.setProperty(name, value);
    }

    @Override
    public void close() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
