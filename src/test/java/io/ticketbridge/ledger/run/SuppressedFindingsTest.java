package io.ticketbridge.ledger.run;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.of;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is suppressed at the source is kept, opens nothing, and is news again once it fails. */
class SuppressedFindingsTest {
    private static final Finding FAILS = fail("s3-public", "one");
    private static final Finding MUTED = muted("one", "a test bucket");

    private static Finding muted(String resource, String reason) {
        return of("s3-public", resource)
                .with(Result.SUPPRESSED)
                .attributes(Map.of(
                        "provider",
                        "aws",
                        "acceptedBy",
                        "ann",
                        "acceptedReason",
                        reason,
                        "acceptedUntil",
                        "2027-03-01T00:00:00Z"))
                .finding();
    }

    private static LedgerWorld world(FreshDatabase kind) {
        return new LedgerWorld(kind.open(), Flow.groupedBy("check"));
    }

    private static Account account(LedgerWorld world, Run run) {
        world.handedOut();
        world.work(world.groupOf(FAILS));
        world.runs.reportFinished();
        Account account = world.accounts.of(run.id());
        assertThat(account.addsUp()).as(account.toString()).isTrue();
        return account;
    }

    private static GroupState group(LedgerWorld world) {
        return world.claim(FAILS).group();
    }

