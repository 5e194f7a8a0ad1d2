package io.ticketbridge.ledger.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What is owed to ServiceNow, and how long it takes under the rate budget (P19).
 *
 * @param requests about how many requests what is owed needs: one for each ticket, two where an intent is looked up first
 * @param requestsPerHour the limit, if there is one
 * @param used requests that count for the current hour
 * @param reads how many of them were reads of polls
 * @param time until the last of them is sent; zero without a limit
 * @param restUntil until when ServiceNow asked to be left alone, or null
 */
public record Backlog(
        long requests, OptionalInt requestsPerHour, int used, int reads, Duration time, Instant restUntil) {

    /** Whether there is a limit, or ServiceNow wants to be left alone. */
    public boolean isLimited() {
        return requestsPerHour.isPresent() || restUntil != null;
    }

    /** Whether something waits because the hour's requests are used up. */
    public boolean isWaiting() {
        return requests > 0 && !time.isZero();
    }

    /** One sentence. */
    public String sentence() {
        String limit = requestsPerHour.isPresent()
                ? used + " of " + requestsPerHour.getAsInt() + " in the last hour"
                        + (reads > 0 ? " (" + reads + " for polls)" : "")
                : "no limit known";
        String rest = restUntil == null ? "" : ", at rest until " + restUntil.truncatedTo(ChronoUnit.SECONDS);
        return "Requests to ServiceNow: " + limit + rest + "; about " + requests + " owed"
                + (isWaiting() ? ", through in about " + words(time) : "");
    }

    /** One sentence of what is planned, and not owed yet. */
    public String planSentence() {
        String needs = "About " + requests + " requests to ServiceNow";
        if (requestsPerHour.isEmpty()) {
            return needs;
        }
        return needs + (time.isZero() ? ", at once" : ", through in about " + words(time)) + " within "
                + requestsPerHour.getAsInt() + " an hour";
    }

    /** Rounded up to whole minutes: {@code 1 d 2 h 5 min}. */
    static String words(Duration time) {
        long minutes = (time.toSeconds() + 59) / 60;
        String days = minutes >= 1440 ? minutes / 1440 + " d " : "";
        String hours = minutes >= 60 ? minutes / 60 % 24 + " h " : "";
        return days + hours + minutes % 60 + " min";
    }

    /** As {@code status --output json} prints it. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("owed", requests);
        map.put("requestsPerHour", requestsPerHour.isPresent() ? requestsPerHour.getAsInt() : null);
        map.put("used", used);
        map.put("usedForPolls", reads);
        map.put("seconds", time.toSeconds());
        map.put("restUntil", restUntil == null ? null : restUntil.toString());
        return map;
    }
}
