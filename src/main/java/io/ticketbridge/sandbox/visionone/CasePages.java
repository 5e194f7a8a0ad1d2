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
 * unless the client's own end of the window excludes it.
 */
final class CasePages {
    static final String VENDOR_HOST = "https://api.xdr.trendmicro.com";

    private final NextLinks style;

    CasePages(NextLinks style) {
        this.style = style;
    }

    ObjectNode page(Collection<ObjectNode> items, ListRequest list, String path) {
        List<ObjectNode> found =
                items.stream().filter(list::includes).sorted(list.order()).toList();
        int from = Math.min(Math.max(0, list.offset()), found.size());
        int to = Math.min(from + list.top(), found.size());
        ObjectNode page = JsonNodeFactory.instance
                .objectNode()
                .put("totalCount", found.size())
                .put("count", to - from);
        ArrayNode listed = page.putArray("items");
        found.subList(from, to).stream().map(JsonNode::<ObjectNode>deepCopy).forEach(listed::add);
        if (to < found.size()) {
            page.put("nextLink", link(list, to, path));
        }
        return page;
    }

    private String link(ListRequest list, int offset, String path) {
        String token = list.token(offset, style != NextLinks.DROPPED_DATES);
        String link = VENDOR_HOST + path + "?skipToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        return style == NextLinks.RAW_SPACES ? link + "&orderBy=" + list.orderBy() : link;
    }
}
