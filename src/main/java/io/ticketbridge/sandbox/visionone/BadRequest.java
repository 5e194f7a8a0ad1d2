package io.ticketbridge.sandbox.visionone;

/** A request that the API refuses with 400, with the inner code and message of its body. */
final class BadRequest extends RuntimeException {
    private final String code;

    BadRequest(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
