package io.ticketbridge.network;

/** A certificate, key or authority that the settings name can't be used. The message names property, cause and cure. */
public final class UnusableFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableFile(String message) {
        super(message);
    }
}
