package io.ticketbridge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "17, 17",
        "' 17 ', 17",
        "0, 0",
        "999999999, 999999999",
        "1000000000, 0",
        "-1, 0",
        "soon, 0",
        "'', 0",
        ", 0",
        "'Sun, 1 Nov 2026 12:00:30 GMT', 30",
        "'Sun, 1 Nov 2026 12:00:00 GMT', 0",
        "'Sun, 1 Nov 2026 11:00:00 GMT', 0",
        "2026-11-01T12:00:30Z, 0"
    })
    void it_is_told_in_seconds_or_by_a_date_and_nonsense_is_no_wait(String said, long seconds) {
        assertThat(RetryAfter.of(said, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void the_name_of_the_header_may_be_written_in_any_case() {
        assertThat(RetryAfter.of(Map.of("age", "5", "retry-after", "7"), NOW)).isEqualTo(Duration.ofSeconds(7));
        assertThat(RetryAfter.of(Map.of("age", "5"), NOW)).isZero();
        assertThat(RetryAfter.of((Map<String, String>) null, NOW)).isZero();
    }
}
