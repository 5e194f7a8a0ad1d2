package io.ticketbridge.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Addresses of systems: absolute, http or https, without credentials, and without a slash at the end. */
final class WebAddress {
    private WebAddress() {}

    static Type<URI> type() {
        return Type.of("an https URL", WebAddress::parse);
    }

    /** Two addresses of the same place have the same: host, port and path, in the one way to write them. Empty for null. */
    static String name(URI uri) {
        if (uri == null) {
            return "";
        }
        boolean isUsual =
                uri.getPort() == -1 || uri.getPort() == (uri.getScheme().equals("https") ? 443 : 80);
        return uri.getHost().toLowerCase(Locale.ROOT) + (isUsual ? "" : ":" + uri.getPort()) + uri.getRawPath();
    }

    /** Whether what is sent there could be read by others on the way. */
    static boolean isReadableByOthers(URI uri) {
        return uri != null && uri.getScheme().equals("http") && !isLoopback(uri.getHost());
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static URI parse(String value) throws Refused {
        URI uri;
        try {
            uri = new URI(value.replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new Refused("must be a URL", "write it like https://example.service-now.com");
        }
        if (uri.getScheme() == null || uri.getHost() == null) {
            String remedy =
                    value.matches("[\\w-]+(\\.[\\w-]+)+(/.*)?") ? "write https://" + value : "begin with https://";
            throw new Refused("must be a URL with scheme and host", remedy);
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new Refused("must be an https URL", "begin with https://");
        }
        if (uri.getRawUserInfo() != null) {
            throw new Refused(
                    "must not carry credentials", "remove what stands before @ and use the settings for credentials");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new Refused("must end with the path", "remove what follows ? or #");
        }
        return scheme.equals(uri.getScheme())
                ? uri
                : URI.create(scheme + uri.toString().substring(scheme.length()));
    }
}
