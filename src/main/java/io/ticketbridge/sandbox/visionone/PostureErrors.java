package io.ticketbridge.sandbox.visionone;

import io.ticketbridge.sandbox.http.Answer;

/** Error answers of Cloud Posture. */
final class PostureErrors {
    private PostureErrors() {}

    static Answer badRequest(String message) {
        return Answer.json(400, ApiErrors.error("BadRequest", message));
    }

    static Answer accessDenied() {
        return Answer.json(403, ApiErrors.error("AccessDenied", "Insufficient permissions."));
    }

    static Answer notFound() {
        return Answer.json(404, ApiErrors.error("NotFound", "The resource does not exist."));
    }
}
