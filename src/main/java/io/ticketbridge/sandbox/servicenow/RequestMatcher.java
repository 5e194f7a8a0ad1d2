package io.ticketbridge.sandbox.servicenow;

import java.util.Set;
import java.util.regex.Pattern;

/** Chooses requests by method and path (without the query). */
@FunctionalInterface
public interface RequestMatcher {

    boolean matches(String method, String path);

    static RequestMatcher any() {
        return (method, path) -> true;
    }

    /** Everything below {@code /api/}: not the OAuth endpoints. */
    static RequestMatcher api() {
        return (method, path) -> path.startsWith("/api/");
    }

    /** Calls of the API that change something. */
    static RequestMatcher writes() {
        return (method, path) -> path.startsWith("/api/")
                && Set.of("POST", "PUT", "PATCH", "DELETE").contains(method);
    }

    static RequestMatcher reads() {
        return (method, path) -> path.startsWith("/api/") && method.equals("GET");
    }

    /** That method, and a path in which the expression is found. */
    static RequestMatcher on(String method, String pathExpression) {
        Pattern pattern = Pattern.compile(pathExpression);
        return (seen, path) -> seen.equals(method) && pattern.matcher(path).find();
    }

    default RequestMatcher and(RequestMatcher other) {
        return (method, path) -> matches(method, path) && other.matches(method, path);
    }
}
