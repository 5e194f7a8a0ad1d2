package io.ticketbridge.deliver.servicenow;

import java.net.URI;

/** Tells what lies on the instance, which alone is shown our credentials. */
record InstanceAddress(URI url) {
    /** Same scheme, host and port, and below its path. */
    boolean covers(URI address) {
        return url.getScheme().equalsIgnoreCase(address.getScheme())
                && url.getHost().equalsIgnoreCase(address.getHost())
                && port(url) == port(address)
                && (address.getRawPath() + "/").startsWith(url.getRawPath() + "/");
    }

    /** The same of an address as it is written: one that begins with ours need not be taken apart. */
    boolean covers(String address) {
        String ours = url.toString();
        return address.startsWith(ours) && address.startsWith("/", ours.length()) || covers(URI.create(address));
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }
}
