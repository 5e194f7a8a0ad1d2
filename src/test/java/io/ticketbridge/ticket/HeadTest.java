package io.ticketbridge.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Note;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Which finding speaks for a group. */
class HeadTest {
    private static final GroupIdentity GROUP = new GroupIdentity("compliance", List.of(Map.entry("control", "AC-1")));

    private static Head of(Finding finding) {
        return Head.of(finding, finding.id(), GROUP);
    }

    @Test
    void failing_speaks_before_passing_and_then_the_worse() {
        Head passing = of(
                Findings.of("a", "1").with(Result.PASS).with(Severity.CRITICAL).finding());
        Head failing = of(Findings.of("a", "2").with(Severity.LOW).finding());
        Head worse = of(Findings.of("a", "3").with(Severity.HIGH).finding());

        assertThat(passing.orBetter(failing)).isSameAs(failing);
        assertThat(failing.orBetter(passing)).isSameAs(failing);
        assertThat(failing.orBetter(worse)).isSameAs(worse);
        assertThat(worse.orBetter(failing)).isSameAs(worse);
    }

    @Property(tries = 300)
    void the_order_in_which_findings_come_makes_no_difference(@ForAll Random random) {
        List<Head> heads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            heads.add(of(Findings.of("check", "resource-" + random.nextInt(50))
                    .with(Severity.values()[random.nextInt(3)])
                    .with(random.nextBoolean() ? Result.FAIL : Result.PASS)
                    .finding()));
        }
        UUID first = heads.stream().reduce(Head::orBetter).orElseThrow().finding();
        Collections.shuffle(heads, random);

        Head again = heads.stream().reduce(Head::orBetter).orElseThrow();
        assertThat(again.finding()).isEqualTo(first);
    }

    @Test
    void only_what_bears_its_id_under_that_name_is_about_a_case_or_an_alert() {
        Findings named = Findings.of("case", "WB-1");

        assertThat(of(named.finding()).subject()).isEmpty();
        assertThat(of(named.attributes(Map.of("alert", "WB-1")).finding()).subject())
                .isEmpty();
        assertThat(of(named.attributes(Map.of("case", "CL-1")).finding()).subject())
                .contains(Subject.CASE);
        // An alert bears the id of its case, too.
        assertThat(of(named.check("alert")
                                .attributes(Map.of("alert", "WB-1", "case", "CL-1"))
                                .finding())
                        .subject())
                .contains(Subject.ALERT);
    }

    @Test
    void which_finding_speaks_is_no_news_but_its_words_are() {
        Findings one = Findings.of("check", "one");
        Head shown = of(one.finding());

        assertThat(shown.saysTheSameAs(of(Findings.of("check", "two").finding())))
                .isTrue();
        assertThat(shown.saysTheSameAs(of(one.title("Another").finding()))).isFalse();
        assertThat(shown.saysTheSameAs(of(one.description("Another").finding())))
                .isFalse();
        assertThat(shown.saysTheSameAs(of(one.attributes(Map.of()).finding()))).isFalse();
        assertThat(shown.saysTheSameAs(of(
                        one.notes(new Note("1", "ann", Instant.EPOCH, "seen")).finding())))
                .isFalse();
    }

    @Test
    void further_controls_join_in_one_order_behind_the_sources_own() {
        Control own = new Control("", "S3.8", "");
        Control cis = new Control("CIS", "2", "");
        Control nist = new Control("NIST", "1", "");
        Head head = of(Findings.of("check", "one").controls(own, nist).finding());

        assertThat(head.withControls(List.of(cis)).controls()).containsExactly(own, cis, nist);
        assertThat(head.withControls(List.of(new Control("", "A", ""))).controls())
                .containsExactly(own, new Control("", "A", ""), nist);
        assertThat(of(Findings.of("check", "one").controls(nist).finding())
                        .withControls(List.of(cis, nist))
                        .controls())
                .containsExactly(cis, nist);
        assertThat(of(Findings.fail("check", "one")).withControls(List.of(nist)).controls())
                .containsExactly(nist);
        assertThat(head.withControls(List.of(nist))).isSameAs(head);
    }

    @Test
    void a_control_that_others_were_joined_into_stands_before_them() {
        Control joined = new Control("", "s3-access", "");
        Control cis = new Control("CIS", "2", "");
        Finding finding = Findings.of("check", "one").controls(cis).finding();

        assertThat(Head.of(finding, finding.id(), new GroupIdentity("compliance", List.of(), "s3-access", joined))
                        .controls())
                .containsExactly(joined, cis);
    }

    @Test
    void a_correlation_id_fits_its_column_and_holds_nothing_that_a_query_trips_over() {
        String id = Ticket.correlationId(GROUP.id(), Integer.MAX_VALUE);

        assertThat(id).hasSizeLessThanOrEqualTo(100).matches("ticketbridge-[0-9a-f]{32}-\\d+");
        assertThat(Ticket.correlationId(GROUP.id(), 1)).isNotEqualTo(Ticket.correlationId(GROUP.id(), 2));
    }
}
