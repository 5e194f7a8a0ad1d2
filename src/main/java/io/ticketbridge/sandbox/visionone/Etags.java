package io.ticketbridge.sandbox.visionone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** ETags of cases and notes: bare, and compared with or without quotes. */
final class Etags {
    private Etags() {}

    static String of(String id, long version) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((id + '\n' + version).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    static boolean match(String ifMatch, String etag) {
        String given = ifMatch.strip();
        if (given.startsWith("\"") && given.endsWith("\"") && given.length() > 1) {
            given = given.substring(1, given.length() - 1);
        }
        return given.equals("*") || given.equals(etag);
    }
}
