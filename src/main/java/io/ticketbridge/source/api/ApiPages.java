package io.ticketbridge.source.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.ticketbridge.finding.Digest;
import io.ticketbridge.source.PagedSource;
import io.ticketbridge.source.UnexpectedAnswer;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * The pages of an API, one after the other, until there is none. It never reads one page twice, and a page that is shorter than
 * others is the last only where an API has shown that it gives full ones (P11). Of a next link only path and query are taken: data
 * can't choose the host. One thread reads it.
 */
public final class ApiPages implements PagedSource {
    private final Mapping mapping;
    private final Paging paging;
    private final Set<String> visited = new HashSet<>();
    private ApiCall next;
    private List<JsonNode> last = List.of();
    private boolean sawFull;
    private int pages;
    private int pagesWithItems;
    private long read;
    private long handedOut;
    private OptionalLong total = OptionalLong.empty();
    private boolean totalMoved;
    private final Set<UUID> seen = new HashSet<>();
    private boolean repeated;

    /** @param basePath the path of the API's url, below which the mapping's is */
    ApiPages(Mapping mapping, String basePath) {
        this.mapping = mapping;
        paging = mapping.paging();
        ApiCall first = mapping.request();
        next = new ApiCall(first.method(), basePath + first.path(), first.query(), null, first.headers(), first.body());
        switch (paging.kind()) {
            case OFFSET, PAGE_NUMBER -> next = at(paging.start());
            default -> visited.add(next.path() + "?" + next.queryText());
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public ApiCall nextCall() {
        return next;
    }

    /** @return the records of the page */
    @Override
    public List<JsonNode> accept(Object answer) {
        JsonNode page = answer instanceof JsonNode node ? node : null;
        if (page == null || !page.isContainerNode()) {
            throw unexpected("the answer is no JSON object or list");
        }
        try {
            List<JsonNode> records = records(page, mapping.records());
            // What is counted is what the API lists, also where the mapping takes only some of it.
            List<JsonNode> items = paging.items().isNothing() ? records : records(page, paging.items());
            pages++;
            pagesWithItems += items.isEmpty() ? 0 : 1;
            read += items.size();
            watch(items);
            takeTotal(page);
            moveOn(page, items);
            if (next != null && pages >= paging.maxPages()) {
                throw unexpected(
                        "the list goes on after " + pages + " pages; if it really has more, raise paging.max-pages");
            }
            last = items;
            handedOut += records.size();
            return records;
        } catch (CannotRead e) {
            throw unexpected(e.getMessage());
        }
    }

    private List<JsonNode> records(JsonNode page, Expression where) {
        List<JsonNode> found;
        try {
            found = where.all(page, page);
        } catch (CannotRead e) {
            throw new CannotRead(e.getMessage() + "; the answer has " + Names.of(page));
        }
        if (found.isEmpty()
                && where.written().startsWith("/")
                && page.at(where.written()).isMissingNode()) {
            throw new CannotRead(
                    where.place() + ": the answer has no list at " + where.written() + ", but " + Names.of(page));
        }
        if (where.written().startsWith("/") && !found.isEmpty() && !found.get(0).isArray()) {
            throw new CannotRead(where.place() + ": what the answer has at " + where.written() + " is no list");
        }
        return where.each(page, page);
    }

    /** Places shift when the list changes between two pages: what comes twice then stands for something that was skipped (P11). */
    private void watch(List<JsonNode> items) {
        if (paging.isByPlace()) {
            items.forEach(item -> repeated |= !seen.add(Digest.of(item.toString())));
        }
    }

    private void takeTotal(JsonNode page) {
        paging.total()
                .first(page)
                .filter(one -> one.isNumber() || one.asText().matches("\\d+"))
                .ifPresent(one -> {
                    totalMoved |= total.isPresent() && total.getAsLong() != one.asLong();
                    total = OptionalLong.of(one.asLong());
                });
    }

    private void moveOn(JsonNode page, List<JsonNode> items) {
        switch (paging.kind()) {
            case NONE -> next = null;
            case NEXT_LINK -> follow(following(page).asText(""));
            case CURSOR -> turn(following(page));
            case OFFSET -> count(items, paging.start() + read);
            case PAGE_NUMBER -> count(items, paging.start() + pages);
        }
    }

    /** What says where the next page is. Something that holds the text is not the end of the list: the mapping stops short of it. */
    private JsonNode following(JsonNode page) {
        JsonNode found = paging.from().first(page).orElse(MissingNode.getInstance());
        if (found.isContainerNode() && !found.isEmpty()) {
            throw new CannotRead(paging.from().place() + ": " + paging.from().written() + " is no text, but has "
                    + Names.of(found) + "; name the text in it");
        }
        return found;
    }

    private void follow(String link) {
        if (link.isBlank()) {
            next = null;
            return;
        }
        URI to = resolved(link);
        String query = to.getRawQuery() == null ? "" : to.getRawQuery();
        if (to.getRawPath() == null || !to.getRawPath().startsWith("/")) {
            throw new CannotRead(paging.from().place() + ": the next link is no address");
        }
        if (!visited.add(to.getRawPath() + "?" + query)) {
            throw unexpected("the next link leads back to a page that was read, so the list would never end");
        }
        next = next.at(to.getRawPath(), query);
    }

    private URI resolved(String link) {
        try {
            String address = link.strip()
                    .replace(" ", "%20")
                    .replace("|", "%7C")
                    .replace("[", "%5B")
                    .replace("]", "%5D");
            // The JDK resolves a query alone against the folder (RFC 2396), the web against the page (RFC 3986).
            return URI.create("http://host" + next.path())
                    .resolve(address.startsWith("?") ? next.path() + address : address);
        } catch (IllegalArgumentException e) {
            throw new CannotRead(paging.from().place() + ": the next link is no address");
        }
    }

    private void turn(JsonNode cursor) {
        if (cursor.asText("").isBlank()) {
            next = null;
            return;
        }
        if (!visited.add(cursor.asText())) {
            throw unexpected("the cursor at " + paging.from().written()
                    + " came a second time, so the list would never end; is it " + paging.to() + " that takes it?");
        }
        next = paging.to().put(next, cursor);
    }

    private void count(List<JsonNode> items, long following) {
        boolean full = paging.size() > 0 && items.size() >= paging.size();
        boolean shortened = sawFull && items.size() < paging.size();
        sawFull |= full;
        if (items.isEmpty() || shortened || total.isPresent() && read >= total.getAsLong()) {
            next = null;
            return;
        }
        if (items.equals(last)) {
            throw unexpected("page " + pages + " is the same as the one before: the API does not heed " + paging.to());
        }
        next = at(following);
    }

    private ApiCall at(long place) {
        return paging.to().put(next, LongNode.valueOf(place));
    }

    /** How many records the pages had so far. */
    long handedOut() {
        return handedOut;
    }

    /** Whether it was read to its end, and holds as much as the API said. */
    boolean isWhole() {
        return next == null
                && !totalMoved
                && !repeated
                && !mayHaveMoved()
                && (total.isEmpty() || total.getAsLong() == read);
    }

    /**
     * What goes away from pages that were read pulls the others forward: one record is skipped, none comes twice, and only the total
     * would tell. On one page that had room for more there was no other to be skipped.
     */
    private boolean mayHaveMoved() {
        return paging.isByPlace() && total.isEmpty() && (pagesWithItems > 1 || sawFull);
    }

    /** For the log: why it is not whole. */
    String shortfall() {
        return totalMoved
                ? "the list changed while it was read"
                : repeated
                        ? "a record was listed twice, so that another may have been skipped"
                        : mayHaveMoved()
                                ? "the list has no total, so that nobody can tell whether it moved between two pages; set paging.total in mapping "
                                        + mapping.name()
                                : read + " records were listed, and the API said " + total.orElse(read);
    }

    private UnexpectedAnswer unexpected(String what) {
        return new UnexpectedAnswer("Mapping " + mapping.name() + ", page " + (pages + 1) + ": " + what);
    }
}
