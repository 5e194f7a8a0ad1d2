package io.ticketbridge.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of an outbound proxy: host and port, without scheme and without credentials. */
final class ProxyAddress {
    private static final Pattern ADDRESS = Pattern.compile("([\\w.-]+|\\[[0-9a-fA-F:.]+])(?::(\\d{1,5}))?");

    private ProxyAddress() {}

    static Type<NetworkSettings.Proxy> type() {
        return Type.of("a host and port, or `none`", ProxyAddress::parse);
    }

    private static NetworkSettings.Proxy parse(String value) throws Refused {
        if (value.equals("none")) {
            return NetworkSettings.Proxy.NONE;
        }
        String plain = value.replaceFirst("^http://", "").replaceFirst("/+$", "");
        if (plain.contains("@")) {
            throw new Refused("must not carry credentials", "use .proxy-user and .proxy-password");
        }
        Matcher matcher = ADDRESS.matcher(plain);
        if (!matcher.matches() || matcher.group(2) == null) {
            throw new Refused("must be a host and a port", "write it like proxy.example.com:3128");
        }
        int port = Integer.parseInt(matcher.group(2));
        if (port < 1 || port > 65_535) {
            throw new Refused("must end with a port between 1 and 65535", "write it like proxy.example.com:3128");
        }
        return new NetworkSettings.Proxy(matcher.group(1), port, "", Secret.NONE);
    }
}
