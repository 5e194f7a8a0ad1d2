package io.ticketbridge.config;

import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import org.quartz.CronExpression;

/** When to poll: a period of at least 10 seconds, or a Quartz cron expression. */
final class Schedule {
    private static final Duration LEAST = Duration.ofSeconds(10);

    private Schedule() {}

    static Type<Poll> type() {
        return Type.of("a period of at least 10s, or a Quartz cron", Schedule::parse);
    }

    private static Poll parse(String value) throws Refused {
        Optional<Duration> period = Durations.parse(value);
        if (period.isPresent()) {
            if (period.get().compareTo(LEAST) < 0) {
                throw new Refused("must be at least 10s", "write 10s or more");
            }
            return new Poll.Every(period.get());
        }
        if (!value.contains(" ")) {
            throw new Refused("must be a period or a Quartz cron", "write it like 5m or 0 0/5 * * * ?");
        }
        try {
            CronExpression.validateExpression(value);
            return new Poll.Cron(value);
        } catch (ParseException e) {
            throw new Refused(
                    "must be a Quartz cron",
                    "use six fields, seconds first, and ? for one of the two days: 0 0/5 * * * ?");
        }
    }
}
