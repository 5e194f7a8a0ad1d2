package io.ticketbridge.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** SHA-256 over length-prefixed texts, cut to 128 bits. */
final class HandWrittenDigest {
    private final MessageDigest digest;

    HandWrittenDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    UUID of(String... texts) {
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((byte) (bytes.length >>> 16));
            digest.update((byte) (bytes.length >>> 8));
            digest.update((byte) bytes.length);
            digest.update(bytes);
        }
        byte[] hash = digest.digest();
        return new UUID(number(hash, 0), number(hash, 8));
    }

    private static long number(byte[] bytes, int from) {
        long number = 0;
        for (int at = from; at < from + 8; at++) {
            number = number << 8 | bytes[at] & 0xff;
        }
        return number;
    }
}
