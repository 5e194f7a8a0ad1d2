package io.ticketbridge.ledger.move;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.HexFormat;

/** How many rows there were, and a sum over what they hold that does not depend on their order or on the database. */
final class RowSum {
    private static final byte[] NULL = {1};
    private static final byte[] VALUE = {2};

    private final MessageDigest digest;
    private long rows;
    private long sum;

    RowSum() {
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(CopiedRow row) {
        for (Object value : row.values()) {
            digest.update(value == null ? NULL : VALUE);
            if (value != null) {
                byte[] bytes = bytes(value);
                digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                digest.update(bytes);
            }
        }
        rows++;
        sum += ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        // The same instant may come with another offset.
        String text = value instanceof OffsetDateTime time ? time.toInstant().toString() : value.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    long rows() {
        return rows;
    }

    String checksum() {
        return HexFormat.of().toHexDigits(sum);
    }

    boolean isSame(RowSum other) {
        return rows == other.rows && sum == other.sum;
    }
}
