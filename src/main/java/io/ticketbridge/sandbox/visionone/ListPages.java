package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * Writes one page of a list. Pages are offsets into the list as it is now, so an item that enters the window between
 * two pages moves the others on: a client sees some twice, and none that was in the window from the start is missed
 * unless the client's own end of the window excludes it, or an item before its offset leaves the window's order.
 */
final class ListPages {
    static final String VENDOR_HOST = "https://api.xdr.trendmicro.com";

    private final NextLinks style;

    ListPages(NextLinks style) {
        this.style = style;
    }

    ObjectNode page(Collection<ObjectNode> items, ListRequest list, String path) {
        List<ObjectNode> found =
                items.stream().filter(list::includes).sorted(list.order()).toList();
        int from = Math.min(Math.max(0, list.offset()), found.size());
        int to = Math.min(from + list.top(), found.size());
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        if (list.rules().counted()) {
            page.put("totalCount", found.size()).put("count", to - from);
        }
        ArrayNode listed = page.putArray("items");
        found.subList(from, to).stream().map(JsonNode::<ObjectNode>deepCopy).forEach(listed::add);
        if (to < found.size()) {
            page.put("nextLink", link(list, to, path));
        }
        return page;
    }

    private String link(ListRequest list, int offset, String path) {
        boolean withDates = style != NextLinks.DROPPED_DATES;
        StringBuilder link = new StringBuilder(VENDOR_HOST)
                .append(path)
                .append("?skipToken=")
                .append(encoded(list.token(offset, withDates)));
        if (list.rules().plainToken()) {
            list.parameters(withDates).forEach((name, value) -> append(link, name, value));
        } else if (style == NextLinks.RAW_SPACES) {
            append(link, "orderBy", list.orderBy());
        }
        return link.toString();
    }

    private void append(StringBuilder link, String name, String value) {
        String encoded = encoded(value).replace("+", style == NextLinks.RAW_SPACES ? " " : "%20");
        link.append('&').append(name).append('=').append(encoded);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
