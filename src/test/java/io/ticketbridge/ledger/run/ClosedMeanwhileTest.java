package io.ticketbridge.ledger.run;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.account.Accounts;
import io.ticketbridge.ledger.account.Handovers;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ticket.Action;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An account is closed on one thread, while a page of a later run takes findings of it over on another (P5). */
class ClosedMeanwhileTest {
    private static final Finding OPENED = fail("s3-public", "one");
    private static final Finding LEFT_ALONE = fail("s3-public", "two");

    private final List<UUID> findings = List.of(OPENED.id(), LEFT_ALONE.id());

    private static LedgerWorld world(FreshDatabase kind) {
        return new LedgerWorld(kind.open(), Flow.groupedBy("resource"));
    }

    /** A run that owes nothing any more: one ticket was opened, for the other finding none is asked. */
    private static Run through(LedgerWorld world) {
        Run run = world.scan(OPENED, LEFT_ALONE);
        world.deliver(OPENED, Action.OPEN);
        world.settleNothing(world.claim(LEFT_ALONE));
        return run;
    }

    /** What the page of a later run does, between locking its groups and its commit. */
    private void page(LedgerWorld world, Runnable meanwhile) {
        Run later = world.runs.beginBeside(Flow.NAME, "later");
        world.database.transaction().executeWithoutResult(status -> {
            Handovers handovers = Handovers.before(world.database, Flow.NAME, findings);
            world.database.jdbc().update("update finding set run_id = ?, version = version + 1", later.id());
            meanwhile.run();
            handovers.settle();
        });
    }

    private static Map<String, Object> row(LedgerWorld world, Run run) {
        return world.database
                .client()
                .sql(
                        "select state, cast(account as varchar) as account, unchanged_count, error from run where id = :id")
                .param("id", run.id())
                .query()
                .singleRow();
    }

    private static <T> T done(CompletableFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void assertAddsUp(LedgerWorld world, Run run) {
        assertThat(row(world, run)).containsEntry("state", "done").containsEntry("error", null);
        Map<?, ?> account = Json.map((String) row(world, run).get("account"));
        assertThat(account.get("read")).isEqualTo(2);
        assertThat(((Map<?, ?>) account.get("findings")).get("opened")).isEqualTo(1);
        assertThat(((Map<?, ?>) account.get("findings")).get("unchanged")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void an_account_that_is_closed_stays_as_it_is_when_a_page_that_began_before_takes_its_findings(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            Run run = through(world);

            page(world, () -> done(CompletableFuture.runAsync(() -> world.accounts.close(run.id()))));

            assertAddsUp(world, run);
            assertThat(row(world, run)).containsEntry("unchanged_count", 0L);
            assertThat(world.runs.closeOwn()).extracting(Account::read).containsExactly(2L);
        }
    }

    @Test
    void an_account_is_closed_with_what_a_page_wrote_while_it_was_drawn_up() {
        try (LedgerWorld world = world(FreshDatabase.POSTGRESQL)) {
            Run run = through(world);
            CompletableFuture<?>[] closing = new CompletableFuture<?>[1];

            page(world, () -> {
                // It reads the run's row, and then waits for the groups until the page is written.
                world.database.jdbc().execute("lock table finding_group in access exclusive mode");
                closing[0] = CompletableFuture.runAsync(() -> world.accounts.close(run.id()));
                await().atMost(Duration.ofSeconds(30)).until(() -> world.count("pg_locks where not granted") > 0);
            });
            done(closing[0]);

            assertAddsUp(world, run);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_account_that_a_page_made_old_before_it_was_kept_is_drawn_up_again(FreshDatabase kind) {
        try (LedgerWorld world = world(kind)) {
            Run run = through(world);
            AtomicInteger kept = new AtomicInteger();
            Clock asked = new Clock() {
                @Override
                public ZoneId getZone() {
                    return world.clock.getZone();
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    if (kept.incrementAndGet() == 1) {
                        done(CompletableFuture.runAsync(() -> page(world, () -> {})));
                    }
                    return world.clock.instant();
                }
            };

            new Accounts(world.database, RunListener.NONE, asked).close(run.id());

            assertThat(kept).hasValue(2);
            assertAddsUp(world, run);
            assertThat(row(world, run)).containsEntry("unchanged_count", 1L);
        }
    }
}
