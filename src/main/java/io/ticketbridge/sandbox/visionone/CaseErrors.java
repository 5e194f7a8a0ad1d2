package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;

/** Error answers in the words of the vendor's documents for Case Management. */
final class CaseErrors {
    private CaseErrors() {}

    static Answer badRequest(String code, String message) {
        return caseError(
                400,
                "BadRequest",
                "Unable to process the request. Verify that the request is properly formatted and try again.",
                code,
                message);
    }

    static Answer accessDenied() {
        return caseError(
                403,
                "AccessDenied",
                "Unable to process the request. Verify that you have permission to access the data and try again.",
                "NoPermissionAccess",
                "No permission to access the case log");
    }

    static Answer notFound() {
        return caseError(
                404,
                "NotFound",
                "Unable to process the request. Verify that the required data exists and try again.",
                "ItemNotFound",
                "The item does not exist.");
    }

    static Answer conditionNotMet() {
        return caseError(
                412,
                "ConditionNotMet",
                "An precondition check Failed. Please try again later.",
                "ETag check failed",
                "ETag in request header not match the latest ETag.");
    }

    static Answer internal(int status) {
        return caseError(
                status,
                "InternalServerError",
                "An internal error has occurred. Please try again later. If the issue persists, contact your support"
                        + " provider.",
                "ReadCacheFailed",
                "Failed to connect to cache server");
    }

    private static Answer caseError(int status, String code, String message, String innerCode, String innerMessage) {
        ObjectNode body = ApiErrors.error(code, message);
        ((ObjectNode) body.get("error"))
                .putObject("innererror")
                .put("code", innerCode)
                .put("message", innerMessage);
        return Answer.json(status, body);
    }
}
