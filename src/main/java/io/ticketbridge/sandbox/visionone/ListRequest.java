package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.sandbox.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a list call asks for. A skip token carries the offset and, unless it is plain, the parameters of the first page; a
 * parameter of the request itself goes before the token's. The filter is a header and in no token: a client sends it
 * with every page.
 */
record ListRequest(
        ListRules rules,
        int offset,
        int top,
        Instant start,
        Instant end,
        String target,
        String orderBy,
        Predicate<JsonNode> filter) {

    private static final Comparator<JsonNode> VALUES = (left, right) -> left.isNumber() && right.isNumber()
            ? Double.compare(left.asDouble(), right.asDouble())
            : left.asText().compareTo(right.asText());

    static ListRequest read(Request request, ListRules rules) {
        return read(request, rules, Instant.EPOCH);
    }

    /** @param since where the window begins unless the call says so */
    static ListRequest read(Request request, ListRules rules, Instant since) {
        Map<String, String> asked = new LinkedHashMap<>();
        request.query("skipToken").ifPresent(token -> asked.putAll(decoded(token, rules)));
        asked.putAll(request.query());
        ListRequest list = new ListRequest(
                rules,
                offset(asked.getOrDefault("offset", "0")),
                top(asked, rules),
                time("startDateTime", asked, since),
                time("endDateTime", asked, Instant.MAX),
                oneOf("dateTimeTarget", asked.getOrDefault("dateTimeTarget", "createdDateTime"), rules.targets()),
                orderBy(asked.getOrDefault("orderBy", "createdDateTime desc"), rules),
                ListFilter.parse(request.header("TMV1-Filter").orElse(""), rules.filters(), rules.maxFilter()));
        if (list.end.isBefore(list.start)) {
            throw new BadRequest("InvalidParameter", "The parameter endDateTime must not be before startDateTime.");
        }
        return list;
    }

    boolean includes(JsonNode item) {
        if (!item.hasNonNull(target)) {
            return false;
        }
        Instant at = Instant.parse(item.get(target).asText());
        return !at.isBefore(start) && !at.isAfter(end) && filter.test(item);
    }

    /** The order asked for; ties stay in the order of the ids, so that pages do not overlap. */
    Comparator<JsonNode> order() {
        Comparator<JsonNode> order = null;
        for (String term : orderBy.split(",")) {
            String[] words = term.strip().split("\\s+");
            Comparator<JsonNode> next = Comparator.comparing(item -> item.path(words[0]), VALUES);
            if (words.length > 1 ? words[1].equals("desc") : rules.descending()) {
                next = next.reversed();
            }
            order = order == null ? next : order.thenComparing(next);
        }
        return order.thenComparing(item -> item.path("id"), VALUES);
    }

    /** The token of the page that starts at another offset. */
    String token(int nextOffset, boolean withDates) {
        String text = rules.plainToken()
                ? Integer.toString(nextOffset)
                : "offset=" + nextOffset + "\n"
                        + String.join(
                                "\n",
                                parameters(withDates).entrySet().stream()
                                        .map(each -> each.getKey() + "=" + each.getValue())
                                        .toList());
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The parameters of this request, with or without its window. */
    Map<String, String> parameters(boolean withDates) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (!rules.sizes().isEmpty()) {
            parameters.put("top", Integer.toString(top));
        }
        parameters.put("orderBy", orderBy);
        if (withDates) {
            parameters.put("dateTimeTarget", target);
            parameters.put("startDateTime", start.toString());
            if (!end.equals(Instant.MAX)) {
                parameters.put("endDateTime", end.toString());
            }
        }
        return parameters;
    }

    private static Map<String, String> decoded(String token, ListRules rules) {
        try {
            Map<String, String> values = new LinkedHashMap<>();
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (rules.plainToken()) {
                return Map.of("offset", text);
            }
            text.lines().forEach(line -> values.put(line.split("=", 2)[0], line.split("=", 2)[1]));
            return values;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new BadRequest("InvalidSkipToken", "The skip token is not valid.");
        }
    }

    private static int offset(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new BadRequest("InvalidSkipToken", "The skip token is not valid.");
        }
    }

    private static int top(Map<String, String> asked, ListRules rules) {
        return rules.sizes().isEmpty() || !asked.containsKey("top")
                ? rules.top()
                : Integer.parseInt(oneOf("top", asked.get("top"), rules.sizes()));
    }

    private static String oneOf(String name, String value, Set<String> allowed) {
        if (!allowed.contains(value)) {
            throw new BadRequest("InvalidParameter", "The parameter " + name + " does not allow " + value + ".");
        }
        return value;
    }

    private static Instant time(String name, Map<String, String> asked, Instant otherwise) {
        String value = asked.get(name);
        try {
            return value == null ? otherwise : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw new BadRequest("InvalidParameter", "The parameter " + name + " is not an ISO 8601 time.");
        }
    }

    private static String orderBy(String value, ListRules rules) {
        if (value.length() > rules.maxOrderBy()) {
            throw new BadRequest(
                    "InvalidParameter", "The parameter orderBy must not exceed " + rules.maxOrderBy() + " characters.");
        }
        for (String term : value.split(",")) {
            String[] words = term.strip().split("\\s+");
            oneOf("orderBy", words[0], rules.orders());
            if (words.length > 1) {
                oneOf("orderBy", words[1], Set.of("asc", "desc"));
            }
        }
        return value;
    }
}
