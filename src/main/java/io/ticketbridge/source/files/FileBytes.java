package io.ticketbridge.source.files;

import java.io.File;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file while it is read: how far, with what content, and whether it is still as it was when it was opened. */
final class FileBytes extends FilterInputStream {
    private final File file;
    private final long size;
    private final long modified;
    private final DigestInputStream digested;
    private volatile long read;

    private FileBytes(File file, DigestInputStream in) {
        super(in);
        this.file = file;
        this.digested = in;
        this.size = file.length();
        this.modified = file.lastModified();
    }

    /** @throws IOException that names cause and cure */
    static FileBytes open(File file) throws IOException {
        Path path = file.toPath();
        if (Files.isSymbolicLink(path) && !Files.exists(path)) {
            throw new IOException(
                    file.getName() + " is a link to something that is not there; mend the link, or take it away");
        }
        if (Files.exists(path) && !Files.isReadable(path)) {
            throw new IOException(
                    file.getName() + " can't be read: give the process the right to read it, and put it back");
        }
        return new FileBytes(file, new DigestInputStream(new FileInputStream(file), sha256()));
    }

    /** What tells its content from every other: SHA-256, in hex. */
    static String digestOf(File file) throws IOException {
        try (FileBytes bytes = open(file)) {
            return bytes.digest();
        }
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        read += next < 0 ? 0 : 1;
        return next;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        int taken = super.read(target, from, count);
        read += Math.max(0, taken);
        return taken;
    }

    String name() {
        return file.getName();
    }

    long bytesRead() {
        return read;
    }

    long size() {
        return size;
    }

    /** Reads what is left of it. */
    String digest() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    }

    boolean isAsItWas() {
        return file.length() == size && file.lastModified() == modified && read <= size;
    }

    long modified() {
        return modified;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
