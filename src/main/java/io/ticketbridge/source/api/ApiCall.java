package io.ticketbridge.source.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.UrlText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request to an API, without its credential. The host is always the configured one.
 *
 * @param path from the host's root on, as it is sent
 * @param query names and values, not encoded
 * @param rawQuery in place of {@code query}: as a next link has it; or null
 * @param body JSON, or null
 */
public record ApiCall(
        String method,
        String path,
        Map<String, String> query,
        String rawQuery,
        Map<String, String> headers,
        JsonNode body) {
    ApiCall with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new ApiCall(method, path, more, rawQuery, headers, body);
    }

    ApiCall withBody(JsonNode other) {
        return new ApiCall(method, path, query, rawQuery, headers, other);
    }

    ApiCall at(String otherPath, String otherQuery) {
        return new ApiCall(method, otherPath, Map.of(), otherQuery, headers, body);
    }

    /** As it is sent; empty if there is none. */
    String queryText() {
        return rawQuery != null
                ? rawQuery
                : query.entrySet().stream()
                        .map(each -> UrlText.encoded(each.getKey()) + "=" + UrlText.encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
    }
}
