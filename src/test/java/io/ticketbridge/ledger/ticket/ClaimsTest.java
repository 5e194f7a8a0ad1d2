package io.ticketbridge.ledger.ticket;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.budget.Room;
import io.ticketbridge.ledger.report.Waiting;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.GroupCase;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two replicas, one group. */
@ParameterizedClass
@EnumSource
class ClaimsTest {
    private static final Finding ONE = fail("s3-public", "one");
    private static final Duration EXPIRED = LedgerWorld.LEASE.plusSeconds(1);

    @Parameter
    FreshDatabase database;

    private LedgerWorld world;
    private Groups other;
    private UUID id;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("check"));
        other = groups("two");
        id = world.groupOf(ONE);
        world.scan(ONE);
    }

    /** As another process has them. */
    private Groups groups(String owner) {
        return new Groups(
                world.database,
                world.tickets,
                world.intents,
                world.clock,
                owner,
                LedgerWorld.LEASE,
                () -> Room.UNLIMITED);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void one_of_many_wins() throws Exception {
        int rivals = 8;
        CyclicBarrier start = new CyclicBarrier(rivals);
        List<Callable<Optional<GroupCase>>> claims = new ArrayList<>();
        for (int i = 0; i < rivals; i++) {
            Groups groups = i % 2 == 0 ? world.groups : other;
            claims.add(() -> {
                start.await();
                return groups.claim(id);
            });
        }
        var threads = Executors.newFixedThreadPool(rivals);
        try {
            int winners = 0;
            for (Future<Optional<GroupCase>> claim : threads.invokeAll(claims)) {
                winners += claim.get().isPresent() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void a_group_that_somebody_writes_to_keeps_nobody_waiting() throws Exception {
        var threads = Executors.newSingleThreadExecutor();
        try {
            world.database.transaction().executeWithoutResult(status -> {
                world.database
                        .client()
                        .sql("select id from finding_group where id = :id for update")
                        .param("id", id)
                        .query(UUID.class)
                        .single();
                try {
                    assertThat(threads.submit(() -> other.claim(id)).get(30, TimeUnit.SECONDS))
                            .isEmpty();
                } catch (Exception e) {
                    throw new AssertionError("the claim waits for the lock", e);
                }
            });
        } finally {
            threads.shutdown();
        }
        assertThat(other.claim(id)).isPresent();
    }

    @Test
    void what_would_leave_long_after_its_lease_was_renewed_does_not_leave() {
        GroupCase claimed = world.claim(ONE);
        world.groups.keep(claimed);
        Renewal.requireFresh();

        Renewal.done(id, System.nanoTime() - Groups.MARGIN.plusMillis(1).toNanos());
        assertThatThrownBy(Renewal::requireFresh).isInstanceOf(LeaseLost.class);

        Renewal.over();
        Renewal.requireFresh();
    }

    @Test
    void a_claim_holds_until_its_lease_is_over() {
        GroupCase first = world.claim(ONE);
        assertThat(other.claim(id)).isEmpty();

        world.clock.advance(LedgerWorld.LEASE);
        assertThat(other.claim(id)).isEmpty();

        world.clock.advance(Duration.ofMillis(1));
        assertThat(other.claim(id))
                .hasValueSatisfying(second -> assertThat(second.fence()).isGreaterThan(first.fence()));
    }

    @Test
    void keeping_a_claim_renews_its_lease() {
        GroupCase first = world.claim(ONE);
        world.clock.advance(Duration.ofSeconds(60));
        world.groups.keep(first);
        world.clock.advance(Duration.ofSeconds(60));

        assertThat(other.claim(id)).isEmpty();
    }

    @Test
    void a_lost_claim_may_not_send() {
        GroupCase first = world.claim(ONE);
        world.clock.advance(EXPIRED);
        other.claim(id).orElseThrow();

        assertThatThrownBy(() -> world.groups.keep(first)).isInstanceOf(LeaseLost.class);
    }

    @Test
    void a_replica_that_claims_again_what_it_lost_does_not_revive_its_older_claim() {
        GroupCase first = world.claim(ONE);
        world.clock.advance(EXPIRED);
        world.claim(ONE);

        assertThatThrownBy(() -> world.groups.keep(first)).isInstanceOf(LeaseLost.class);
    }

    @Test
    void a_lost_claim_changes_nothing_any_more() {
        GroupCase lost = world.claim(ONE);
        world.clock.advance(EXPIRED);
        GroupCase present = other.claim(id).orElseThrow();

        world.groups.settle(lost, lost.group().version());
        world.groups.hold(lost, "held");
        world.groups.bury(lost);
        world.groups.retry(lost, world.clock.instant().plus(Duration.ofDays(9)));

        other.keep(present);
        assertThat(world.groups.owed()).containsOnly(Map.entry(world.flow.name(), 1L));
        assertThat(world.groups.attempts(id)).isZero();
        assertThat(world.count("finding_group where held is not null or dead")).isZero();
    }

    @Test
    void what_is_settled_is_owed_no_more() {
        GroupCase claimed = world.claim(ONE);
        world.groups.settle(claimed, claimed.group().version());

        assertThat(other.claim(id)).isEmpty();
        assertThat(world.groups.owed()).isEmpty();
    }

    @Test
    void what_is_owed_of_a_flow_that_is_not_served_here_is_not_handed_out_here() {
        world.served = flow -> !flow.equals(world.flow.name());
        assertThat(world.handedOut()).isEmpty();

        world.served = flow -> true;
        assertThat(world.handedOut()).containsExactly(id.toString());
    }

    @Test
    void why_something_waits_can_be_said() {
        world.claim(ONE);
        assertThat(Waiting.now(world.database, flow -> true, world.clock.instant())
                        .sentence())
                .contains(
                        "Waiting for 1 tickets",
                        "1 claimed until "
                                + world.clock.instant().plus(LedgerWorld.LEASE).truncatedTo(ChronoUnit.SECONDS));
        assertThat(Waiting.now(world.database, flow -> false, world.clock.instant())
                        .owed())
                .isZero();

        world.clock.advance(EXPIRED);
        world.groups.retry(world.claim(ONE), world.clock.instant().plusSeconds(90));
        assertThat(Waiting.now(world.database, flow -> true, world.clock.instant())
                        .sentence())
                .contains("the next is tried at "
                        + world.clock.instant().plusSeconds(90).truncatedTo(ChronoUnit.SECONDS))
                .doesNotContain("claimed");
    }

    @Test
    void what_arrived_while_a_group_was_worked_on_stays_owed() {
        GroupCase claimed = world.claim(ONE);
        world.scan(ONE, fail("s3-public", "two"));
        world.groups.settle(claimed, claimed.group().version());

        assertThat(other.claim(id))
                .hasValueSatisfying(again -> assertThat(again.group().failing()).isEqualTo(2));
    }

    @Test
    void a_failure_is_tried_again_when_it_is_due_and_counted() {
        world.groups.retry(world.claim(ONE), world.clock.instant().plusSeconds(30));
        assertThat(other.claim(id)).isEmpty();

        world.clock.advance(Duration.ofSeconds(30));
        assertThat(world.groups.attempts(id)).isEqualTo(1);
        world.groups.retry(other.claim(id).orElseThrow(), world.clock.instant());
        assertThat(world.groups.attempts(id)).isEqualTo(2);

        world.deliver(ONE, Action.OPEN);
        assertThat(world.groups.attempts(id)).isZero();
    }

    @Test
    void what_is_held_comes_back_with_the_next_pass_or_by_a_release_without_an_allowance() {
        world.groups.hold(world.claim(ONE), "max-new-tickets-per-run is used up");
        assertThat(other.claim(id)).isEmpty();

        assertThat(world.breakers.release("another")).isZero();
        assertThat(world.breakers.release(null)).isEqualTo(1);
        GroupCase released = other.claim(id).orElseThrow();
        assertThat(released.group().letGo()).isTrue();

        other.hold(released, "again");
        Run next = world.scan();
        GroupCase drained = other.claim(id).orElseThrow();
        assertThat(drained.group().runId())
                .as("counts for the run that drained it")
                .isEqualTo(next.id());
    }

    @Test
    void the_name_of_the_owner_may_be_of_any_length() {
        Groups longest = groups("h".repeat(250));

        GroupCase claimed = longest.claim(id).orElseThrow();
        longest.keep(claimed);
        longest.settle(claimed, claimed.group().version());

        assertThat(world.groups.owed()).isEmpty();
    }
}
