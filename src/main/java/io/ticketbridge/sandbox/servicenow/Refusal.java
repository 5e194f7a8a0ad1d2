package io.ticketbridge.sandbox.servicenow;

/** The request can't be served: status, message and detail as the instance words them. */
final class Refusal extends RuntimeException {

    final int status;
    final String detail;

    private Refusal(int status, String message, String detail) {
        super(message);
        this.status = status;
        this.detail = detail;
    }

    static Refusal of(int status, String message, String detail) {
        return new Refusal(status, message, detail);
    }

    static Refusal invalidTable(String table) {
        return new Refusal(400, "Invalid table " + table, null);
    }

    static Refusal badRequest(String message, String detail) {
        return new Refusal(400, message, detail);
    }

    static Refusal notAuthenticated() {
        return new Refusal(401, "User Not Authenticated", "Required to provide Auth information");
    }

    static Refusal notAuthorized(String detail) {
        return new Refusal(403, "User Not Authorized", detail);
    }

    static Refusal mayNotQuery() {
        return new Refusal(403, "Insufficient rights to query records", null);
    }

    /** @param operation Insert, Update or Delete */
    static Refusal mayNot(String operation) {
        return new Refusal(
                403, "Operation Failed", "ACL Exception " + operation + " Failed due to security constraints");
    }

    static Refusal dataPolicy(String labels) {
        return new Refusal(
                403, "Operation Failed", "Data Policy Exception: \n\tThe following fields are mandatory: " + labels);
    }

    static Refusal businessRule(String table, String rule, String ruleId) {
        return new Refusal(
                403,
                "Operation Failed",
                "Operation against file '" + table + "' was aborted by Business Rule '" + rule + "^" + ruleId
                        + "'. Business Rule Stack:" + rule);
    }

    static Refusal noRecord() {
        return new Refusal(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval");
    }

    static Refusal noResource() {
        return new Refusal(400, "Requested URI does not represent any resource", null);
    }

    static Refusal tooLarge(int status, long length, long max) {
        return new Refusal(
                status,
                "Exception while reading request",
                "Rejected large REST payload with content-length = " + length + " bytes. Max allowed: " + max
                        + " bytes.");
    }
}
