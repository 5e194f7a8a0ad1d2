package io.ticketbridge.source.http;

import java.util.Map;

/** Why a request is not taken, in words for whoever sent it. */
final class IntakeRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String BROKEN = "broken";

    private final int status;
    private final String reason;
    private final transient Map<String, String> headers;

    /** @param reason one word, for metrics */
    IntakeRefusal(int status, String reason, String message) {
        this(status, reason, message, Map.of());
    }

    IntakeRefusal(int status, String reason, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.reason = reason;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    /** Whether its sender hung up. */
    boolean isBroken() {
        return reason.equals(BROKEN);
    }

    Map<String, String> headers() {
        return headers == null ? Map.of() : headers;
    }

    static IntakeRefusal unknownSender() {
        return new IntakeRefusal(
                401,
                "credential",
                "Show the flow's token as Authorization: Bearer TOKEN, or sign the body, and path and query in a line before it if there is a query, as X-Hub-Signature-256: sha256=HEX.",
                Map.of("WWW-Authenticate", "Bearer realm=\"ticketbridge\""));
    }

    static IntakeRefusal tooLarge(long most) {
        return new IntakeRefusal(
                413,
                "size",
                "A body has at most " + most + " bytes, as it is sent and unpacked: send it in parts, or raise"
                        + " ticketbridge.http.intake-max-size.");
    }

    /** Who hung up reads no answer: it is for one whose end of the line is still there. */
    static IntakeRefusal broken() {
        return new IntakeRefusal(400, BROKEN, "The body broke off; nothing of it was kept. Send it again.");
    }

    static IntakeRefusal later(int seconds, String reason, String message) {
        return new IntakeRefusal(503, reason, message, Map.of("Retry-After", String.valueOf(seconds)));
    }
}
