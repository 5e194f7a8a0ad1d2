package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;

/** Error answers of the gateway, and which family of errors a path has. */
final class ApiErrors {
    private ApiErrors() {}

    static Answer invalidToken() {
        return gateway(
                401, "InvalidCredentials", "Invalid token, Authorization token invaild for header", "InvalidToken");
    }

    static Answer noSuchPath() {
        return gateway(404, "NotFound", "Not found", "NotFound");
    }

    static Answer tooLarge() {
        return gateway(413, "RequestEntityTooLarge", "Request entity too large", "RequestEntityTooLarge");
    }

    static Answer tooManyRequests() {
        return numbered(429, "TooManyRequests", "Too many requests", 4290102);
    }

    static Answer internal(String path, int status) {
        return isAlerts(path) ? AlertErrors.internal(status) : CaseErrors.internal(status);
    }

    static Answer conditionNotMet(String path) {
        return isAlerts(path) ? AlertErrors.conditionNotMet() : CaseErrors.conditionNotMet();
    }

    static Answer numbered(int status, String code, String message, int number) {
        ObjectNode body = error(code, message);
        ((ObjectNode) body.get("error")).put("number", number);
        return Answer.json(status, body);
    }

    static ObjectNode error(String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("code", code).put("message", message);
        return body;
    }

    private static boolean isAlerts(String path) {
        return path.startsWith(AlertRoutes.ALERTS);
    }

    private static Answer gateway(int status, String code, String message, String innerCode) {
        ObjectNode body = error(code, message);
        ((ObjectNode) body.get("error"))
                .putObject("innererror")
                .put("code", innerCode)
                .put("service", "svp");
        return Answer.json(status, body);
    }
}