    @ParameterizedTest
    @EnumSource
    void it_is_kept_with_who_why_and_until_when_and_owes_nothing(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            Account account = account(world, world.scan(MUTED));

            assertThat(account.findings()).containsEntry("suppressed", 1L);
            assertThat(world.count("finding_group where pending")).isZero();
            assertThat(world.count("action")).isZero();
            assertThat(world.database.jdbc().queryForObject("select suppression from finding", String.class))
                    .contains("ann", "a test bucket", "2027-03-01");
        }
    }

    @ParameterizedTest
    @EnumSource
    void read_again_it_counts_as_suppressed_and_nothing_is_written(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            world.scan(MUTED);
            String before = rows(world);
            world.clock.advance(Duration.ofDays(1));

            Account account = account(world, world.scan(MUTED, MUTED));

            assertThat(account.findings()).containsEntry("suppressed", 2L);
            assertThat(rows(world)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void named_twice_it_is_kept_once_and_counts_twice(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            Account account = account(world, world.scan(MUTED, muted("one", "another word")));

            assertThat(account.read()).isEqualTo(2);
            assertThat(account.findings()).containsEntry("suppressed", 2L);
            assertThat(world.count("finding")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void once_it_fails_it_is_news_and_opens_a_ticket(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            world.scan(MUTED);

            Account account = account(world, world.scan(FAILS));

            assertThat(account.findings()).containsEntry("opened", 1L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_fails_anew_after_its_ticket_was_resolved_and_opens_the_next(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            account(world, world.scan(FAILS));
            account(world, world.scan(pass("s3-public", "one")));
            world.people(FAILS, "6", Phase.RESOLVED);
            account(world, world.scan(MUTED));

            Account account = account(world, world.scan(FAILS));

            assertThat(account.findings()).containsEntry("opened", 1L);
            assertThat(world.tickets.latest(world.groupOf(FAILS)).orElseThrow().generation())
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_the_ticket_lists_is_not_fixed_by_a_suppression(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            account(world, world.scan(FAILS));

            world.scan(MUTED);
            GroupState group = group(world);

            assertThat(group.suppressed()).isEqualTo(1);
            assertThat(group.muted()).isEqualTo(1);
            assertThat(group.fixed()).isZero();
            assertThat(world.groupFindings.muted(group, 5)).singleElement().satisfies(listed -> assertThat(
                            listed.message())
                    .isEqualTo("a test bucket, by ann, until 2027-03-01T00:00:00Z"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_no_ticket_ever_listed_keeps_none_open(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            account(world, world.scan(FAILS, muted("two", "never mind")));

            world.scan(pass("s3-public", "one"), muted("two", "never mind"));
            world.work(world.groupOf(FAILS));

            assertThat(world.tickets.latest(world.groupOf(FAILS)).orElseThrow().phase())
                    .isEqualTo(Phase.RESOLVED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_suppression_keeps_open_the_ticket_that_lists_it_and_not_the_next(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            account(world, world.scan(FAILS));
            account(world, world.scan(MUTED));
            assertThat(world.tickets.latest(world.groupOf(FAILS)).orElseThrow().phase())
                    .isEqualTo(Phase.OPEN);
            world.people(FAILS, "7", Phase.CLOSED);

            account(world, world.scan(MUTED, fail("s3-public", "two")));
            account(world, world.scan(MUTED, pass("s3-public", "two")));

            assertThat(world.tickets.latest(world.groupOf(FAILS)).orElseThrow())
                    .satisfies(ticket -> assertThat(ticket.generation()).isEqualTo(2))
                    .satisfies(ticket -> assertThat(ticket.phase()).isEqualTo(Phase.RESOLVED));
        }
    }

    /** The first lists two resources, one is suppressed, and the second is opened for its age: it lists what fails alone. */
    @ParameterizedTest
    @EnumSource
    void a_suppression_keeps_open_the_ticket_that_lists_it_whatever_follows_by_days(FreshDatabase kind) {
        Finding two = fail("s3-public", "two");
        try (LedgerWorld world =
                new LedgerWorld(kind.open(), Flow.with(Map.of("group-by", "check", "new-ticket-after-days", "30")))) {
            account(world, world.scan(FAILS, two));
            account(world, world.scan(MUTED, two));
            world.clock.advance(Duration.ofDays(31));
            world.look();
            account(world, world.scan(MUTED, two));
            assertThat(world.count("ticket where phase = 'OPEN'")).isEqualTo(2);

            world.people(FAILS, "7", Phase.CLOSED);
            account(world, world.scan(MUTED, pass("s3-public", "two")));
            assertThat(world.count("ticket where phase = 'OPEN' and generation = 1"))
                    .isEqualTo(1);

            account(world, world.scan(pass("s3-public", "one"), pass("s3-public", "two")));
            assertThat(world.count("ticket where phase = 'OPEN'")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_later_ticket_waits_with_an_earlier_one_only_until_that_is_closed(FreshDatabase kind) {
        Finding two = fail("s3-public", "two");
        try (LedgerWorld world =
                new LedgerWorld(kind.open(), Flow.with(Map.of("group-by", "check", "new-ticket-after-days", "30")))) {
            account(world, world.scan(FAILS, two));
            world.clock.advance(Duration.ofDays(1));
            account(world, world.scan(MUTED, two));
            world.clock.advance(Duration.ofDays(31));
            world.look();
            account(world, world.scan(MUTED, two));
            Ticket first = world.openTickets.of(Flow.NAME).stream()
                    .filter(ticket -> ticket.generation() == 1)
                    .findFirst()
                    .orElseThrow();

            world.openTickets.seen(
                    first, new Seen(first.sysId(), first.number(), "7", Phase.CLOSED, first.openedAt()), true);
            account(world, world.scan(MUTED, pass("s3-public", "two")));

            assertThat(world.count("ticket where phase = 'OPEN'")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void another_reason_is_kept_without_a_look_at_the_ticket(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            world.scan(MUTED);

            Account account = account(world, world.scan(muted("one", "for good")));

            assertThat(account.findings()).containsEntry("suppressed", 1L);
            assertThat(world.database.jdbc().queryForObject("select suppression from finding", String.class))
                    .contains("for good");
            assertThat(world.count("finding where changed_at = first_seen")).isEqualTo(1);
            assertThat(world.count("finding_group where pending")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_complete_scan_that_does_not_name_it_shows_that_it_is_gone(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            world.scan(MUTED);
            world.complete = true;

            Account account = account(world, world.scan(pass("s3-public", "two")));

            assertThat(account.absent()).isZero();
            assertThat(world.count("finding where result = 1 and suppression is null"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void known_as_a_whole_flow_it_is_judged_the_same(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"), 0)) {
            world.scan(MUTED, muted("two", "why not"));
            Run run = world.runs.begin(world.flow.name(), "scan");
            var page = List.of(
                    MUTED,
                    muted("two", "because"),
                    Findings.of("s3-public", "three").finding());
            world.pages.begin(run, page, null);

            assertThat(world.seen.withoutKnown(page)).containsExactly(page.get(1), page.get(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void moved_to_another_grouping_it_stays_where_it_is_and_breaks_no_account(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            account(world, world.scan(FAILS));
            account(world, world.scan(MUTED));
            world.flow = Flow.groupedBy("account");

            Run run = world.scan(muted("one", "another"));
            world.handedOut();

            assertThat(world.accounts.of(run.id()).addsUp()).isTrue();
            assertThat(world.accounts.of(run.id()).findings()).containsEntry("suppressed", 1L);
            assertThat(world.count("finding")).isEqualTo(1);
        }
    }

    private static String rows(LedgerWorld world) {
        return world.database.jdbc().queryForList("select * from finding").toString()
                + world.database.jdbc().queryForList("select * from finding_group")
                + world.count("event");
    }
}
