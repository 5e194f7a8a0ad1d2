package io.ticketbridge.source.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;

/** Writes bodies to temporary files, a few at once, so that slow senders take neither memory nor every thread. */
final class Receiver {
    static final Duration PAUSE = Duration.ofSeconds(30);
    static final Duration WHOLE = Duration.ofMinutes(10);
    private static final int AT_ONCE = 8;
    private static final int UNPROVEN_AT_ONCE = 4;
    private static final int BUFFER = 1 << 16;

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Semaphore unproven = new Semaphore(UNPROVEN_AT_ONCE);
    private final long most;

    /** @param most bytes that a body may have */
    Receiver(long most) {
        this.most = most;
    }

    /**
     * Whether another body can be taken; to be given back with {@link #leave}.
     *
     * @param proven whether its sender is known by now: one whose signature is yet to be compared takes no place from those
     */
    boolean enter(boolean proven) {
        return (proven ? places : unproven).tryAcquire();
    }

    void leave(boolean proven) {
        (proven ? places : unproven).release();
    }

    /**
     * @param target an empty file
     * @param signed is fed with the bytes
     */
    Received receive(InputStream body, Path target, Mac signed) throws IOException {
        MessageDigest digest = sha256();
        long size = 0;
        boolean packed = false;
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int read = body.read(buffer, 0, BUFFER); read >= 0; read = body.read(buffer, 0, BUFFER)) {
                if (size == 0) {
                    read = atLeastTwo(body, buffer, read);
                    packed = read >= 2 && buffer[0] == (byte) 0x1F && buffer[1] == (byte) 0x8B;
                }
                size += read;
                if (size > most) {
                    throw IntakeRefusal.tooLarge(most);
                }
                digest.update(buffer, 0, read);
                signed.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        return new Received(target.toFile(), HexFormat.of().formatHex(digest.digest()), size, packed);
    }

    /** The first two bytes tell whether it is gzip; they may come one by one. */
    private static int atLeastTwo(InputStream body, byte[] buffer, int read) throws IOException {
        int more = read < 2 ? body.read(buffer, read, BUFFER - read) : 0;
        return read + Math.max(0, more);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
