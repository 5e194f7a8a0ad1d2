package io.ticketbridge.ledger.ticket;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static io.ticketbridge.finding.Findings.suppressed;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ticket.Acceptance;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A ticket that was closed as an accepted risk covers what it lists, until its date or until somebody takes it back. */
class AcceptedRisksTest {
    private static final Finding ONE = fail("s3-public", "one");
    private static final Finding TWO = fail("s3-public", "two");
    private static final Finding NEW = fail("s3-public", "new");

    private static LedgerWorld world(FreshDatabase kind) {
        return world(kind, Map.of());
    }

    /** With a ticket that lists two resources. */
    private static LedgerWorld world(FreshDatabase kind, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("group-by", "check"));
        all.putAll(settings);
        LedgerWorld world = new LedgerWorld(kind.open(), Flow.with(all));
        scan(world, ONE, TWO);
        return world;
    }

    /** What a pass does, with the ledger alone. */
    private static void scan(LedgerWorld world, SourceRecord... records) {
        world.release.endAcceptances(world.flow.name());
        Run run = world.scan(records);
        world.handedOut();
        world.work(world.groupOf(ONE));
        world.runs.reportFinished();
        assertThat(world.accounts.of(run.id()).addsUp()).isTrue();
    }

    private static Ticket latest(LedgerWorld world) {
        return world.tickets.latest(world.groupOf(ONE)).orElseThrow();
    }

    private static Instant in(LedgerWorld world, int days) {
        return world.clock.instant().plus(Duration.ofDays(days));
    }

    private static void accept(LedgerWorld world, Instant until) {
        see(world, latest(world), "7", Phase.CLOSED, new Acceptance("Risk accepted", until));
    }

    private static void see(LedgerWorld world, Ticket ticket, String state, Phase phase, Acceptance acceptance) {
        world.openTickets.seen(
                ticket,
                new Seen(ticket.sysId(), ticket.number(), state, phase, ticket.openedAt()),
                phase.isOver(),
                acceptance);
    }

    private static String said(LedgerWorld world) {
        return String.join(
                "\n",
                world.database
                        .jdbc()
                        .queryForList("select text from event where finding_id is null order by id", String.class));
    }

    @ParameterizedTest
    @EnumSource
    void until_its_date_no_scan_opens_another_and_after_it_the_next_does(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            accept(world, in(world, 30));

            scan(world, ONE, TWO);
            world.clock.advance(Duration.ofDays(29));
            scan(world, ONE, TWO);
            assertThat(latest(world).generation()).isEqualTo(1);
            assertThat(said(world)).contains("INC1 was closed as an accepted risk until ");

            world.clock.advance(Duration.ofDays(1));
            scan(world, ONE, TWO);
            assertThat(latest(world).generation()).isEqualTo(2);
            assertThat(said(world)).contains("the accepted risk has ended");
        }
    }

    /** With {@code new-ticket-when-status=closed} a resolved ticket blocks; its date lets go of it all the same. */
    @ParameterizedTest
    @EnumSource
    void a_date_that_had_passed_before_anybody_looked_hides_nothing(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            Ticket ticket = latest(world);
            Acceptance over = new Acceptance("Risk accepted", in(world, -1));
            world.openTickets.seen(
                    ticket,
                    new Seen(ticket.sysId(), ticket.number(), "6", Phase.RESOLVED, ticket.openedAt()),
                    false,
                    over);

            scan(world, ONE, TWO);

            assertThat(latest(world).generation()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void its_end_releases_once_and_not_with_every_pass(FreshDatabase kind) {
        try (LedgerWorld world = world(kind, Map.of("on-recurrence", "comment"))) {
            accept(world, in(world, 1));
            world.clock.advance(Duration.ofDays(2));
            scan(world, ONE, TWO);
            long writes = world.count("action");

            scan(world, ONE, TWO);
            scan(world, ONE, TWO);

            assertThat(writes).isEqualTo(2);
            assertThat(world.count("action")).isEqualTo(writes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void neither_days_nor_a_later_status_let_another_be_opened(FreshDatabase kind) {
        try (LedgerWorld world =
                world(kind, Map.of("new-ticket-after-days", "10", "new-ticket-when-status", "closed"))) {
            Ticket ticket = latest(world);
            world.openTickets.seen(
                    ticket,
                    new Seen(ticket.sysId(), ticket.number(), "6", Phase.RESOLVED, ticket.openedAt()),
                    false,
                    new Acceptance("Risk accepted", in(world, 90)));
            world.clock.advance(Duration.ofDays(40));

            assertThat(world.release.releaseOlderThan(world.flow.name(), 10)).isZero();
            scan(world, fail("s3-public", "one"), TWO);

            assertThat(latest(world).generation()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_the_ticket_does_not_list_opens_the_next_which_lists_nothing_else(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            accept(world, in(world, 30));

            scan(world, ONE, TWO, NEW);

            assertThat(latest(world).generation()).isEqualTo(2);
            assertThat(world.groupFindings.failing(world.groupOf(ONE), 9))
                    .singleElement()
                    .satisfies(listed -> assertThat(listed.resourceUid()).isEqualTo("new"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_next_resolves_with_its_own_resource_and_the_accepted_ones_join_it_at_their_date(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            accept(world, in(world, 30));
            scan(world, ONE, TWO, NEW);

            world.clock.advance(Duration.ofDays(30));
            scan(world, ONE, TWO, NEW);
            assertThat(latest(world).generation()).isEqualTo(2);
            assertThat(said(world) + world.database.jdbc().queryForList("select reason from action", String.class))
                    .contains("2 joined, 0 fixed");
            assertThat(world.groupFindings.failing(world.groupOf(ONE), 9)).hasSize(3);
        }
        try (LedgerWorld world = world(kind)) {
            accept(world, in(world, 30));
            scan(world, ONE, TWO, NEW);

            scan(world, ONE, TWO, pass("s3-public", "new"));
            assertThat(latest(world).phase()).isEqualTo(Phase.RESOLVED);
        }
    }

    /** The first was too old, the second was accepted, and the third is for what joined: the first lists what is accepted, too. */
    @ParameterizedTest
    @EnumSource
    void a_ticket_that_was_left_open_stays_so_while_what_was_accepted_later_fails_on(FreshDatabase kind) {
        try (LedgerWorld world = world(kind, Map.of("new-ticket-after-days", "30"))) {
            world.clock.advance(Duration.ofDays(31));
            world.look();
            scan(world, ONE, TWO);
            accept(world, null);
            scan(world, ONE, TWO, NEW);
            assertThat(latest(world).generation()).isEqualTo(3);

            scan(world, ONE, TWO, pass("s3-public", "new"));
            assertThat(latest(world).phase()).isEqualTo(Phase.RESOLVED);
            world.left("update finding_group set pending = true");
            world.work(world.groupOf(ONE));
            assertThat(world.count("ticket where phase = 'OPEN' and generation = 1"))
                    .isEqualTo(1);

            world.scan(ONE, TWO);
            assertThat(world.count("finding_group where pending"))
                    .as("nothing is left to do, pass after pass")
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_the_ticket_lists_is_covered_while_it_is_suppressed_and_no_more_once_it_was_fixed(FreshDatabase kind) {
        for (Finding meanwhile : List.of(suppressed("s3-public", "two"), pass("s3-public", "two"), ONE)) {
            try (LedgerWorld world = world(kind)) {
                scan(world, ONE, suppressed("s3-public", "two"));
                world.complete = meanwhile == ONE;
                scan(world, ONE, meanwhile);
                world.complete = false;
                accept(world, null);

                scan(world, ONE, TWO);

                assertThat(latest(world).generation())
                        .as(meanwhile.toString())
                        .isEqualTo(meanwhile.result() == Result.SUPPRESSED ? 1 : 2);
            }
        }
    }

    /** It keeps the earlier one open, which lists it. */
    @ParameterizedTest
    @EnumSource
    void what_was_suppressed_before_a_later_ticket_was_opened_is_not_accepted_with_it(FreshDatabase kind) {
        try (LedgerWorld world = world(kind, Map.of("new-ticket-after-days", "30"))) {
            scan(world, ONE, suppressed("s3-public", "two"));
            world.clock.advance(Duration.ofDays(31));
            world.look();
            scan(world, ONE, suppressed("s3-public", "two"));
            accept(world, null);

            scan(world, ONE, TWO);

            assertThat(latest(world).generation()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_comes_back_within_the_date_is_accepted_still(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            accept(world, in(world, 30));

            scan(world, ONE, pass("s3-public", "two"));
            scan(world, ONE, TWO);

            assertThat(latest(world).generation()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void another_close_code_takes_it_back(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            accept(world, null);
            scan(world, ONE, TWO);
            assertThat(latest(world).generation()).isEqualTo(1);
            assertThat(world.openTickets.accepted(world.flow.name())).hasSize(1);

            see(world, latest(world), "7", Phase.CLOSED, null);
            scan(world, ONE, TWO);

            assertThat(latest(world).generation()).isEqualTo(2);
            assertThat(said(world)).contains("its close code is another now");
        }
    }

    @ParameterizedTest
    @EnumSource
    void reopened_it_blocks_as_any_open_ticket_does(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            accept(world, null);
            scan(world, ONE, TWO);

            see(world, latest(world), "2", Phase.OPEN, null);
            scan(world, ONE, TWO);

            assertThat(latest(world).generation()).isEqualTo(1);
            assertThat(latest(world).acceptance()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_record_that_is_deleted_before_it_is_closed_accepts_nothing(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            see(world, latest(world), "6", Phase.RESOLVED, new Acceptance("Risk accepted", null));
            scan(world, ONE, TWO);

            see(world, latest(world), "", Phase.DELETED, null);
            scan(world, ONE, TWO);

            assertThat(latest(world).generation()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_closed_and_is_archived_is_accepted_still_until_its_date(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            accept(world, in(world, 10));
            see(world, latest(world), "", Phase.DELETED, null);
            see(world, latest(world), "", Phase.DELETED, null);
            scan(world, ONE, TWO);
            assertThat(latest(world).generation()).isEqualTo(1);

            world.clock.advance(Duration.ofDays(11));
            world.release.endAcceptances(Flow.NAME);
            scan(world, ONE, TWO);
            assertThat(latest(world).generation()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_later_date_holds_longer_and_one_that_has_passed_ends_it(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            accept(world, in(world, 10));
            accept(world, in(world, 50));
            world.clock.advance(Duration.ofDays(20));
            scan(world, ONE, TWO);
            assertThat(latest(world).generation()).isEqualTo(1);

            accept(world, in(world, -1));
            scan(world, ONE, TWO);
            assertThat(latest(world).generation()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_one_that_is_as_it_was_nothing_is_written(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            Instant until = in(world, 10);
            accept(world, until);
            String before =
                    world.database.jdbc().queryForList("select * from ticket").toString() + said(world);

            accept(world, until);

            assertThat(world.database
                                    .jdbc()
                                    .queryForList("select * from ticket")
                                    .toString()
                            + said(world))
                    .isEqualTo(before);
        }
    }
}
