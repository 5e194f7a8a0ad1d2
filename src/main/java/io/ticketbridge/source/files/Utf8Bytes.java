package io.ticketbridge.source.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A decoder's characters as a stream of UTF-8. Decoders never hand out half of a four-byte character. */
final class Utf8Bytes extends InputStream {
    private final InputStreamReader reader;
    private final char[] chars = new char[8192];
    private byte[] bytes = {};
    private int next;

    Utf8Bytes(InputStreamReader reader) {
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        return more() ? bytes[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!more()) {
            return -1;
        }
        int count = Math.min(length, bytes.length - next);
        System.arraycopy(bytes, next, target, offset, count);
        next += count;
        return count;
    }

    private boolean more() throws IOException {
        while (next == bytes.length) {
            int read = reader.read(chars, 0, chars.length);
            if (read < 0) {
                return false;
            }
            bytes = new String(chars, 0, read).getBytes(StandardCharsets.UTF_8);
            next = 0;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
