package io.ticketbridge.source.http;

import java.io.File;

/**
 * A body in a temporary file, for as long as its request lasts.
 *
 * @param digest of its bytes as they were sent: SHA-256, in hex
 * @param packed whether it is gzip
 */
public record Received(File file, String digest, long size, boolean packed) {}
