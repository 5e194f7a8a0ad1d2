package io.ticketbridge.sandbox.servicenow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One request as it arrived, and what became of it.
 *
 * @param at the instance's time
 * @param query decoded parameters, in their order
 * @param headers names in lower case; credentials are kept, since they are the sandbox's
 * @param body the text; of binary bodies only how many bytes there were
 * @param status what was answered, or 0 when the connection was closed instead
 * @param fault name of the fault that hit it, or ""
 * @param droppedConditions conditions of the encoded query that the instance ignored
 */
public record SeenRequest(
        Instant at,
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        String body,
        int status,
        String fault,
        List<String> droppedConditions) {

    /** Whether it asked the API to change something. */
    public boolean isWrite() {
        return path.startsWith("/api/")
                && Set.of("POST", "PUT", "PATCH", "DELETE").contains(method);
    }

    /** The first value of the parameter, or "". */
    public String parameter(String name) {
        return query.getOrDefault(name, List.of("")).get(0);
    }

    /** The first value of the header, or "". */
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, List.of("")).get(0);
    }

    @Override
    public String toString() {
        return method + ' ' + path + " -> " + status + (fault.isEmpty() ? "" : " (" + fault + ')');
    }
}
