package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.camel.Exchange;

/** The steps of reading a list page by page, as the routes call them. Keeps nothing itself. */
public final class PageReader {
    public void request(LinkedPages pages, Exchange exchange) {
        pages.request(exchange);
    }

    public List<JsonNode> accept(LinkedPages pages, JsonNode page) {
        return pages.accept(page);
    }

    public void add(LinkedPages pages, ItemWithNotes item, JsonNode page) {
        item.add(pages.accept(page));
    }
}
