package io.ticketbridge.source.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes up to a limit. */
final class NoMore extends FilterInputStream {
    private final long most;
    private long size;

    NoMore(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    /** @throws TooLarge behind the limit */
    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        int read = super.read(target, from, count);
        size += Math.max(read, 0);
        if (size > most) {
            throw new TooLarge(most);
        }
        return read;
    }
}
