package io.ticketbridge.source.files;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of one JSON value, cut out of a file but not parsed. Valid until the next slice is cut.
 *
 * @param bytes the buffer that holds it
 * @param from where it starts in the buffer
 * @param length how much of it the buffer holds
 * @param size how long it is in the file, in bytes; more than the length if it is too long to hold
 * @param place where it starts in the file
 */
record Slice(byte[] bytes, int from, int length, long size, Place place) {
    private static final int MAX_RAW = 64 * 1024;

    boolean tooLong() {
        return size > length;
    }

    /** Its text for a dead letter, at most 64 KB of it, without NUL, which not every database can store. */
    String raw() {
        int kept = Math.min(length, MAX_RAW);
        String text = new String(bytes, from, kept, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
        return size > kept ? text + "... [" + (size - kept) + " more bytes]" : text;
    }
}
