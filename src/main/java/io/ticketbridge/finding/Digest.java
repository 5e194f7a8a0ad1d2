package io.ticketbridge.finding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A 128-bit digest over a list of values: SHA-256, cut to 16 bytes. Values are length-prefixed, so that ("ab", "c") and
 * ("a", "bc") differ. A UUID holds it because every database stores one in 16 bytes (P3).
 */
public final class Digest {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    });

    private Digest() {}

    public static UUID of(Iterable<String> values) {
        MessageDigest digest = SHA_256.get();
        digest.reset();
        for (String value : values) {
            byte[] bytes = (value == null ? "" : value).getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
            digest.update(bytes);
        }
        ByteBuffer cut = ByteBuffer.wrap(digest.digest());
        return new UUID(cut.getLong(), cut.getLong());
    }

    public static UUID of(String... values) {
        return of(java.util.List.of(values));
    }
}
