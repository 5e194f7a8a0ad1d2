package io.ticketbridge.config;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** When a flow polls. Its text is how the setting writes it. */
public sealed interface Poll {
    /** When it polls next after a time at which it has; {@link Instant#MAX} where it never does. */
    Instant next(Instant time);

    /** Once per period, first at start. */
    record Every(Duration period) implements Poll {
        @Override
        public Instant next(Instant time) {
            return time.plus(period);
        }

        @Override
        public String toString() {
            return Durations.text(period);
        }
    }

    /** By a Quartz cron expression, in UTC. */
    record Cron(String expression) implements Poll {
        @Override
        public Instant next(Instant time) {
            try {
                CronExpression cron = new CronExpression(expression);
                cron.setTimeZone(TimeZone.getTimeZone("UTC"));
                Date next = cron.getNextValidTimeAfter(Date.from(time));
                return next == null ? Instant.MAX : next.toInstant();
            } catch (ParseException e) {
                throw new IllegalStateException("A poll that was not checked: " + expression, e);
            }
        }

        @Override
        public String toString() {
            return expression;
        }
    }
}
