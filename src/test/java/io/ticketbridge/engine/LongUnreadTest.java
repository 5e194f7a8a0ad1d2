package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.LastEnds;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.testing.HandClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What was owed before a long pause waits for the next pass. */
@ParameterizedClass
@EnumSource
class LongUnreadTest {
    @Parameter
    FreshDatabase database;

    private final HandClock clock = new HandClock();
    private LedgerDatabase ledger;
    private LastEnds ends;

    @BeforeEach
    void open() {
        ledger = database.open();
        ends = new LastEnds(ledger, clock);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private LongUnread unread(String poll) {
        Map<String, String> settings = new HashMap<>(Map.of("folder", "scans", "poll", poll));
        return new LongUnread(Map.of(Flow.NAME, Flow.with(settings)), ends, clock);
    }

    private void passEnds() {
        ends.ended("pass " + Flow.NAME);
    }

    @Test
    void a_flow_that_was_never_read_is_none() {
        assertThat(unread("1h").test(Flow.NAME)).isFalse();
    }

    @Test
    void after_a_day_without_a_pass_until_one_has_come_to_its_end() {
        passEnds();
        LongUnread unread = unread("1h");
        clock.advance(Duration.ofHours(23));
        assertThat(unread.test(Flow.NAME)).isFalse();

        clock.advance(Duration.ofHours(2));
        assertThat(unread.test(Flow.NAME)).isTrue();

        passEnds();
        assertThat(unread.test(Flow.NAME)).isFalse();
    }

    /** The clock begins on a Sunday at noon. */
    @Test
    void once_two_passes_were_missed() {
        passEnds();
        LongUnread unread = unread("0 0 2 ? * MON");
        clock.advance(Duration.ofHours(7 * 24 + 13));
        assertThat(unread.test(Flow.NAME)).isFalse();

        clock.advance(Duration.ofHours(2));
        assertThat(unread.test(Flow.NAME)).isTrue();
    }

    @Test
    void a_weekend_without_passes_is_no_pause() {
        clock.advance(Duration.ofDays(5));
        passEnds();
        LongUnread unread = unread("0 0 6 ? * MON-FRI");

        clock.advance(Duration.ofHours(24 * 3 + 17));
        assertThat(unread.test(Flow.NAME)).isFalse();
    }

    @Test
    void a_pass_that_failed_has_tried() {
        passEnds();
        clock.advance(Duration.ofDays(30));
        ledger.client()
                .sql("update last_end set failed_at = :now, failure = 'away'")
                .param("now", Times.sql(clock.instant()))
                .update();

        assertThat(unread("1h").test(Flow.NAME)).isFalse();
    }
}
