package io.ticketbridge.config;

import java.time.Duration;

/** When a flow polls. Its text is how the setting writes it. */
public sealed interface Poll {
    /** Once per period, first at start. */
    record Every(Duration period) implements Poll {
        @Override
        public String toString() {
            return Durations.text(period);
        }
    }

    /** By a Quartz cron expression, in UTC. */
    record Cron(String expression) implements Poll {
        @Override
        public String toString() {
            return expression;
        }
    }
}
