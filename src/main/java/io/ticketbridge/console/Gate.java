package io.ticketbridge.console;

import io.ticketbridge.config.HttpSettings;
import io.ticketbridge.fault.FailedLogins;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Who may ask, and whether what they send comes from a page of ours (P39). */
final class Gate {
    private static final String FORM = "form";

    private final HttpSettings settings;
    private final FailedLogins failed;
    private final Seal seal;

    Gate(HttpSettings settings, Seal seal, Clock clock) {
        this.settings = settings;
        this.failed = new FailedLogins(clock);
        this.seal = seal;
    }

    /** What each form carries; the same on all replicas. */
    String token() {
        return seal.of(FORM, "");
    }

    /** @throws PageRefusal with what is wrong */
    void check(Request request) {
        checkHost(request);
        if (!settings.password().isEmpty()) {
            checkCredential(request);
        }
        if (request.isPost()) {
            checkOrigin(request);
        }
    }

    /** A page elsewhere can give its own name this machine's address; only the Host header tells (DNS rebinding). */
    private void checkHost(Request request) {
        if (request.authority().isEmpty()) {
            throw new PageRefusal(400, "The request must have one Host header.");
        }
        if (settings.isLoopback() && !HttpSettings.isLoopback(nameOf(request.authority()))) {
            throw new PageRefusal(
                    421,
                    "This console is for this machine alone: ask for it as http://127.0.0.1 or http://localhost."
                            + " To reach it by another name, set ticketbridge.http.host and ticketbridge.http.password.");
        }
    }

    private static String nameOf(String authority) {
        return authority.replaceFirst(":\\d+$", "");
    }

    private void checkCredential(Request request) {
        Optional<String> sent = request.header("Authorization");
        long wait = failed.secondsToWait(request.remote());
        if (sent.isPresent() && wait > 0) {
            throw new PageRefusal(
                    429,
                    "Too many wrong passwords. Try again in " + wait + " seconds.",
                    Map.of("Retry-After", String.valueOf(wait)));
        }
        if (sent.isEmpty() || !isRight(sent.get())) {
            if (sent.isPresent()) {
                failed.add(request.remote());
            }
            throw new PageRefusal(
                    401,
                    "Sign in with ticketbridge.http.user and ticketbridge.http.password.",
                    Map.of("WWW-Authenticate", "Basic realm=\"ticketbridge\", charset=\"UTF-8\""));
        }
        failed.forget(request.remote());
    }

    /** Compares digests, so that neither length nor content shows in the time that it takes. */
    private boolean isRight(String authorization) {
        String expected = settings.user() + ":" + settings.password().reveal();
        return MessageDigest.isEqual(digest(expected.getBytes(StandardCharsets.UTF_8)), digest(given(authorization)));
    }

    private static byte[] given(String authorization) {
        try {
            return authorization.regionMatches(true, 0, "Basic ", 0, 6)
                    ? Base64.getDecoder().decode(authorization.substring(6).strip())
                    : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A form of another site must not act. A browser says where a form comes from; it says {@code null} for ours where it sends
     * no Sec-Fetch-Site, for our pages send no referrer. Then the token alone decides.
     */
    private void checkOrigin(Request request) {
        boolean elsewhere = request.headers("Sec-Fetch-Site").stream().anyMatch(site -> !site.equals("same-origin"))
                || request.headers("Origin").stream()
                        .anyMatch(origin -> !origin.equals("null") && !isOurs(origin, request));
        if (elsewhere) {
            throw new PageRefusal(
                    403, "This was sent by a page of another site. Nothing was done. Use the console's own buttons.");
        }
        if (!seal.isRight(request.field("token"), FORM, "")) {
            throw new PageRefusal(
                    403,
                    "This form is out of date. Nothing was done. Reload the page and try again. "
                            + (settings.password().isEmpty()
                                    ? "Ticketbridge was started again since, or another process made the page."
                                    : "The console's password was changed since, or another replica with another password"
                                            + " made the page."));
        }
    }

    private static boolean isOurs(String origin, Request request) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(request.authority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
