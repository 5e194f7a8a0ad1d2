package io.ticketbridge.deliver.servicenow;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Status and headers of the last answer that this thread got from ServiceNow: the component drops them. Forgotten when the next
 * request starts, so what is seen after a failed call belongs to that call.
 *
 * @param status 0 when there was no answer
 * @param headers first values by name, whatever the case of the name
 * @param worthRepeating for a 401: the token was dropped, and the call may pass with a new one
 */
public record LastAnswer(int status, Map<String, String> headers, boolean worthRepeating) {
    /** No answer came. */
    public static final LastAnswer NONE = new LastAnswer(0, Map.of(), false);

    private static final ThreadLocal<LastAnswer> CURRENT = new ThreadLocal<>();

    public LastAnswer {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
    }

    /** Of this thread, {@link #NONE} if there is none. */
    public static LastAnswer current() {
        LastAnswer last = CURRENT.get();
        return last == null ? NONE : last;
    }

    /** The header's first value, null if the answer had none. */
    public String header(String name) {
        return headers.get(name);
    }

    /**
     * How many records of a list ServiceNow counted and did not show: it counts before its access rules (servicenow.md, section 1). Of an
     * answer without a count nothing is known: 0.
     *
     * @param shown the rows of an answer that was not cut by its limit
     */
    public int hidden(int shown) {
        String counted = header("X-Total-Count");
        return counted != null && counted.matches("\\d{1,9}") ? Math.max(0, Integer.parseInt(counted) - shown) : 0;
    }

    /** Whether a list goes on behind its limit, as ServiceNow says by counting before its access rules. */
    public boolean hasNextPage() {
        String links = header("Link");
        return links != null && links.contains("rel=\"next\"");
    }

    /** The time by ServiceNow's clock; empty if the answer did not say. */
    public Optional<Instant> date() {
        try {
            return Optional.ofNullable(header("Date"))
                    .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static void note(int status, Map<String, List<String>> headers, boolean worthRepeating) {
        Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> {
            if (name != null && values != null && !values.isEmpty() && !name.equalsIgnoreCase("Set-Cookie")) {
                first.put(name, values.get(0));
            }
        });
        CURRENT.set(new LastAnswer(status, first, worthRepeating));
    }

    /** What went before says nothing of what comes now. */
    public static void forget() {
        CURRENT.remove();
    }
}
