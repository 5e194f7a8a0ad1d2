package io.ticketbridge.sandbox.scc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;

/** Error answers: those of SCC have {@code errors} and a trace. */
final class SccErrors {
    private SccErrors() {}

    static Answer of(int status, String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("errors").addObject().put("code", code).put("message", message);
        return Answer.json(status, body.put("status_code", status).put("trace", "sandbox"));
    }

    static Answer badRequest(String message) {
        return of(400, "bad_request", message);
    }

    static Answer unauthorized() {
        return of(401, "unauthorized", "The token is missing, not valid, or expired.");
    }

    static Answer notFound(String what) {
        return of(404, "not_found", what + " was not found.");
    }
}
