package io.ticketbridge.ledger.report;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Breaker;
import io.ticketbridge.ticket.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What metrics show of the ledger (P32). */
class LedgerFiguresTest {
    private static final Finding OPEN = fail("open", "disk-1");
    private static final Finding DONE = fail("done", "disk-1");
    private static final Finding HELD = fail("held", "disk-1");
    private static final Finding DEAD = fail("dead", "disk-1");
    private static final Finding RETRIED = fail("retried", "disk-1");
    private static final Finding OWED = fail("owed", "disk-1");

    private static LedgerFigures figures(LedgerWorld world) {
        return LedgerFigures.of(
                world.database, new RequestBudget(world.database, OptionalInt.empty(), flow -> true, world.clock));
    }

    @ParameterizedTest
    @EnumSource
    void each_group_counts_as_what_became_of_it(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            Instant begun = world.clock.instant();
            world.scan(OPEN, DONE, HELD, DEAD, RETRIED, OWED);
            assertThat(figures(world).of(Flow.NAME).owed()).isEqualTo(6);

            world.deliver(OPEN, Action.OPEN);
            world.deliver(DONE, Action.OPEN);
            world.people(DONE, "6", Phase.RESOLVED);
            world.groups.hold(world.claim(HELD), Breaker.NEW_TICKETS_PER_RUN.reason());
            world.groups.bury(world.claim(DEAD));
            world.deadLetters.refused(Flow.NAME, 1, "refused", world.groupOf(DEAD), "No", "{}");
            world.groups.retry(world.claim(RETRIED), begun.plus(Duration.ofHours(1)));
            world.clock.advance(Duration.ofMinutes(1));

            LedgerFigures.OfFlow now = figures(world).of(Flow.NAME);
            assertThat(now.openTickets()).isEqualTo(1);
            assertThat(now.held()).isEqualTo(1);
            assertThat(now.dead()).isEqualTo(1);
            assertThat(now.owed()).isEqualTo(2);
            assertThat(now.retried()).isEqualTo(1);
            assertThat(now.oldestOwed()).isEqualTo(begun);
            assertThat(now.lastRead()).isEqualTo(begun);

            world.deadLetters.settle(world.groupOf(DEAD));
            world.groups.settle(world.claim(OWED), 1);
            assertThat(figures(world).of(Flow.NAME).dead()).isZero();
            assertThat(figures(world).of(Flow.NAME).owed()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_a_ledger_without_anything_all_is_nothing(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            LedgerFigures.OfFlow nothing = figures(world).of(Flow.NAME);
            assertThat(nothing.openTickets() + nothing.owed() + nothing.held() + nothing.dead())
                    .isZero();
            assertThat(nothing.oldestOwed()).isNull();
            assertThat(nothing.lastRead()).isNull();
            assertThat(figures(world).strays()).isZero();
        }
    }

    /** After a failover the connection leads to what is a standby now. */
    @Test
    void a_ledger_that_takes_no_writes_can_still_be_looked_at() {
        try (LedgerWorld world = new LedgerWorld(FreshDatabase.POSTGRESQL.open(), Flow.groupedBy("check"))) {
            assertThat(figures(world).writable()).isTrue();
            world.left("set default_transaction_read_only = on");

            assertThat(figures(world).writable()).isFalse();
        }
    }
}
