package io.ticketbridge.ledger.run;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.inconclusive;
import static io.ticketbridge.finding.Findings.pass;
import static io.ticketbridge.finding.Findings.suppressed;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a page leaves in the ledger. */
@ParameterizedClass
@EnumSource
class PagesTest {
    private static final Finding ONE = fail("s3-public", "one");
    private static final Finding TWO = fail("s3-public", "two");
    private static final Finding ONE_PASSES = pass("s3-public", "one");

    @Parameter
    FreshDatabase database;

    private LedgerWorld world;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.with(Map.of("group-by", "control", "control", "check")));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_finding_has_its_result_since_it_came_to_it_whatever_else_is_said_of_it() {
        world.scan(ONE);
        world.clock.advance(Duration.ofDays(21));
        world.scan(new Findings(ONE)
                .title("In other words")
                .with(Severity.CRITICAL)
                .finding());

        assertThat(world.count("finding where changed_at = first_seen")).isEqualTo(1);

        world.scan(ONE_PASSES);

        assertThat(world.count("finding where changed_at > first_seen")).isEqualTo(1);
    }

    private GroupState group(Finding finding) {
        return world.claim(finding).group();
    }

    /** The account as it stands, without the outcomes that nothing had. */
    private Map<String, Long> account(Run run) {
        Account account = world.accounts.of(run.id());
        assertThat(account.addsUp()).as(account.toString()).isTrue();
        Map<String, Long> findings = new TreeMap<>(account.findings());
        findings.values().removeIf(count -> count == 0);
        return findings;
    }

    private long writtenBy(Run run) {
        return world.count("finding where run_id = ?", run.id());
    }

    @Test
    void a_new_failure_makes_its_group_pending() {
        Run run = world.scan(ONE, TWO);

        assertThat(world.handedOut()).containsExactly(world.groupOf(ONE).toString());
        GroupState group = group(ONE);
        assertThat(group.failing()).isEqualTo(2);
        assertThat(group.joined()).isEqualTo(2);
        assertThat(group.label()).isEqualTo("s3-public");
        assertThat(group.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(account(run)).isEqualTo(Map.of("held", 2L));
    }

    @Test
    void an_unchanged_rescan_writes_no_finding_and_no_group() {
        world.scan(ONE, TWO);
        world.deliver(ONE, Action.OPEN);

        Run rescan = world.scan(ONE, TWO);

        assertThat(writtenBy(rescan)).isZero();
        assertThat(world.handedOut()).isEmpty();
        assertThat(account(rescan)).isEqualTo(Map.of("unchanged", 2L));
    }

    @Test
    void a_pass_of_something_unknown_is_not_kept() {
        Run run = world.scan(ONE_PASSES);

        assertThat(world.count("finding")).isZero();
        assertThat(world.count("finding_group")).isZero();
        assertThat(account(run)).isEqualTo(Map.of("unchanged", 1L));
    }

    @Test
    void a_pass_ends_a_failure() {
        world.scan(ONE, TWO);
        world.deliver(ONE, Action.OPEN);

        Run run = world.scan(ONE_PASSES, TWO);

        GroupState group = group(ONE);
        assertThat(group.failing()).isEqualTo(1);
        assertThat(group.fixed()).isEqualTo(1);
        assertThat(world.groupFindings.fixed(group, 9)).hasSize(1).allSatisfy(listed -> assertThat(listed.resourceUid())
                .isEqualTo("one"));
        assertThat(account(run)).isEqualTo(Map.of("unchanged", 2L));
    }

    @Test
    void a_suppression_is_kept_apart_from_a_pass() {
        world.scan(ONE);
        world.deliver(ONE, Action.OPEN);

        Run run = world.scan(suppressed("s3-public", "one"));

        GroupState group = group(ONE);
        assertThat(group.failing()).isZero();
        assertThat(group.suppressed()).isEqualTo(1);
        assertThat(account(run)).isEqualTo(Map.of("suppressed", 1L));
        assertThat(account(world.scan(suppressed("s3-public", "one")))).isEqualTo(Map.of("suppressed", 1L));
    }

    @Test
    void an_inconclusive_result_leaves_a_failure_as_it_is() {
        world.scan(ONE);
        world.deliver(ONE, Action.OPEN);

        Run run = world.scan(inconclusive("s3-public", "one"));

        assertThat(writtenBy(run)).isZero();
        assertThat(world.handedOut()).isEmpty();
        assertThat(account(run)).isEqualTo(Map.of("inconclusive", 1L));
        assertThat(account(world.scan(ONE))).isEqualTo(Map.of("unchanged", 1L));
    }

    @Test
    void a_changed_message_is_not_news_and_a_changed_severity_is() {
        world.scan(ONE);
        world.deliver(ONE, Action.OPEN);

        Run other = world.scan(
                Findings.of("s3-public", "one").message("92 days old").finding());
        assertThat(writtenBy(other)).isZero();

        Run worse = world.scan(
                Findings.of("s3-public", "one").with(Severity.CRITICAL).finding());
        assertThat(writtenBy(worse)).isEqualTo(1);
        assertThat(group(ONE).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void a_passing_finding_does_not_count_for_the_severity() {
        Finding critical =
                Findings.of("s3-public", "two").with(Severity.CRITICAL).finding();
        world.scan(ONE, critical);
        world.deliver(ONE, Action.OPEN);

        world.scan(Findings.of("s3-public", "two")
                .with(Severity.CRITICAL)
                .with(Result.PASS)
                .finding());

        assertThat(group(ONE).severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void one_that_comes_back_keeps_when_it_was_first_seen() {
        world.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        var first = world.groupFindings.failing(world.groupOf(ONE), 1).get(0).firstSeen();
        world.clock.advance(Duration.ofDays(3));
        world.scan(ONE_PASSES);
        world.scan(ONE);

        assertThat(world.groupFindings.failing(world.groupOf(ONE), 1).get(0).firstSeen())
                .isEqualTo(first);
    }

    @Test
    void an_unreadable_record_counts_as_dead_and_the_page_goes_on() {
        Run run = world.scan(ONE, new Unreadable("{", "no JSON"), TWO);

        assertThat(account(run)).isEqualTo(Map.of("dead", 1L, "held", 2L));
    }

    @Test
    void what_a_step_before_the_filter_drops_counts_as_filtered() {
        world.before = finding -> !finding.equals(TWO);

        Run run = world.scan(ONE, TWO);

        assertThat(group(ONE).failing()).isEqualTo(1);
        assertThat(account(run)).isEqualTo(Map.of("filtered", 1L, "held", 1L));
    }

    @Test
    void what_a_step_behind_the_filter_drops_counts_as_filtered_and_is_not_remembered() {
        world.behind = membership -> !membership.finding().equals(TWO);
        assertThat(account(world.scan(ONE, TWO))).isEqualTo(Map.of("filtered", 1L, "held", 1L));
        assertThat(world.count("finding")).isEqualTo(1);

        world.behind = membership -> true;
        world.scan(ONE, TWO);
        assertThat(group(ONE).failing()).isEqualTo(2);
    }

    @Test
    void a_withdrawn_finding_counts_as_dead_and_is_not_remembered() {
        Run run = world.runs.begin(Flow.NAME, "scan");
        world.pages.open(run, List.of(ONE, TWO));
        world.one(ONE);
        world.one(TWO);
        world.pages.countDead(TWO);
        world.pages.close();
        world.endScan(run);

        assertThat(world.count("finding")).isEqualTo(1);
        assertThat(account(run)).isEqualTo(Map.of("dead", 1L, "held", 1L));
        assertThat(account(world.scan(ONE, TWO))).isEqualTo(Map.of("held", 1L, "unchanged", 1L));
    }

    @Test
    void a_finding_that_fails_in_two_groups_is_dead_once() {
        byControl();
        Finding finding = serving("AC-1", "AC-2");
        Run run = world.runs.begin(Flow.NAME, "scan");
        world.pages.open(run, List.of(finding));
        world.one(finding);
        world.pages.countDead(finding);
        world.pages.countDead(finding);
        world.pages.close();
        world.endScan(run);

        assertThat(account(run)).isEqualTo(Map.of("dead", 1L));
    }

    @Test
    void one_that_dies_after_it_was_news_before_is_dead_and_nothing_else() {
        byControl();
        Finding again = serving("AC-2");
        Run run = world.runs.begin(Flow.NAME, "scan");
        world.page(run, serving("AC-1"));
        world.pages.open(run, List.of(again));
        world.one(again);
        world.pages.countDead(again);
        world.pages.close();
        world.endScan(run);

        assertThat(account(run)).isEqualTo(Map.of("dead", 1L, "held", 1L));
        assertThat(world.count("finding")).isEqualTo(1);
    }

    @Test
    void a_page_that_was_dropped_leaves_nothing() {
        Run run = world.runs.begin(Flow.NAME, "scan");
        world.pages.open(run, List.of(ONE));
        world.one(ONE);
        world.pages.drop();
        world.runs.fail(run, "the source broke off");

        assertThat(world.count("finding")).isZero();
        assertThat(account(run)).isEmpty();
        assertThat(account(world.scan(ONE))).isEqualTo(Map.of("held", 1L));
    }

    @Test
    void a_dead_groups_unchanged_failures_stay_dead_and_changed_ones_are_tried_again() {
        world.scan(ONE);
        world.groups.bury(world.claim(ONE));

        assertThat(account(world.scan(ONE))).isEqualTo(Map.of("dead", 1L));
        assertThat(world.handedOut()).isEmpty();

        world.scan(ONE, TWO);
        assertThat(group(ONE).failing()).isEqualTo(2);
    }

    @Test
    void a_held_group_lets_unchanged_failures_pass() {
        world.scan(ONE, TWO);
        world.groups.hold(world.claim(ONE), "max-new-tickets-per-run is used up");
        assertThat(world.handedOut()).isEmpty();

        Run rescan = world.scan(ONE, TWO);

        assertThat(account(rescan)).isEqualTo(Map.of("held", 2L));
        assertThat(group(ONE).failing()).isEqualTo(2);
    }

    @Test
    void a_group_whose_ticket_reached_its_status_lets_unchanged_failures_pass_once() {
        world.scan(ONE, TWO);
        world.deliver(ONE, Action.OPEN);
        world.people(ONE, "6", Phase.RESOLVED);

        Run rescan = world.scan(ONE, TWO);

        assertThat(world.claim(ONE).latest().orElseThrow().reached()).isTrue();
        assertThat(writtenBy(rescan)).isEqualTo(2);
        world.clock.advance(LedgerWorld.LEASE.plusSeconds(1));
        assertThat(world.deliver(ONE, Action.OPEN).generation()).isEqualTo(2);
        assertThat(account(rescan)).isEqualTo(Map.of("opened", 2L));
        assertThat(account(world.scan(ONE, TWO))).isEqualTo(Map.of("unchanged", 2L));
    }

    @Test
    void a_group_whose_ticket_is_too_old_lets_unchanged_failures_pass() {
        world.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.clock.advance(Duration.ofDays(29));
        assertThat(world.release.releaseOlderThan(Flow.NAME, 30)).isZero();
        assertThat(world.release.releaseOlderThan("another", 1)).isZero();

        world.clock.advance(Duration.ofDays(1));
        assertThat(world.release.releaseOlderThan(Flow.NAME, 30)).isEqualTo(1);
        assertThat(world.release.releaseOlderThan(Flow.NAME, 30)).isZero();

        assertThat(writtenBy(world.scan(ONE))).isEqualTo(1);
    }

    @Test
    void age_counts_whatever_the_status_as_long_as_it_blocks() {
        world.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        var ticket = world.tickets.latest(world.groupOf(ONE)).orElseThrow();
        var resolved = new Seen(ticket.sysId(), ticket.number(), "6", Phase.RESOLVED, ticket.openedAt());
        world.openTickets.seen(ticket, resolved, false);
        world.clock.advance(Duration.ofDays(30));

        assertThat(world.release.releaseOlderThan(Flow.NAME, 30)).isEqualTo(1);
    }

    @Test
    void groups_follow_the_flapping_of_their_findings_exactly() {
        Finding three = fail("s3-public", "three");
        world.scan(ONE, TWO);
        world.deliver(ONE, Action.OPEN);

        world.scan(ONE_PASSES, TWO);
        world.scan(ONE, TWO, three);
        GroupState back = group(ONE);
        assertThat(back.joined()).as("only three is new to the ticket").isEqualTo(1);
        assertThat(back.fixed()).as("one came back before anybody was told").isZero();
        world.clock.advance(LedgerWorld.LEASE.plusSeconds(1));

        world.scan(ONE_PASSES, TWO, pass("s3-public", "three"));
        GroupState left = group(ONE);
        assertThat(left.joined()).as("three came and went").isZero();
        assertThat(left.fixed()).isEqualTo(1);
        world.clock.advance(LedgerWorld.LEASE.plusSeconds(1));

        world.deliver(ONE, Action.UPDATE);
        world.scan(ONE, TWO);
        GroupState joined = group(ONE);
        assertThat(joined.joined()).isEqualTo(1);
        assertThat(joined.fixed()).isZero();
    }

    private void byControl() {
        world.flow = Flow.with(Map.of("group-by", "control", "control", "NIST"));
    }

    private static Finding serving(String... controls) {
        return Findings.of("s3-public", "one")
                .controls(Arrays.stream(controls)
                        .map(control -> new Control("NIST", control, ""))
                        .toArray(Control[]::new))
                .finding();
    }

    private static Finding passing(Finding finding) {
        return new Findings(finding).with(Result.PASS).finding();
    }

    @Test
    void a_finding_of_several_groups_counts_once() {
        byControl();
        Run run = world.scan(serving("AC-1", "AC-2", "AC-3"));

        assertThat(world.count("finding_group where pending")).isEqualTo(3);
        assertThat(world.count("finding")).isEqualTo(3);
        assertThat(account(run)).isEqualTo(Map.of("held", 1L));
        assertThat(writtenBy(world.scan(serving("AC-3", "AC-2", "AC-1")))).isZero();
    }

    @Test
    void a_finding_named_once_per_control_joins_each_group_in_one_page_and_over_pages() {
        byControl();
        Run run = world.runs.begin(Flow.NAME, "scan");
        world.page(run, serving("AC-1"), serving("AC-2"));
        world.page(run, serving("AC-3"), serving("AC-1"));
        world.endScan(run);

        for (String control : List.of("AC-1", "AC-2", "AC-3")) {
            assertThat(group(serving(control)).failing()).as(control).isEqualTo(1);
        }
        assertThat(account(run)).isEqualTo(Map.of("held", 1L, "unchanged", 3L));
    }

    @Test
    void a_control_that_is_new_to_a_finding_gets_its_group_beside_open_tickets() {
        byControl();
        world.scan(serving("AC-1"));
        world.deliver(serving("AC-1"), Action.OPEN);

        Run run = world.scan(serving("AC-1"), serving("AC-2"));

        assertThat(group(serving("AC-2")).failing()).isEqualTo(1);
        assertThat(account(run)).isEqualTo(Map.of("held", 1L, "unchanged", 1L));
    }

    @Test
    void a_pass_that_names_fewer_controls_ends_the_failure_in_all_its_groups() {
        byControl();
        world.scan(serving("AC-1", "AC-2"));
        world.deliver(serving("AC-1"), Action.OPEN);
        world.deliver(serving("AC-2"), Action.OPEN);

        world.scan(passing(serving("AC-1")));

        assertThat(group(serving("AC-1")).failing()).isZero();
        assertThat(group(serving("AC-2")).failing()).isZero();
    }

    @Test
    void a_pass_after_another_grouping_ends_the_failure_in_the_old_group() {
        byControl();
        world.scan(serving("AC-1"));
        world.deliver(serving("AC-1"), Action.OPEN);

        Run run = world.scan(passing(serving("AC-9")));

        GroupState group = group(serving("AC-1"));
        assertThat(group.failing()).isZero();
        assertThat(group.fixed()).isEqualTo(1);
        assertThat(account(run)).isEqualTo(Map.of("unchanged", 1L));
        assertThat(world.count("finding_group")).as("no group for a pass").isEqualTo(1);
    }

    /** One problem keeps one ticket: the old one, until it is done. */
    @Test
    void another_grouping_takes_failures_along_once_their_old_ticket_is_done() {
        world.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        var old = world.tickets.latest(world.groupOf(ONE)).orElseThrow();
        world.flow = Flow.groupedBy("resource");

        world.scan(ONE);
        assertThat(world.groups.claim(world.groupOf(ONE))).isEmpty();

        world.openTickets.seen(old, new Seen(old.sysId(), old.number(), "7", Phase.CLOSED, old.openedAt()), true);
        world.scan(ONE);
        assertThat(group(ONE).failing()).isEqualTo(1);
    }

    @Test
    void absence_from_a_complete_scan_that_covers_it_ends_a_failure() {
        Finding elsewhere = fail("another-check", "three");
        world.scan(ONE, TWO, elsewhere);
        world.deliver(ONE, Action.OPEN);
        world.complete = true;

        Run run = world.scan(ONE);

        GroupState group = group(ONE);
        assertThat(group.failing()).isEqualTo(1);
        assertThat(group.fixed()).isEqualTo(1);
        assertThat(group(elsewhere).failing()).as("not covered").isEqualTo(1);
        assertThat(world.accounts.of(run.id()).absent()).isEqualTo(1);
        assertThat(account(run)).isEqualTo(Map.of("unchanged", 1L));
    }

    @Test
    void what_shares_its_account_with_others_is_not_taken_for_gone() {
        world.scan(ONE, TWO);
        world.deliver(ONE, Action.OPEN);
        world.complete = true;
        Run run = world.runs.begin(Flow.NAME, "scan");
        run.provesNothingWhere(ONE);

        world.page(run, ONE);
        world.endScan(run);

        assertThat(world.accounts.of(run.id()).absent()).isZero();
        assertThat(world.count("finding where result = 0")).isEqualTo(2);
    }

    @Test
    void records_that_are_left_out_count_as_filtered_and_hide_nothing() {
        world.scan(ONE, TWO);
        world.complete = true;
        Run run = world.runs.begin(Flow.NAME, "scan");

        world.page(run, ONE);
        run.leavesOut(3);
        world.endScan(run);

        assertThat(world.accounts.of(run.id()).read()).isEqualTo(4);
        assertThat(account(run)).isEqualTo(Map.of("unchanged", 1L, "filtered", 3L));
        assertThat(world.accounts.of(run.id()).absent()).isEqualTo(1);
    }
}
