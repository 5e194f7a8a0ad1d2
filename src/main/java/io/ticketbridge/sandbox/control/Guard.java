package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps other web pages out, which a browser on this machine may have open: a name that was pointed at loopback (DNS
 * rebinding) has another Host, and a form of another site lacks the token of this start.
 */
final class Guard {
    static final String HEADER = "X-Sandbox-Token";
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost");

    private final String token;

    Guard() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        token = HexFormat.of().formatHex(random);
    }

    String token() {
        return token;
    }

    /** @return why the request is refused, if it is */
    Optional<String> refusal(Request request) {
        String host = request.header("Host").orElse("");
        if (!NAMES.contains(host.replaceFirst(":\\d+$", ""))) {
            return Optional.of("This page is called 127.0.0.1 or localhost, and by no other name");
        }
        if (!request.isWrite()) {
            return Optional.empty();
        }
        Optional<String> origin = request.header("Origin");
        if (origin.isPresent() && !origin.get().equals("http://" + host)) {
            return Optional.of("Another site sent this form");
        }
        String sent = request.header(HEADER).orElseGet(() -> request.form().getOrDefault("token", ""));
        boolean known =
                MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
        return known
                ? Optional.empty()
                : Optional.of("The token is not the one of this start: reload the page and try again");
    }
}
