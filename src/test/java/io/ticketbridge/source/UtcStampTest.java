package io.ticketbridge.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UtcStampTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
        "2026-01-02t03:04:05z, 2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.678Z, 2026-01-02T03:04:05.678Z",
        "2026-01-02T03:04:05.678123456+01:00, 2026-01-02T02:04:05.678123456Z",
        "2026-01-02T03:04:05-0430, 2026-01-02T07:34:05Z",
        "2026-01-02 03:04:05Z, 2026-01-02T03:04:05Z",
        "2026-01-02T03:04Z, 2026-01-02T03:04:00Z",
        "2026-01-02 03:04:05+00:00, 2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05+01:00[Europe/Paris], 2026-01-02T02:04:05Z"
    })
    void what_names_its_offset_is_that_instant(String text, Instant time) {
        assertThat(UtcStamp.parse(text)).isEqualTo(time);
    }

    @Test
    void what_names_none_is_utc() {
        Instant time = Instant.parse("2026-01-02T03:04:05Z");

        assertThat(UtcStamp.parse("2026-01-02T03:04:05")).isEqualTo(time);
        assertThat(UtcStamp.parse(" 2026-01-02 03:04:05 ")).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-01-02", "2026-13-02T03:04:05Z", "1767323045"})
    void what_is_no_time_says_so(String text) {
        assertThatThrownBy(() -> UtcStamp.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
        "1767323045, 2026-01-02T03:04:05Z",
        "1767323045.25, 2026-01-02T03:04:05.250Z",
        "1.76732304525E9, 2026-01-02T03:04:05.250Z",
        "1767323045678, 2026-01-02T03:04:05.678Z"
    })
    void a_stamp_is_a_time_or_a_count_since_1970(String text, Instant time) {
        assertThat(UtcStamp.orEpoch(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "-5",
                "0",
                "1767323045678000000",
                "9E99",
                "0001-01-01T00:00:00Z",
                "+12026-01-02T03:04:05Z"
            })
    void no_stamp_that_a_scan_can_have_is_the_epoch(String text) {
        assertThat(UtcStamp.orEpoch(text)).isEqualTo(Instant.EPOCH);
    }
}
