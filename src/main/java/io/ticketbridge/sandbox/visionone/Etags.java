package io.ticketbridge.sandbox.visionone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * ETags. Those of cases are bare and compared with or without quotes; those of alerts and their notes are in quotes, and compared as
 * they are (vision-one.md, section 1.4; RFC 9110, section 8.8.3).
 */
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
        String given = bare(ifMatch.strip());
        return given.equals("*") || given.equals(bare(etag));
    }

    static boolean matchAsItIs(String ifMatch, String etag) {
        String given = ifMatch.strip();
        return given.equals("*") || given.equals(etag);
    }

    private static String bare(String tag) {
        boolean quoted = tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"");
        return quoted ? tag.substring(1, tag.length() - 1) : tag;
    }
}
