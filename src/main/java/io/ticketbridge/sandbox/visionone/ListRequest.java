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
 * What a list call asks for. A skip token carries the offset and the parameters of the first page; a parameter of the
 * request itself goes before the token's. The filter is a header and in no token: a client sends it with every page.
 */
record ListRequest(
        int offset, int top, Instant start, Instant end, String target, String orderBy, Predicate<JsonNode> filter) {

    private static final Set<String> SIZES = Set.of("10", "50", "100");
    private static final Set<String> TARGETS = Set.of("createdDateTime", "updatedDateTime");
    private static final int MAX_ORDER_BY = 32;

    static ListRequest read(Request request, Set<String> filterFields, Set<String> orderFields) {
        Map<String, String> asked = new LinkedHashMap<>();
        request.query("skipToken").ifPresent(token -> asked.putAll(decoded(token)));
        asked.putAll(request.query());
        return new ListRequest(
                offset(asked.getOrDefault("offset", "0")),
                Integer.parseInt(oneOf("top", asked.getOrDefault("top", "50"), SIZES)),
                time("startDateTime", asked, Instant.EPOCH),
                time("endDateTime", asked, Instant.MAX),
                oneOf("dateTimeTarget", asked.getOrDefault("dateTimeTarget", "createdDateTime"), TARGETS),
                orderBy(asked.getOrDefault("orderBy", "createdDateTime desc"), orderFields),
                CaseFilter.parse(request.header("TMV1-Filter").orElse(""), filterFields));
    }

    boolean includes(JsonNode item) {
        Instant at = Instant.parse(item.get(target).asText());
        return !at.isBefore(start) && !at.isAfter(end) && filter.test(item);
    }

    /** The order asked for; ties stay in the order of the ids, so that pages do not overlap. */
    Comparator<JsonNode> order() {
        Comparator<JsonNode> order = null;
        for (String term : orderBy.split(",")) {
            String[] words = term.strip().split("\\s+");
            Comparator<JsonNode> next =
                    Comparator.comparing(item -> item.path(words[0]).asText());
            if (words.length > 1 && words[1].equals("desc")) {
                next = next.reversed();
            }
            order = order == null ? next : order.thenComparing(next);
        }
        return order.thenComparing(item -> item.path("id").asText());
    }

    /** The token of the page that starts at another offset, with or without this request's window. */
    String token(int nextOffset, boolean withDates) {
        StringBuilder token = new StringBuilder("offset=" + nextOffset + "\ntop=" + top + "\norderBy=" + orderBy);
        if (withDates) {
            token.append("\ndateTimeTarget=")
                    .append(target)
                    .append("\nstartDateTime=")
                    .append(start);
            if (!end.equals(Instant.MAX)) {
                token.append("\nendDateTime=").append(end);
            }
        }
        return Base64.getUrlEncoder().encodeToString(token.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> decoded(String token) {
        try {
            Map<String, String> values = new LinkedHashMap<>();
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
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

    private static String orderBy(String value, Set<String> allowed) {
        if (value.length() > MAX_ORDER_BY) {
            throw new BadRequest("InvalidParameter", "The parameter orderBy must not exceed 32 characters.");
        }
        for (String term : value.split(",")) {
            String[] words = term.strip().split("\\s+");
            oneOf("orderBy", words[0], allowed);
            if (words.length > 1) {
                oneOf("orderBy", words[1], Set.of("asc", "desc"));
            }
        }
        return value;
    }
}
