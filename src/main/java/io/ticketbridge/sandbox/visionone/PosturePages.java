package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Writes pages of accounts and checks. A skip token is the plain offset into the list as it is now. What is not confirmed is
 * taken the harder way: a list of checks that names no start holds those of the last day, as with alerts.
 */
final class PosturePages {
    private static final Duration USUAL_WINDOW = Duration.ofHours(24);
    private static final int LONGEST_FILTER = 1783;
    private static final Set<String> FILTERS = Set.of(
            "accountId",
            "region",
            "service",
            "categories",
            "riskLevel",
            "status",
            "ruleId",
            "resource",
            "description",
            "suppressed",
            "tags",
            "compliances");

    private final Clock clock;
    private final NextLinks style;

    PosturePages(Clock clock, NextLinks style) {
        this.clock = clock;
        this.style = style;
    }

    ObjectNode accounts(Request request, Collection<ObjectNode> accounts, String path) {
        return page(request, List.copyOf(accounts), false, path, "");
    }

    ObjectNode checks(Request request, PostureStore store, String path) {
        Instant start = time(request, "startDateTime", clock.instant().minus(USUAL_WINDOW));
        Instant end = time(request, "endDateTime", Instant.MAX);
        String target = request.query("dateTimeTarget").orElse("createdDate");
        if (!target.equals("createdDate")) {
            throw new BadRequest("InvalidParameter", "The parameter dateTimeTarget does not allow " + target + ".");
        }
        Predicate<JsonNode> filter =
                ListFilter.ofPosture(request.header("TMV1-Filter").orElse(""), FILTERS, LONGEST_FILTER);
        List<ObjectNode> found = store.checks().stream()
                .filter(check -> isWithin(start, end, check) && filter.test(check))
                .limit(store.queryLimit())
                .toList();
        return page(request, found, store.countIsTotal(), path, dates(request));
    }

    private ObjectNode page(
            Request request, List<ObjectNode> found, boolean countIsTotal, String path, String otherParameters) {
        int top = number(request, "top", 50);
        if (top < 50 || top > 200) {
            throw new BadRequest("InvalidParameter", "The parameter top must be between 50 and 200.");
        }
        int from = Math.min(number(request, "skipToken", 0), found.size());
        int to = Math.min(from + top, found.size());
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("count", countIsTotal ? found.size() : to - from);
        ArrayNode items = page.putArray("items");
        found.subList(from, to).stream().map(ObjectNode::deepCopy).forEach(items::add);
        if (to < found.size()) {
            page.put("nextLink", ListPages.VENDOR_HOST + path + "?top=" + top + "&skipToken=" + to + otherParameters);
        }
        return page;
    }

    private String dates(Request request) {
        StringBuilder dates = new StringBuilder();
        for (String name : style == NextLinks.DROPPED_DATES
                ? List.<String>of()
                : List.of("startDateTime", "endDateTime", "dateTimeTarget")) {
            request.query(name).ifPresent(value -> dates.append('&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        }
        return dates.toString();
    }

    private static boolean isWithin(Instant start, Instant end, ObjectNode check) {
        Instant created = Instant.parse(check.get("createdDateTime").asText());
        return !created.isBefore(start) && !created.isAfter(end);
    }

    private static int number(Request request, String name, int otherwise) {
        try {
            return request.query(name)
                    .map(Integer::parseInt)
                    .filter(number -> number >= 0)
                    .orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new BadRequest("InvalidParameter", "The parameter " + name + " is not a number.");
        }
    }

    private static Instant time(Request request, String name, Instant otherwise) {
        try {
            return request.query(name)
                    .map(OffsetDateTime::parse)
                    .map(OffsetDateTime::toInstant)
                    .orElse(otherwise);
        } catch (DateTimeException e) {
            throw new BadRequest("InvalidParameter", "The parameter " + name + " is not an ISO 8601 time.");
        }
    }
}
