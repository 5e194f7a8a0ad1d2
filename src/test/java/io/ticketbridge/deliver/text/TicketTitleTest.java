package io.ticketbridge.deliver.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.GroupKey;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ticket.GroupIdentity;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Listed;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a ticket is called, by what its flow groups by. */
class TicketTitleTest {
    private static final Control[] CONTROLS = {
        new Control("", "s3-public", "Buckets are private"),
        new Control("NIST", "AC-2", "Accounts"),
        new Control("NIST", "AC-2(12)", "Accounts, watched"),
        new Control("NIST", "AC-3", "")
    };

    private static Head head(String key, Finding finding) {
        return Head.of(finding, finding.id(), new GroupIdentity("compliance", List.of(), key));
    }

    private static Listed listed(String name) {
        return new Listed("1", "eu", "s3-public", "arn:" + name, name, "bucket", Severity.HIGH, "", Instant.EPOCH);
    }

    private static String title(Head head, String groupBy, long failing, Listed... listed) {
        List<GroupKey> keys = Stream.of(groupBy.split(","))
                .map(key -> GroupKey.valueOf(key.toUpperCase(Locale.ROOT)))
                .toList();
        return TicketTitle.of(head, keys, List.of(listed), failing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    s3-public          | control         | Buckets are private
                    AC-2(12)           | control         | Accounts, watched
                    AC-2(12) 111122    | control,account | Accounts, watched
                    AC-2 111122        | control,account | Accounts
                    111122 AC-2(12)    | account,control | Accounts, watched
                    Accounts, watched  | control         | Accounts, watched
                    AC-3               | control         | Title of s3-public
                    AC-30              | control         | Title of s3-public
                    s3-public          | check           | Buckets are private
                    s3-public 111122   | check,account   | Title of s3-public
                    111122             | account         | Title of s3-public
                    """)
    void a_control_gives_its_title_and_else_the_check_does(String key, String groupBy, String title) {
        assertThat(title(
                        head(
                                key,
                                Findings.of("s3-public", "one")
                                        .controls(CONTROLS)
                                        .finding()),
                        groupBy,
                        2))
                .isEqualTo(title);
    }

    @Test
    void a_resource_is_named_with_what_fails_on_it_or_how_many_do() {
        Head head = head("1 arn:shop", Findings.fail("s3-public", "arn:shop"));

        assertThat(title(head, "resource", 1, listed("shop"))).isEqualTo("Title of s3-public on shop");
        assertThat(title(head, "resource", 2, listed("shop"), listed("shop"))).isEqualTo("2 findings on shop");
        assertThat(title(head, "resource", 1, listed(""))).isEqualTo("Title of s3-public on arn:");
        assertThat(title(head, "resource", 0)).isEqualTo("Title of s3-public");
    }

    @Test
    void without_any_title_the_key_stands_for_it_and_a_summary_is_what_it_says() {
        assertThat(title(head("111122 one", Findings.of("x", "one").title(" ").finding()), "account", 1))
                .isEqualTo("111122 one");
        assertThat(title(
                        head(
                                "storm",
                                Findings.of(Head.STORM, "")
                                        .title("5 tickets are held")
                                        .finding()),
                        "resource",
                        1,
                        listed("shop")))
                .isEqualTo("5 tickets are held");
    }
}
