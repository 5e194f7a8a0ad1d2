package io.ticketbridge.source;

import java.net.URI;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Where tokens come from. */
public record TokenServer(URI address) {
    /** Whether an answer is its own, and not that of the system which tokens are for. */
    public boolean answered(HttpOperationFailedException error) {
        URI asked = URI.create(error.getUri());
        return address.getScheme().equalsIgnoreCase(asked.getScheme())
                && address.getRawAuthority().equalsIgnoreCase(asked.getRawAuthority())
                && path(address).equals(path(asked));
    }

    private static String path(URI address) {
        return address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    }
}
