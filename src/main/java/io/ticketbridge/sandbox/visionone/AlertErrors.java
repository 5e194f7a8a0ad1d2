package io.ticketbridge.sandbox.visionone;

import io.ticketbridge.sandbox.http.Answer;

/** Error answers in the words of the vendor's documents for Workbench: the number stands in the message too. */
final class AlertErrors {
    private AlertErrors() {}

    static Answer badRequest() {
        return error(
                400,
                "BadRequest",
                "Unable to process the request. Verify that the request is properly formatted and try again.",
                3090003);
    }

    static Answer accessDenied() {
        return Answer.json(403, ApiErrors.error("AccessDenied", "Insufficient permissions."));
    }

    static Answer notFound() {
        return error(
                404,
                "NotFound",
                "Unable to process the request. Verify that the specified workbench ID exists and that you have"
                        + " permission to access the alert and try again.",
                3090007);
    }

    static Answer conditionNotMet() {
        return error(412, "ConditionNotMet", "The target resource is not updated because of ETag unmatching.", 3090018);
    }

    static Answer internal(int status) {
        return error(
                status,
                "InternalServerError",
                "An internal error has occurred. Please try again later. If the issue persists, contact your support"
                        + " provider.",
                3090999);
    }

    private static Answer error(int status, String code, String message, int number) {
        return ApiErrors.numbered(status, code, message + " (Error code: " + number + ")", number);
    }
}
