package io.ticketbridge.fault;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer that must end in time: a client's own limit is for one read each, or ends with the headers. */
public final class TimedStream extends FilterInputStream {
    private final Deadline deadline;

    public TimedStream(InputStream body, Deadline deadline) {
        super(body);
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read;
        try {
            read = in.read(bytes, offset, length);
        } catch (IOException e) {
            deadline.requireInTime(e);
            throw e;
        }
        // What was broken off may look like an end.
        deadline.requireInTime(null);
        if (read < 0) {
            deadline.off();
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        deadline.off();
        super.close();
    }
}
