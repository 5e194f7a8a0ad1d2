package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.UrlText;
import io.ticketbridge.source.UnexpectedAnswer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A list that is read page by page along its next links. Of a link only path and query are taken: the host is always the
 * configured one (vision-one.md, section 1.3), so that data can't choose the destination. One thread reads it.
 */
public final class LinkedPages {
    /** A list this long is taken for one that never ends. */
    private static final int MOST_PAGES = 100_000;

    private final String what;
    private final Map<String, String> headers;
    private final Map<String, String> parameters;
    private final String start;
    private final Set<String> visited = new HashSet<>();
    private Shrinking shrinking;
    private String path;
    private String query;
    private String pathBefore;
    private String plainQuery;

    /**
     * @param what for errors: what is listed
     * @param parameters query parameters of the first page; a next link that dropped one gets it back
     * @param headers sent with every page
     */
    public LinkedPages(String what, String path, Map<String, String> parameters, Map<String, String> headers) {
        this.what = what;
        this.start = path;
        this.path = path;
        this.parameters = new LinkedHashMap<>(parameters);
        this.headers = Map.copyOf(headers);
        this.query = query(this.parameters);
    }

    /** What becomes shorter while it is read is read once more, and each item handed out once. */
    public LinkedPages whole() {
        shrinking = new Shrinking();
        return this;
    }

    public boolean isHasNext() {
        return path != null;
    }

    /** Puts the next page's address and headers onto the message, in place of whatever came with it. */
    public void request(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(null);
        headers.forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_METHOD, "GET");
        message.setHeader(Exchange.HTTP_PATH, path);
        message.setHeader(Exchange.HTTP_RAW_QUERY, query);
        visited.add(path + "?" + query);
        pathBefore = path;
    }

    /**
     * Lets the next page begin with the last item of this one, where its skip token is the plain number of the items before it.
     * Whoever finds another item there knows that the list moved between the two.
     *
     * @return whether it does
     */
    public boolean overlap(long itemsBefore) {
        String token = "&skipToken=" + itemsBefore + "&";
        String all = "&" + query + "&";
        if (path == null || itemsBefore < 1 || !all.contains(token)) {
            return false;
        }
        plainQuery = query;
        String overlapping = all.replace(token, "&skipToken=" + (itemsBefore - 1) + "&");
        query = overlapping.substring(1, overlapping.length() - 1);
        return true;
    }

    /** Asks for the page that was asked for with an overlap as its link says. */
    public void withoutOverlap() {
        path = pathBefore;
        query = plainQuery;
    }

    /**
     * Takes a page and moves on to the next.
     *
     * @return the items; none where the page has none, which does not end the list as long as there is a next link
     * @throws UnexpectedAnswer if it is no page, or its next link leads back to one that was read
     */
    public List<JsonNode> accept(JsonNode page) {
        if (page == null || !page.isObject()) {
            throw new UnexpectedAnswer("The list of " + what + " is not a JSON object with items");
        }
        JsonNode items = page.path("items");
        if (!items.isArray() && !items.isNull() && !items.isMissingNode()) {
            throw new UnexpectedAnswer("The list of " + what + " has items that are no list");
        }
        follow(page.path("nextLink"));
        List<JsonNode> list = new ArrayList<>();
        items.forEach(list::add);
        return shrinking == null ? list : unseen(page, list);
    }

    private List<JsonNode> unseen(JsonNode page, List<JsonNode> items) {
        List<JsonNode> unseen = shrinking.unseen(page, items);
        if (path == null && shrinking.isToBeReadAgain()) {
            path = start;
            query = query(parameters);
            visited.clear();
        }
        return unseen;
    }

    private void follow(JsonNode nextLink) {
        String link = nextLink.asText("").strip();
        if (!nextLink.isContainerNode() && (link.isEmpty() || link.equals("null"))) {
            path = null;
            return;
        }
        URI next = address(link);
        path = next.getRawPath();
        query = withDropped(next.getRawQuery() == null ? "" : next.getRawQuery());
        if (visited.contains(path + "?" + query)) {
            throw new UnexpectedAnswer(
                    "The next link of the list of " + what
                            + " leads back to a page that was read: it would never end. What was read is kept, the rest is read next time");
        }
        if (visited.size() >= MOST_PAGES) {
            throw new UnexpectedAnswer("The list of " + what + " has more than " + MOST_PAGES + " pages");
        }
    }

    /** What is no address is not the end of the list either: the pages behind it would never be read. */
    private URI address(String link) {
        try {
            URI next = URI.create(link.replace(" ", "%20").replace("|", "%7C"));
            if (next.getRawPath() != null && next.getRawPath().startsWith("/")) {
                return next;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new UnexpectedAnswer("The list of " + what + " has a next link that is no address");
    }

    private String withDropped(String linkQuery) {
        StringBuilder complete = new StringBuilder(linkQuery);
        parameters.forEach((name, value) -> {
            if (!("&" + linkQuery).contains("&" + name + "=")) {
                complete.append(complete.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(UrlText.encoded(value));
            }
        });
        return complete.toString();
    }

    private static String query(Map<String, String> parameters) {
        return String.join(
                "&",
                parameters.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + UrlText.encoded(entry.getValue()))
                        .toList());
    }
}
