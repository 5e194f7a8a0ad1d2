package io.ticketbridge.ledger.ticket;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.ManyGroups;
import io.ticketbridge.ledger.Plans;
import io.ticketbridge.ledger.budget.Quota;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written down before anything is sent. */
@ParameterizedClass
@EnumSource
class IntentsTest {
    private static final Finding ONE = fail("s3-public", "one");
    private static final Decision OPEN = new Decision(Action.OPEN, 1, "1 finding fails, no ticket yet");

    @Parameter
    FreshDatabase database;

    private LedgerWorld world;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("check"));
        world.scan(ONE);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private GroupCase claimAfterCrash() {
        world.clock.advance(LedgerWorld.LEASE.plusSeconds(1));
        return world.claim(ONE);
    }

    @Test
    void the_last_tickets_that_a_run_may_open_are_kept_for_what_is_worse() {
        Finding worse = Findings.of("root-login", "one").with(Severity.CRITICAL).finding();
        world.scan(ONE, worse);
        GroupCase quicker = world.claim(ONE);

        assertThatThrownBy(() -> world.intend(quicker, OPEN, Quota.perRun(1))).isInstanceOf(WorseComesFirst.class);

        assertThat(world.intend(world.claim(worse), OPEN, Quota.perRun(2))).isPresent();
        assertThat(world.intend(quicker, OPEN, Quota.perRun(2))).isPresent();
    }

    @Test
    void whether_others_are_worse_is_asked_without_looking_at_all_that_is_pending() {
        new ManyGroups(world.database, Flow.NAME).pending("1", 5000, Severity.HIGH.ordinal());

        String plan = Plans.of(
                world.database,
                Intents.TO_OPEN,
                Map.of("flow", Flow.NAME, "urgency", 0, "now", Times.sql(world.clock.instant()), "most", 3));

        if (world.database.isH2()) {
            assertThat(plan).contains("PUBLIC.FINDING_GROUP_DUE: ").contains("/* index sorted */");
        } else {
            assertThat(plan).contains("finding_group_due").doesNotContain("Seq Scan on finding_group");
        }
    }

    @Test
    void an_intent_survives_whoever_had_it() {
        Intent intent = world.intend(world.claim(ONE), OPEN);

        GroupCase again = claimAfterCrash();

        assertThat(again.intent()).hasValueSatisfying(open -> {
            assertThat(open.id()).isEqualTo(intent.id());
            assertThat(open.reference()).isEqualTo(intent.reference());
            assertThat(open.kind()).isEqualTo(Intent.Kind.OPENED);
            assertThat(open.written()).isFalse();
            assertThat(open.reason()).isEqualTo(OPEN.reason());
            assertThat(open.intendedAt()).isEqualTo(intent.intendedAt());
        });
        assertThat(again.latest())
                .hasValueSatisfying(ticket -> assertThat(ticket.phase()).isEqualTo(Phase.INTENDED));
    }

    @Test
    void a_write_that_owes_its_attachments_is_still_open_and_known_to_be_written() {
        GroupCase claimed = world.claim(ONE);
        Intent intent = world.intend(claimed, OPEN);
        world.record(claimed, intent);

        GroupCase again = claimAfterCrash();
        assertThat(again.intent())
                .hasValueSatisfying(open -> assertThat(open.written()).isTrue());
        assertThat(again.latest())
                .hasValueSatisfying(ticket -> assertThat(ticket.number()).isEqualTo("INC1"));

        world.intents.done(again.intent().orElseThrow());
        assertThat(world.tickets.openIntent(world.groupOf(ONE))).isEmpty();
    }

    @Test
    void what_is_withdrawn_or_refused_is_not_open() {
        world.intents.withdraw(world.intend(world.claim(ONE), OPEN), "looked up, ServiceNow does not have it");
        GroupCase again = claimAfterCrash();
        assertThat(again.intent()).isEmpty();

        world.intents.refused(world.intend(again, OPEN), "a mandatory field is empty");
        assertThat(claimAfterCrash().intent()).isEmpty();
    }

    @Test
    void every_intent_has_a_reference_of_its_own_and_every_generation_one_correlation_id() {
        Set<String> references = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            Intent intent = world.intend(claimAfterCrash(), OPEN);
            assertThat(references.add(intent.reference())).isTrue();
            assertThat(intent.reference())
                    .startsWith(Ticket.correlationId(world.groupOf(ONE), 1))
                    .hasSizeLessThan(100);
            world.intents.withdraw(intent, "not there");
        }
        assertThat(world.count("ticket")).isEqualTo(1);
        world.write(claimAfterCrash(), OPEN);
        for (Action action : List.of(Action.UPDATE, Action.REOPEN, Action.RESOLVE, Action.UPDATE)) {
            world.scan(fail("s3-public", "resource of " + references.size()));
            Intent intent = world.intend(claimAfterCrash(), new Decision(action, 1, "told"));
            assertThat(references.add(intent.reference())).isTrue();
            assertThat(intent.reference()).startsWith("tb-").hasSizeLessThan(20);
            world.intents.withdraw(intent, "not there");
        }
    }

    @Test
    void opening_again_after_a_generation_keeps_the_older_ticket() {
        world.deliver(ONE, Action.OPEN);
        world.people(ONE, "7", Phase.CLOSED);
        world.scan(ONE);
        world.deliver(ONE, Action.OPEN);

        assertThat(world.tickets.find(world.groupOf(ONE), 1))
                .hasValueSatisfying(ticket -> assertThat(ticket.phase()).isEqualTo(Phase.CLOSED));
        assertThat(world.tickets.latest(world.groupOf(ONE))).hasValueSatisfying(ticket -> {
            assertThat(ticket.generation()).isEqualTo(2);
            assertThat(ticket.reached()).isFalse();
        });
        assertThat(world.openTickets.of(Flow.NAME))
                .extracting(Ticket::generation)
                .containsExactly(2);
    }

    @Test
    void only_reopening_makes_a_ticket_block_again() {
        world.deliver(ONE, Action.OPEN);
        world.people(ONE, "6", Phase.RESOLVED);
        world.scan(ONE);
        assertThat(world.deliver(ONE, Action.UPDATE).reached()).isTrue();

        world.scan(ONE, fail("s3-public", "two"));
        assertThat(world.deliver(ONE, Action.REOPEN).reached()).isFalse();
    }

    @Test
    void a_status_once_reached_holds_though_a_person_opens_the_ticket_again() {
        world.deliver(ONE, Action.OPEN);
        world.people(ONE, "6", Phase.RESOLVED);
        world.people(ONE, "2", Phase.OPEN);

        assertThat(world.tickets.latest(world.groupOf(ONE)).orElseThrow().reached())
                .isTrue();
    }

    /** Nine deliveries at once, and a run that may open three. */
    @Test
    void a_breaker_counts_under_a_lock() throws Exception {
        Finding[] findings =
                IntStream.range(0, 9).mapToObj(i -> fail("check-" + i, "one")).toArray(Finding[]::new);
        Run run = world.scan(findings);
        CyclicBarrier start = new CyclicBarrier(findings.length);
        List<Callable<Optional<Intent>>> deliveries = new ArrayList<>();
        for (Finding finding : findings) {
            GroupCase claimed = world.claim(finding);
            deliveries.add(() -> {
                start.await();
                return world.intend(claimed, OPEN, Quota.perRun(3));
            });
        }
        var threads = Executors.newFixedThreadPool(findings.length);
        try {
            int allowed = 0;
            for (var delivery : threads.invokeAll(deliveries)) {
                allowed += delivery.get().isPresent() ? 1 : 0;
            }
            assertThat(allowed).isEqualTo(3);
            assertThat(world.tickets.writes(run.id())).isEqualTo(new Writes(3, 0));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void what_did_not_happen_gives_its_allowance_back() {
        GroupCase claimed = world.claim(ONE);
        Intent intent = world.intend(claimed, OPEN, Quota.perRun(1)).orElseThrow();
        GroupCase again = claimAfterCrash();
        assertThat(world.intend(again, OPEN, Quota.perRun(1))).isEmpty();

        world.intents.withdraw(intent, "not there");
        assertThat(world.intend(again, OPEN, Quota.perRun(1))).isPresent();
    }
}
