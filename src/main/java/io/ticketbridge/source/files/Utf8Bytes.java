package io.ticketbridge.source.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Characters as a stream of UTF-8. */
final class Utf8Bytes extends InputStream {
    private final Reader reader;
    private final char[] chars = new char[8192];
    private byte[] bytes = {};
    private int next;
    private int carried;

    Utf8Bytes(Reader reader) {
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
            int read = reader.read(chars, carried, chars.length - carried);
            if (read < 0 && carried == 0) {
                return false;
            }
            int count = carried + Math.max(read, 0);
            // The two halves of a four-byte character may come in two reads.
            carried = read >= 0 && Character.isHighSurrogate(chars[count - 1]) ? 1 : 0;
            bytes = new String(chars, 0, count - carried).getBytes(StandardCharsets.UTF_8);
            next = 0;
            chars[0] = chars[count - 1];
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
