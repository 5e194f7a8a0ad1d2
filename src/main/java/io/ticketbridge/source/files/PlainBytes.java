package io.ticketbridge.source.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Unwraps what a findings file may be wrapped in: gzip, told by its first bytes, and UTF-16, as PowerShell writes it. */
final class PlainBytes {
    private PlainBytes() {}

    /** The file as UTF-8, still with a byte order mark if it had one. */
    static InputStream of(InputStream in) throws IOException {
        PushbackInputStream start = new PushbackInputStream(new BufferedInputStream(in, 1 << 16), 4);
        byte[] first = peek(start);
        if (first.length >= 2 && first[0] == (byte) 0x1F && first[1] == (byte) 0x8B) {
            start = new PushbackInputStream(new GzipMembers(start), 4);
            first = peek(start);
        }
        Charset charset = charset(first);
        return charset == StandardCharsets.UTF_8 ? start : new Utf8Bytes(new InputStreamReader(start, charset));
    }

    private static byte[] peek(PushbackInputStream in) throws IOException {
        byte[] first = new byte[4];
        int read = in.readNBytes(first, 0, first.length);
        in.unread(first, 0, read);
        return Arrays.copyOf(first, read);
    }

    private static Charset charset(byte[] first) {
        if (first.length < 2) {
            return StandardCharsets.UTF_8;
        }
        int pair = (first[0] & 0xFF) << 8 | first[1] & 0xFF;
        if (pair == 0xFEFF || pair == '{' || pair == '[') {
            return StandardCharsets.UTF_16BE;
        }
        boolean little = pair == 0xFFFE || pair == '{' << 8 || pair == '[' << 8;
        return little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }
}
