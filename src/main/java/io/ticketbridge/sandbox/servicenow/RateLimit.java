package io.ticketbridge.sandbox.servicenow;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the requests of each user in each clock hour. */
final class RateLimit {

    private static final String RULE = SysIds.of("sys_rate_limit_rules");

    private final Settings settings;
    private final Clock clock;
    private final Map<String, Integer> counts = new HashMap<>();
    private long hour;

    RateLimit(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The 429, or null while the user may go on. */
    Answer check(String userName) {
        int limit = settings.rateLimit;
        if (limit <= 0) {
            return null;
        }
        synchronized (counts) {
            long now = clock.instant().truncatedTo(ChronoUnit.HOURS).getEpochSecond();
            if (now != hour) {
                counts.clear();
                hour = now;
            }
            if (counts.merge(userName, 1, Integer::sum) <= limit) {
                return null;
            }
        }
        Answer answer = Answer.error(
                429, "Rate limit exceeded", "Rate limit of " + limit + " requests per hour for Table API exceeded");
        return settings.rateLimitHeaders ? answer.with("Retry-After", String.valueOf(secondsLeft())) : answer;
    }

    /** What an answer says about the limit, when there is one. */
    Map<String, String> headers() {
        if (settings.rateLimit <= 0 || !settings.rateLimitHeaders) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-RateLimit-Limit", String.valueOf(settings.rateLimit));
        headers.put("X-RateLimit-Reset", String.valueOf(clock.instant().getEpochSecond() + secondsLeft()));
        headers.put("X-RateLimit-Rule", RULE);
        return headers;
    }

    private long secondsLeft() {
        return 3600 - Math.floorMod(clock.instant().getEpochSecond(), 3600L);
    }
}
