package io.ticketbridge.console;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was asked, taken from the request itself: on the way through a route, headers and query share one map, and a query could
 * pass for a header.
 *
 * @param authority the host, and port, that was asked; the Host header of HTTP/1.1; empty if there is none or it is in doubt
 * @param path its parts, decoded; empty for the start page
 */
record Request(
        String method,
        String authority,
        String rawPath,
        List<String> path,
        MultiMap query,
        MultiMap form,
        MultiMap headers,
        String remote) {

    static Request of(HttpServerRequest request) {
        String path = request.path() == null ? "/" : request.path();
        return new Request(
                request.method().name(),
                authority(request),
                path,
                parts(path),
                request.params(),
                request.formAttributes(),
                request.headers(),
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress());
    }

    private static String authority(HttpServerRequest request) {
        HostAndPort authority = request.headers().getAll("Host").size() > 1 ? null : request.authority();
        return authority == null ? "" : authority.toString();
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        Arrays.stream(path.substring(1).split("/", -1)).forEach(part -> {
            try {
                parts.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                parts.add("\0");
            }
        });
        return path.equals("/") ? List.of() : parts;
    }

    boolean isPost() {
        return method.equals("POST");
    }

    /** Every header of that name; more than one is suspicious where only one makes sense. */
    List<String> headers(String name) {
        return headers.getAll(name);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** A parameter of the query, stripped; empty if it is not there. */
    String asked(String name) {
        String value = query.get(name);
        return value == null ? "" : value.strip();
    }

    /** A field of the form, stripped; empty if it is not there. */
    String field(String name) {
        String value = form.get(name);
        return value == null ? "" : value.strip();
    }
}
