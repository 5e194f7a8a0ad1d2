package io.ticketbridge.finding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/**
 * A 128-bit digest over a list of values: SHA-256, cut to 16 bytes. Values are length-prefixed, so that ("ab", "c") and
 * ("a", "bc") differ. A UUID holds it because every database stores one in 16 bytes (P3).
 */
public final class Digest {
    private static final int KEPT = 4096;

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    });

    /** One call for all values: a call for each costs as much as the digest. */
    private static final ThreadLocal<ByteBuffer> TEXT = ThreadLocal.withInitial(() -> ByteBuffer.allocate(KEPT));

    private Digest() {}

    public static UUID of(Iterable<String> values) {
        ByteBuffer text = TEXT.get().clear();
        for (String value : values) {
            byte[] bytes = (value == null ? "" : value).getBytes(StandardCharsets.UTF_8);
            text = withRoomFor(text, Integer.BYTES + bytes.length)
                    .putInt(bytes.length)
                    .put(bytes);
        }
        MessageDigest digest = SHA_256.get();
        digest.update(text.array(), 0, text.position());
        ByteBuffer cut = ByteBuffer.wrap(digest.digest());
        return new UUID(cut.getLong(), cut.getLong());
    }

    /** A larger one serves this digest and is not kept. */
    private static ByteBuffer withRoomFor(ByteBuffer text, int more) {
        return text.remaining() >= more
                ? text
                : ByteBuffer.allocate(Math.max(2 * text.capacity(), text.position() + more))
                        .put(text.array(), 0, text.position());
    }

    public static UUID of(String... values) {
        return of(List.of(values));
    }
}
