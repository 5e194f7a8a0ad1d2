package io.ticketbridge.ledger.ticket;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written when ticket states are read. */
class OpenTicketsTest {
    private static final Finding ONE = fail("s3-public", "one");

    @ParameterizedTest
    @EnumSource
    void of_a_ticket_that_is_as_it_was_nothing_is_written(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            world.scan(ONE);
            world.deliver(ONE, Action.OPEN);
            String before = row(world);
            world.clock.advance(Duration.ofHours(1));

            world.people(ONE, "1", Phase.OPEN);
            assertThat(row(world)).isEqualTo(before);

            world.people(ONE, "2", Phase.OPEN);
            assertThat(row(world)).isNotEqualTo(before);
            assertThat(world.count("event where what = 'seen'")).isEqualTo(1);
        }
    }

    /** Else it would be settled as if no scan had flagged it, and its ticket would never be opened. */
    @ParameterizedTest
    @EnumSource
    void what_a_scan_has_flagged_and_is_still_owed_is_not_released_once_more(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            world.scan(ONE);
            world.deliver(ONE, Action.OPEN);
            world.clock.advance(Duration.ofDays(31));
            assertThat(world.release.releaseOlderThan(Flow.NAME, 30)).isEqualTo(1);

            world.scan(ONE);
            assertThat(world.release.releaseOlderThan(Flow.NAME, 30)).isZero();
            world.people(ONE, "6", Phase.RESOLVED);

            assertThat(world.claim(ONE).group().released()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_record_that_is_found_again_is_kept_in_step_again(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            Pairs pairs = new Pairs(world.database, world.clock);
            Pair pair = pairs.of(openedAndClaimedAgain(world));
            pairs.carried(pair, "deleted", "carried");
            pairs.end(pair, "it is not in ServiceNow any more");
            world.people(ONE, "", Phase.DELETED);

            world.people(ONE, "1", Phase.OPEN);

            assertThat(world.count("pair where ended is null and seen_mark = '?'"))
                    .isEqualTo(1);
            assertThat(world.count("carried")).isZero();
            assertThat(world.tickets.latest(pair.groupId()).orElseThrow().reached())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_stood_still_does_not_bring_back_an_older_agreement(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            Pairs pairs = new Pairs(world.database, world.clock);
            Pair stale = pairs.of(openedAndClaimedAgain(world));
            agree(pairs, stale, "Closed");

            assertThatThrownBy(() -> agree(pairs, stale, "Open")).isInstanceOf(LeaseLost.class);

            assertThat(world.count("pair where closed")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_stood_still_does_not_end_what_was_found_again_meanwhile(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            Pairs pairs = new Pairs(world.database, world.clock);
            GroupCase claimed = openedAndClaimedAgain(world);
            agree(pairs, pairs.of(claimed), "Open");
            Pair stale = pairs.of(claimed);
            pairs.end(stale, "it is not in ServiceNow any more");
            world.people(ONE, "", Phase.DELETED);
            world.people(ONE, "1", Phase.OPEN);

            assertThatThrownBy(() -> pairs.end(stale, "it is not in ServiceNow any more"))
                    .isInstanceOf(LeaseLost.class);

            assertThat(world.count("pair where ended is null")).isEqualTo(1);
            assertThat(pairs.of(claimed).agreement()).isEqualTo(stale.agreement());
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_stood_still_writes_no_older_state_over_a_newer_one(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            world.scan(ONE);
            world.deliver(ONE, Action.OPEN);
            Ticket stale = world.openTickets.of(Flow.NAME).get(0);
            world.people(ONE, "6", Phase.RESOLVED);

            Seen before = new Seen(stale.sysId(), stale.number(), "2", Phase.OPEN, stale.openedAt());
            world.openTickets.seen(stale, before, false);
            world.openTickets.seen(
                    stale, new Seen(stale.sysId(), stale.number(), "", Phase.DELETED, stale.openedAt()), true);

            assertThat(world.count("ticket where phase = 'RESOLVED' and state = '6'"))
                    .isEqualTo(1);
            assertThat(world.count("event where what = 'seen'")).isEqualTo(1);
        }
    }

    /** It has a ticket, and another finding joined. */
    private static GroupCase openedAndClaimedAgain(LedgerWorld world) {
        world.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.scan(ONE, fail("s3-public", "two"));
        return world.claim(ONE);
    }

    private static void agree(Pairs pairs, Pair pair, String status) {
        Map<SyncField, Both> fields = Map.of(SyncField.STATUS, new Both(status, "6"));
        pairs.agree(pair, new Agreement(fields, Map.of(), Map.of()), "mark", "", Instant.EPOCH, List.of());
    }

    /** Some tables know no state between open and closed: there our own resolving closes a ticket, and nobody has seen it closed. */
    @ParameterizedTest
    @EnumSource
    void what_a_write_closed_is_read_once_more_and_then_opens_the_next_when_it_is_flagged_again(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            world.scan(ONE);
            world.deliver(ONE, Action.OPEN);
            world.database.jdbc().update("update ticket set phase = 'CLOSED', state = '3'");
            assertThat(world.openTickets.of(Flow.NAME)).hasSize(1);

            world.people(ONE, "3", Phase.CLOSED);

            assertThat(world.openTickets.of(Flow.NAME)).isEmpty();
            assertThat(world.count("finding_group where released")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void that_a_ticket_was_changed_since_both_were_in_step_is_known_when_its_group_is_decided_about(
            FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            Pairs pairs = new Pairs(world.database, world.clock);
            GroupCase claimed = openedAndClaimedAgain(world);
            assertThat(claimed.group().ticketChanged()).isFalse();
            Pair pair = pairs.of(claimed);
            assertThat(world.groups.reload(claimed).group().ticketChanged()).isFalse();

            pairs.seen(claimed.latest().orElseThrow(), "2026-11-01 12:00:00 7");
            assertThat(world.groups.reload(claimed).group().ticketChanged()).isTrue();

            pairs.end(pair, "a later ticket took its place");
            assertThat(world.groups.reload(claimed).group().ticketChanged()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_refused_for_good_is_looked_at_again_only_once_its_ticket_has_changed_since(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            Pairs pairs = new Pairs(world.database, world.clock);
            GroupCase claimed = openedAndClaimedAgain(world);
            Ticket ticket = claimed.latest().orElseThrow();
            pairs.of(claimed);
            refuse(world, pairs, claimed, "");

            pairs.seen(ticket, "edited");
            assertThat(isLookedAt(world)).isTrue();
            refuse(world, pairs, world.claim(ONE), "edited");
            assertThat(isLookedAt(world)).isFalse();
            pairs.seen(ticket, "edited");
            assertThat(isLookedAt(world)).isFalse();

            pairs.seen(ticket, "edited again");
            assertThat(isLookedAt(world)).isTrue();
            refuse(world, pairs, world.claim(ONE), "");
            assertThat(isLookedAt(world)).isFalse();

            pairs.stir(ticket);
            assertThat(isLookedAt(world)).isTrue();
            refuse(world, pairs, world.claim(ONE), "edited again");
            assertThat(isLookedAt(world)).isFalse();

            pairs.seen(ticket, "third edit");
            assertThat(isLookedAt(world)).isTrue();
            GroupCase again = world.claim(ONE);
            pairs.seen(ticket, "edited while it was refused");
            refuse(world, pairs, again, "third edit");
            assertThat(isLookedAt(world)).isTrue();
        }
    }

    private static void refuse(LedgerWorld world, Pairs pairs, GroupCase claimed, String mark) {
        assertThat(world.groups.bury(claimed)).isTrue();
        pairs.refused(claimed.latest().orElseThrow(), mark);
    }

    /** With the next pass. */
    private static boolean isLookedAt(LedgerWorld world) {
        world.scan();
        return world.count("finding_group where pending") == 1;
    }

    private static String row(LedgerWorld world) {
        return world.database.jdbc().queryForList("select * from ticket").toString();
    }
}
