package io.ticketbridge.source.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A buffered stream of bytes that knows the line and column it is at, and keeps what is read between {@link #mark} and
 * {@link #slice}, up to a limit. Fields are open to the package for the inner loop of {@link JsonCutter}.
 */
final class Bytes implements Closeable {
    /** The longest record that is held, in bytes. Real ones have 5 to 11 KB. */
    static final int MAX_RECORD = 16 * 1024 * 1024;

    final byte[] buffer = new byte[1 << 16];
    int next;
    int end;

    private final InputStream in;
    private long passed;
    private long line = 1;
    private long lineStart;

    private boolean marked;
    private int from;
    private byte[] held = {};
    private int heldLength;
    private long heldSize;
    private Place start;

    Bytes(InputStream in) {
        this.in = in;
    }

    /** The next byte without taking it, or -1 at the end. */
    int peek() throws IOException {
        return more() ? buffer[next] & 0xFF : -1;
    }

    /** Whether there is another byte; reads on if the buffer is used up. */
    boolean more() throws IOException {
        if (next < end) {
            return true;
        }
        if (marked) {
            hold();
        }
        passed += end;
        next = 0;
        end = 0;
        from = 0;
        int read;
        do {
            read = in.read(buffer, 0, buffer.length);
        } while (read == 0);
        end = Math.max(read, 0);
        return read > 0;
    }

    /** Says that the byte before this position of the buffer ended a line. */
    void newLine(int position) {
        line++;
        lineStart = passed + position;
    }

    Place place() {
        return new Place(line, passed + next - lineStart + 1);
    }

    /** Starts to keep what is read from here. */
    void mark() {
        marked = true;
        from = next;
        heldLength = 0;
        heldSize = 0;
        start = place();
    }

    /** Forgets the mark. */
    void release() {
        marked = false;
    }

    /** What was read since the mark. Valid until more is read. */
    Slice slice() {
        marked = false;
        if (heldSize == 0) {
            return new Slice(buffer, from, next - from, next - from, start);
        }
        hold();
        return new Slice(held, 0, heldLength, heldSize, start);
    }

    Place start() {
        return start;
    }

    private void hold() {
        int count = next - from;
        int kept = Math.min(count, MAX_RECORD - heldLength);
        if (heldLength + kept > held.length) {
            held = Arrays.copyOf(held, Math.min(MAX_RECORD, Math.max(1 << 17, 2 * (heldLength + kept))));
        }
        System.arraycopy(buffer, from, held, heldLength, kept);
        heldLength += kept;
        heldSize += count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
