package io.ticketbridge.source.files;

import java.io.IOException;

/** Unpacked it is larger than allowed. */
public final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(long most) {
        super("Unpacked the body has more than " + most
                + " bytes: send it in parts, or raise ticketbridge.http.intake-max-size.");
    }
}
