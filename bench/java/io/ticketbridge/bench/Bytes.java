package io.ticketbridge.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are put together from ready pieces and numbers. */
final class Bytes {
    private byte[] bytes;
    private int size;

    Bytes(int expected) {
        bytes = new byte[expected];
    }

    Bytes put(byte[] piece) {
        room(piece.length);
        System.arraycopy(piece, 0, bytes, size, piece.length);
        size += piece.length;
        return this;
    }

    Bytes put(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The number in so many digits, with zeros before it. */
    Bytes put(long number, int digits) {
        room(digits);
        long rest = number;
        for (int at = size + digits - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** Writes them without another copy. */
    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }
}
