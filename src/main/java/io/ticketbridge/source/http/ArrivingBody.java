package io.ticketbridge.source.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of a request that was paused, as a stream: the next few pieces are asked for when the last were read, so that the
 * sender is slowed instead of memory filled. For one thread, not the event loop's.
 */
final class ArrivingBody extends InputStream {
    private static final int PIECES = 8;

    private final HttpServerRequest request;
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final Duration pause;
    private final long end;
    private byte[] piece = {};
    private int at;
    private int asked;
    private boolean ended;

    /** No more bytes come. */
    private enum End {
        OF_BODY
    }

    /**
     * @param pause how long the next bytes may take
     * @param whole how long all of it may take
     */
    ArrivingBody(HttpServerRequest request, Duration pause, Duration whole) {
        this.request = request;
        this.pause = pause;
        this.end = System.nanoTime() + whole.toNanos();
        request.handler(arrived::add);
        request.endHandler(nothing -> arrived.add(End.OF_BODY));
        request.exceptionHandler(arrived::add);
    }

    @Override
    public int read() throws IOException {
        return more() ? piece[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        if (!more()) {
            return -1;
        }
        int taken = Math.min(count, piece.length - at);
        System.arraycopy(piece, at, target, from, taken);
        at += taken;
        return taken;
    }

    /** @throws IntakeRefusal if the connection breaks off before the end */
    private boolean more() throws IOException {
        while (at == piece.length && !ended) {
            if (asked == 0) {
                asked = PIECES;
                request.fetch(PIECES);
            }
            Object next = next();
            if (next instanceof Buffer bytes) {
                asked--;
                piece = bytes.getBytes();
                at = 0;
            } else if (next instanceof Throwable) {
                throw IntakeRefusal.broken();
            } else {
                ended = true;
            }
        }
        return at < piece.length;
    }

    /** @throws IntakeRefusal if nothing comes for too long */
    private Object next() throws IOException {
        try {
            long patience = Math.min(pause.toNanos(), end - System.nanoTime());
            Object next = arrived.poll(Math.max(0, patience), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new IntakeRefusal(408, "slow", "The body took too long; nothing of it was kept. Send it again.");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while a body was read", e);
        }
    }
}
