package io.ticketbridge.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read of who suppressed something, why and until when. */
class SuppressionTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ann  | false alarm | 2027-01-01T00:00:00Z   | false alarm, by ann, until 2027-01-01T00:00:00Z
                    ' '  | ' why '     | ''                     | why
                    ' b '| ''          | ''                     | by b
                         |             | ' 2027-01-01T00:00:00Z '| until 2027-01-01T00:00:00Z
                    ann  | ''          | the next audit         | by ann, until the next audit
                    ''   | why         | 2026-11-01T12:00:00Z   | why, until 2026-11-01T12:00:00Z
                    ''   | why         | 2026-11-01T11:59:59Z   | why, until 2026-11-01T11:59:59Z, which has passed: the source still says so, and it decides
                         |             |                        | ''
                    """)
    void what_the_source_says_is_told_and_that_its_date_has_passed(
            String by, String reason, String until, String told) {
        assertThat(new Suppression(by, reason, until).told(NOW)).isEqualTo(told);
    }

    @Test
    void as_it_was_said_no_date_has_passed() {
        assertThat(new Suppression("ann", "", "2020-01-01T00:00:00Z").told())
                .isEqualTo("by ann, until 2020-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"suppressedBy, suppressedReason, suppressedUntil", "acceptedBy, acceptedReason, acceptedUntil"})
    void a_source_says_it_by_either_word(String by, String reason, String until) {
        Finding finding = Findings.of("check", "one")
                .with(Result.SUPPRESSED)
                .attributes(Map.of(by, "ann", reason, "test system", until, "2027"))
                .finding();

        assertThat(Suppression.of(finding)).contains(new Suppression("ann", "test system", "2027"));
    }

    @Test
    void a_blank_word_gives_way_to_the_other() {
        Map<String, String> attributes = new HashMap<>(Map.of("suppressedReason", " ", "acceptedReason", "known"));

        assertThat(Suppression.of(Findings.of("check", "one")
                        .with(Result.SUPPRESSED)
                        .attributes(attributes)
                        .finding()))
                .contains(new Suppression("", "known", ""));
    }

    @Test
    void what_fails_is_not_suppressed_whatever_else_it_says() {
        assertThat(Suppression.of(Findings.of("check", "one")
                        .attributes(Map.of("suppressedBy", "ann"))
                        .finding()))
                .isEmpty();
    }
}
