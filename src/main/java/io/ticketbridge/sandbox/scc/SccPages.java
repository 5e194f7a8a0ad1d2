package io.ticketbridge.sandbox.scc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A page's place in a list: {@code limit} up to 100 and an opaque {@code start}. The last page has no {@code next}.
 */
record SccPages(int limit, int from) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;

    /** @throws IllegalArgumentException with the message for a 400 */
    static SccPages read(Request request) {
        int limit = number(request.query("limit").orElse(Integer.toString(DEFAULT_LIMIT)));
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", was " + limit);
        }
        return new SccPages(limit, request.query("start").map(SccPages::decoded).orElse(0));
    }

    int to(int total) {
        return Math.min(total, from + limit);
    }

    /** The head of the page: limit, total, and links with the vendor's host. */
    ObjectNode head(Request request, int total) {
        String here = "https://us-south.compliance.cloud.ibm.com" + request.path();
        ObjectNode head =
                JsonNodeFactory.instance.objectNode().put("limit", limit).put("total_count", total);
        head.putObject("first").put("href", here + "?limit=" + limit);
        if (to(total) < total) {
            String start = Base64.getEncoder().encodeToString(("offset:" + to(total)).getBytes(StandardCharsets.UTF_8));
            head.putObject("next")
                    .put(
                            "href",
                            here + "?limit=" + limit + "&start=" + URLEncoder.encode(start, StandardCharsets.UTF_8))
                    .put("start", start);
        }
        return head;
    }

    private static int decoded(String start) {
        String text = new String(Base64.getDecoder().decode(start), StandardCharsets.UTF_8);
        if (!text.startsWith("offset:")) {
            throw new IllegalArgumentException("start is not a token of this list");
        }
        return number(text.substring(7));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + " is not a number", e);
        }
    }
}
