package io.ticketbridge.ledger.ticket;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static io.ticketbridge.finding.Findings.suppressed;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.ManyGroups;
import io.ticketbridge.ledger.Plans;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What came to rest is taken up again once a ticket has come further or a setting is another (P7, P11). */
@ParameterizedClass
@EnumSource(FreshDatabase.class)
class LooseEndsTest {
    private static final Finding ONE = fail("s3-public", "one");
    private static final Finding ONE_PASSES = pass("s3-public", "one");

    @Parameter
    FreshDatabase database;

    private LedgerWorld world;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("check"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void set(String key, String value) {
        world.flow = Flow.with(Map.of("group-by", "check", key, value));
    }

    private void nextPass(Finding... findings) {
        world.look();
        world.scan(findings);
        world.work(world.groupOf(ONE));
    }

    private long tickets() {
        return world.count("ticket");
    }

    private void commentedOn() {
        set("on-recurrence", "comment");
        nextPass(ONE);
        world.people(ONE, "6", Phase.RESOLVED);
        nextPass(ONE);
        assertThat(world.count("action where kind = 'updated'")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSED", "DELETED"})
    void what_was_commented_on_has_another_ticket_once_that_one_is_gone_for_good(Phase phase) {
        commentedOn();
        nextPass(ONE);
        assertThat(world.count("action where kind = 'updated'")).isEqualTo(1);

        world.people(ONE, "7", phase);
        nextPass(ONE);

        assertThat(tickets()).isEqualTo(2);
        nextPass(ONE);
        assertThat(tickets()).isEqualTo(2);
    }

    /** Whatever state it is in: a person may have opened it again, as the comment asks for (P8). */
    @ParameterizedTest
    @EnumSource(names = {"RESOLVED", "OPEN"})
    void what_was_commented_on_has_another_ticket_once_that_one_is_too_old(Phase phase) {
        commentedOn();
        world.flow = Flow.with(Map.of("group-by", "check", "on-recurrence", "comment", "new-ticket-after-days", "30"));
        world.people(ONE, phase == Phase.OPEN ? "2" : "6", phase);
        world.clock.advance(Duration.ofDays(29));
        nextPass(ONE);
        assertThat(tickets()).isEqualTo(1);

        world.clock.advance(Duration.ofDays(1));
        nextPass(ONE);
        nextPass(ONE);

        assertThat(tickets()).isEqualTo(2);
        assertThat(world.count("action where kind = 'updated'")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"new-ticket", "reopen"})
    void what_was_commented_on_is_decided_about_anew_where_the_flow_asks_for_something_else(String recurrence) {
        commentedOn();
        set("on-recurrence", recurrence);

        nextPass(ONE);

        assertThat(world.count("action where kind in ('opened', 'reopened')")).isEqualTo(2);
        assertThat(world.count("ticket where not reached")).isEqualTo(1);
    }

    @Test
    void what_servicenow_does_not_reopen_is_asked_for_once_and_followed_by_another_ticket() {
        set("on-recurrence", "reopen");
        nextPass(ONE);
        world.people(ONE, "106", Phase.RESOLVED);
        world.reopens = false;

        nextPass(ONE);
        assertThat(world.count("action where kind = 'reopened'")).isEqualTo(1);
        assertThat(tickets()).isEqualTo(1);

        nextPass(ONE);
        nextPass(ONE);
        assertThat(world.count("action where kind = 'reopened'")).isEqualTo(1);
        assertThat(tickets()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSED", "DELETED"})
    void a_ticket_whose_reopening_was_refused_is_followed_by_another_once_it_is_gone_for_good(Phase phase) {
        set("on-recurrence", "reopen");
        nextPass(ONE);
        world.people(ONE, "6", Phase.RESOLVED);
        world.look();
        world.scan(ONE);
        world.groups.bury(world.claim(ONE));
        nextPass(ONE);
        assertThat(tickets()).isEqualTo(1);

        world.people(ONE, "7", phase);
        nextPass(ONE);
        assertThat(tickets()).isEqualTo(2);
    }

    @Test
    void what_no_scan_flags_again_has_no_other_ticket() {
        set("on-recurrence", "comment");
        nextPass(ONE, fail("s3-public", "two"));
        world.people(ONE, "6", Phase.RESOLVED);
        nextPass(ONE);
        world.people(ONE, "7", Phase.CLOSED);

        nextPass(pass("s3-public", "two"));

        assertThat(tickets()).isEqualTo(1);
    }

    /** The answer of an update is lost, a person resolves the ticket, and the look-up finds the update. */
    @Test
    void a_ticket_that_is_resolved_while_an_update_is_in_doubt_is_followed_by_another() {
        Finding two = fail("s3-public", "two");
        nextPass(ONE);
        world.scan(ONE, two);
        GroupCase claimed = world.claim(ONE);
        Intent intent = world.intend(claimed, new Decision(Action.UPDATE, 1, "1 joined"));
        world.people(ONE, "6", Phase.RESOLVED);
        world.scan(ONE, two);

        world.record(claimed, intent);
        world.groups.settle(claimed, intent.version());
        assertThat(tickets()).isEqualTo(1);

        nextPass(ONE, two);
        assertThat(tickets()).isEqualTo(2);
        nextPass(ONE, two);
        assertThat(tickets()).isEqualTo(2);
    }

    @Test
    void what_was_fixed_while_nothing_was_resolved_is_resolved_once_that_is_switched_on() {
        set("resolve-when-fixed", "false");
        nextPass(ONE);
        nextPass(ONE_PASSES);
        nextPass(ONE_PASSES);
        assertThat(world.count("action where kind = 'resolved'")).isZero();
        set("resolve-when-fixed", "true");

        nextPass(ONE_PASSES);

        assertThat(world.count("action where kind = 'resolved'")).isEqualTo(1);
        assertThat(world.count("ticket where phase = 'RESOLVED'")).isEqualTo(1);
    }

    @Test
    void the_breaker_of_a_run_paces_what_is_resolved_later() {
        Finding other = fail("logging", "one");
        set("resolve-when-fixed", "false");
        world.scan(ONE, other);
        List.of(ONE, other).forEach(each -> world.work(world.groupOf(each)));
        world.scan(ONE_PASSES, pass("logging", "one"));
        List.of(ONE, other).forEach(each -> world.work(world.groupOf(each)));
        set("max-closures-per-run", "1");

        world.scan(ONE_PASSES);
        List.of(ONE, other).forEach(each -> world.work(world.groupOf(each)));

        assertThat(world.count("action where kind = 'resolved'")).isEqualTo(1);
        assertThat(world.count("finding_group where held is not null")).isEqualTo(1);
    }

    @Test
    void what_was_resolved_and_is_open_again_is_left_alone() {
        nextPass(ONE);
        nextPass(ONE_PASSES);
        world.people(ONE, "2", Phase.OPEN);

        nextPass(ONE_PASSES);
        nextPass(ONE_PASSES);

        assertThat(world.count("action where kind = 'resolved'")).isEqualTo(1);
        assertThat(world.count("ticket where phase = 'OPEN'")).isEqualTo(1);
    }

    @Test
    void what_fails_or_is_suppressed_keeps_its_ticket_open() {
        set("resolve-when-fixed", "false");
        nextPass(ONE, fail("s3-public", "two"));
        nextPass(ONE, pass("s3-public", "two"));
        set("resolve-when-fixed", "true");
        nextPass(ONE);
        nextPass(suppressed("s3-public", "one"));
        nextPass(suppressed("s3-public", "one"));

        assertThat(world.count("ticket where phase = 'OPEN'")).isEqualTo(1);
        assertThat(world.count("finding_group where pending or loose_end is not null"))
                .isZero();
    }

    /** Each pass asks for them, however many groups are at rest. */
    @Test
    void they_are_found_by_their_index() {
        new ManyGroups(world.database, Flow.NAME).pending("1", 5000, 1);
        world.database
                .jdbc()
                .update(
                        "update finding_group set pending = false, loose_end = case when label like 'group-7_' then 'failing' end");

        assertThat(Plans.of(world.database, LooseEnds.MARKED, Map.of("flow", Flow.NAME, "end", "failing"))
                        .toLowerCase(Locale.ROOT))
                .contains("finding_group_loose_end")
                .doesNotContain("tablescan", "seq scan");
    }

    @Test
    void what_is_done_is_no_loose_end() {
        set("resolve-when-fixed", "false");
        nextPass(ONE);
        nextPass(ONE_PASSES);
        assertThat(world.count("finding_group where loose_end is not null")).isEqualTo(1);

        world.people(ONE, "6", Phase.RESOLVED);

        assertThat(world.count("finding_group where loose_end is not null")).isZero();
    }
}
