package io.ticketbridge.console;

import io.ticketbridge.config.HttpSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * By what the console knows again what it gave out itself (P39), whichever replica did: the key is made of the password, which all
 * of them share. It is made slowly, since a seal stands in links, whose readers must not be able to guess the password by it. Where
 * there is none, on loopback alone, each process has its own key. Safe for threads.
 */
final class Seal {
    private static final int ROUNDS = 200_000;
    private static final int KEY_BITS = 256;

    private final HttpSettings settings;
    private final byte[] ofProcess = new byte[KEY_BITS / 8];
    private String password = "";
    private byte[] ofPassword;

    Seal(HttpSettings settings) {
        this.settings = settings;
        new SecureRandom().nextBytes(ofProcess);
    }

    /** @param purpose what it is good for: a seal for one thing is none for another */
    String of(String purpose, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(), "HmacSHA256"));
            mac.update((purpose + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isRight(String seal, String purpose, String text) {
        return MessageDigest.isEqual(
                seal.getBytes(StandardCharsets.UTF_8), of(purpose, text).getBytes(StandardCharsets.UTF_8));
    }

    /** Anew where the password was changed meanwhile. */
    private synchronized byte[] key() throws GeneralSecurityException {
        String now = settings.password().reveal();
        if (now.isEmpty()) {
            return ofProcess;
        }
        if (!now.equals(password)) {
            byte[] salt = ("ticketbridge console " + settings.user()).getBytes(StandardCharsets.UTF_8);
            ofPassword = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(now.toCharArray(), salt, ROUNDS, KEY_BITS))
                    .getEncoded();
            password = now;
        }
        return ofPassword;
    }
}
