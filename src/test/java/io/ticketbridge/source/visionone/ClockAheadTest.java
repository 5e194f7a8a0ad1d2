package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far this machine's clock is ahead, as an answer's date says. */
class ClockAheadTest {
    private final ClockAhead clocks = new ClockAhead();

    private Duration ahead(int seconds) {
        return clocks.of(
                "default",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now().minusSeconds(seconds).atOffset(ZoneOffset.UTC)));
    }

    @Test
    void what_is_ahead_by_a_minute_or_more_counts() {
        assertThat(ahead(90)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
        assertThat(ahead(86_400)).isGreaterThanOrEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {-86_400, -90, 0, 30})
    void what_is_behind_or_little_ahead_leaves_positions_as_they_are(int seconds) {
        assertThat(ahead(seconds)).isZero();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "yesterday", "2026-11-30T07:00:00Z", "Mon, 99 Nov 2026 07:00:00 GMT"})
    void a_date_that_makes_no_sense_says_nothing(String date) {
        assertThat(clocks.of("default", date)).isZero();
    }
}
