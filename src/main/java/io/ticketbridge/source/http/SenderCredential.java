package io.ticketbridge.source.http;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a sender to a flow has to show. Comparing takes as long whatever differs; of a flow that is not there nothing is ever right. */
final class SenderCredential {
    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+)\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SIGNATURE = Pattern.compile("sha256=([0-9a-fA-F]{64})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] token;
    private final byte[] key;

    private SenderCredential(byte[] token, byte[] key) {
        this.token = token;
        this.key = key;
    }

    /** @param flow null if there is none of that name */
    static SenderCredential of(FlowSettings flow) {
        return new SenderCredential(
                bytes(flow == null ? Secret.NONE : flow.token()),
                bytes(flow == null ? Secret.NONE : flow.hmacSecret()));
    }

    /** In place of what is not set there is something that nobody knows. */
    private static byte[] bytes(Secret secret) {
        if (!secret.isEmpty()) {
            return secret.reveal().getBytes(StandardCharsets.UTF_8);
        }
        byte[] nobody = new byte[32];
        RANDOM.nextBytes(nobody);
        return nobody;
    }

    boolean isToken(String authorization) {
        Matcher bearer = BEARER.matcher(authorization);
        byte[] sent = bearer.matches() ? bearer.group(1).getBytes(StandardCharsets.UTF_8) : new byte[0];
        return MessageDigest.isEqual(sha256(sent), sha256(token));
    }

    static boolean isSignature(String header) {
        return SIGNATURE.matcher(header).matches();
    }

    /** To be fed with what is signed. */
    Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean isRight(String header, Mac mac) {
        Matcher signature = SIGNATURE.matcher(header);
        return signature.matches()
                && MessageDigest.isEqual(
                        HexFormat.of().parseHex(signature.group(1).toLowerCase(Locale.ROOT)), mac.doFinal());
    }

    /** Of digests neither length nor content shows in the time that comparing takes. */
    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
