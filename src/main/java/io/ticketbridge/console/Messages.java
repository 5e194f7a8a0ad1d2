package io.ticketbridge.console;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What is said on the page after something was done. The link to that page carries it, so that any replica can show it, with a seal,
 * so that nobody else can put words there.
 */
final class Messages {
    private static final String PURPOSE = "message";

    private final Seal seal;

    Messages(Seal seal) {
        this.seal = seal;
    }

    /** What stands for it in a link. */
    String sealed(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "."
                + seal.of(PURPOSE, text);
    }

    /** Null if it was not said here, or with another password. */
    String read(String sealed) {
        int dot = sealed.indexOf('.');
        if (dot < 0) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(sealed.substring(0, dot)), StandardCharsets.UTF_8);
            return seal.isRight(sealed.substring(dot + 1), PURPOSE, text) ? text : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
