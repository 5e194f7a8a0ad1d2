package io.ticketbridge.sandbox.servicenow;

import java.util.Set;

/** Checks size, Accept and Content-Type the way the REST layer does before it looks at a table. */
final class Negotiation {

    private static final String SUPPORTED = "Supported %s media types for this service are: [application/json]";
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private Negotiation() {}

    static void check(Call call, Settings settings) {
        if (call.length > settings.maxBodyBytes) {
            throw Refusal.tooLarge(settings.tooLargeStatus, call.length, settings.maxBodyBytes);
        }
        String accept = call.header("Accept");
        if (accept.isEmpty() && settings.headersRequired) {
            throw Refusal.badRequest("Accept header is missing", SUPPORTED.formatted("response"));
        }
        if (!accept.isEmpty() && !accept.matches("(?s).*(application/json|\\*/\\*|application/\\*).*")) {
            throw Refusal.of(406, "Invalid accept header. " + SUPPORTED.formatted("response"), null);
        }
        if (WITH_BODY.contains(call.method)) {
            String type = call.header("Content-Type");
            if (type.isEmpty() && settings.headersRequired) {
                throw Refusal.badRequest("Content-Type header is missing", SUPPORTED.formatted("request"));
            }
            if (!type.isEmpty() && !type.startsWith("application/json")) {
                throw Refusal.of(415, "Invalid content-type. " + SUPPORTED.formatted("request"), null);
            }
        }
    }

    static Refusal methodNotSupported(Call call) {
        return Refusal.of(405, "Method not supported", call.method + " is not supported for this resource");
    }
}
