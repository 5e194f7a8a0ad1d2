package io.ticketbridge.ledger.run;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.ManyGroups;
import io.ticketbridge.ledger.Plans;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.budget.Room;
import io.ticketbridge.ledger.budget.Urgencies;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.identity.Origins;
import io.ticketbridge.ticket.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** When a group is handed out. */
@ParameterizedClass
@EnumSource
class PendingGroupsTest {
    private static final Finding ONE = fail("s3-public", "one");

    @Parameter
    FreshDatabase database;

    private LedgerWorld world;
    private String id;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("check"));
        id = world.groupOf(ONE).toString();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void not_while_its_flow_reads_and_not_before_the_pass_is_over() {
        Run run = world.runs.begin(Flow.NAME, "first file");
        world.page(run, ONE);
        assertThat(world.handedOut()).isEmpty();

        world.runs.endReading(run);
        assertThat(world.handedOut())
                .as("another file of the same pass may follow")
                .isEmpty();

        world.runs.endPass(Flow.NAME);
        assertThat(world.handedOut()).containsExactly(id);
    }

    @Test
    void also_while_another_flow_reads() {
        world.scan(ONE);
        world.runs.begin("cases", "cases");

        assertThat(world.handedOut()).containsExactly(id);
    }

    @Test
    void once_its_run_failed() {
        Run run = world.runs.begin(Flow.NAME, "scan");
        world.page(run, ONE);
        world.runs.fail(run, "the source broke off");

        assertThat(world.handedOut()).containsExactly(id);
    }

    @Test
    void not_while_its_run_waits_for_its_source_or_for_workers_however_long() {
        Runs runs = new Runs(
                world.database,
                world.accounts,
                new Absences(world.database, world.clock),
                flow -> world.facts(),
                Origins.UNKNOWN,
                new Watermarks(world.database, world.clock),
                world.clock,
                Duration.ofMillis(20));
        Run run = runs.begin(Flow.NAME, "a source that wants to be left alone for five minutes");
        world.page(run, ONE);
        world.clock.advance(Duration.ofMinutes(5));

        await().atMost(Duration.ofSeconds(10)).until(() -> seen(run).equals(world.clock.instant()));

        assertThat(world.handedOut()).isEmpty();
        runs.leave(run);
        world.clock.advance(Duration.ofMinutes(5));
        assertThat(world.handedOut()).as("nobody reads it any more").containsExactly(id);
    }

    private Instant seen(Run run) {
        return world.database
                .client()
                .sql("select seen_at from run where id = :id")
                .param("id", run.id())
                .query((row, number) -> Times.of(row, "seen_at"))
                .single();
    }

    @Test
    void once_its_run_has_been_silent_for_so_long_that_it_must_be_dead() {
        Run run = world.runs.begin(Flow.NAME, "scan");
        world.page(run, ONE);
        world.clock.advance(Duration.ofSeconds(119));
        assertThat(world.handedOut()).isEmpty();

        world.clock.advance(Duration.ofSeconds(2));
        assertThat(world.handedOut()).containsExactly(id);
    }

    @Test
    void not_while_somebody_works_on_it_and_again_if_he_died() {
        world.scan(ONE);
        world.claim(ONE);
        assertThat(world.handedOut()).isEmpty();

        world.clock.advance(LedgerWorld.LEASE.plusSeconds(1));
        assertThat(world.handedOut()).containsExactly(id);
    }

    @Test
    void again_after_a_failure_when_it_is_due() {
        world.scan(ONE);
        world.groups.retry(world.claim(ONE), world.clock.instant().plusSeconds(30));
        assertThat(world.handedOut()).isEmpty();

        world.clock.advance(Duration.ofSeconds(30));
        assertThat(world.handedOut()).containsExactly(id);
    }

    /** What was sent may still arrive: news must not bring on the look-up that would miss it (P15). */
    @Test
    void news_does_not_shorten_the_rest_after_a_failure() {
        world.scan(ONE);
        world.groups.retry(world.claim(ONE), world.clock.instant().plusSeconds(30));

        Finding two = fail("s3-public", "two");
        world.scan(ONE, two);
        assertThat(world.handedOut()).isEmpty();
        world.complete = true;
        world.scan(two);
        assertThat(world.count("finding where result <> 0"))
                .as("gone from a complete scan")
                .isEqualTo(1);
        assertThat(world.handedOut()).isEmpty();

        world.clock.advance(Duration.ofSeconds(30));
        assertThat(world.handedOut()).containsExactly(id);
    }

    @Test
    void no_more_once_it_is_settled_held_or_dead() {
        Finding held = fail("check-2", "one");
        Finding dead = fail("check-3", "one");
        world.scan(ONE, held, dead);
        world.deliver(ONE, Action.OPEN);
        world.groups.hold(world.claim(held), "too many");
        world.groups.bury(world.claim(dead));

        assertThat(world.handedOut()).isEmpty();
    }

    @Test
    void so_many_at_once_that_memory_stays_bounded() {
        world.scan(List.of(
                IntStream.range(0, 600).mapToObj(i -> fail("check-" + i, "one")).toList()));

        assertThat(world.handedOut()).hasSize(500);
    }

    @Test
    void the_most_urgent_of_all_flows_first_and_then_by_label() {
        new ManyGroups(world.database, "b").pending("1", 3, Severity.HIGH.ordinal());
        new ManyGroups(world.database, "a").pending("2", 2, Severity.CRITICAL.ordinal());
        new ManyGroups(world.database, "c").pending("3", 1, Severity.CRITICAL.ordinal());
        new Urgencies(world.database).rank(null);

        assertThat(world.handedOut().stream().map(group -> group.charAt(0)).toList())
                .containsExactly('2', '3', '2', '1', '1', '1');
    }

    @Test
    void one_of_each_flow_in_turn_so_that_one_that_owes_thousands_holds_up_no_other() {
        new ManyGroups(world.database, "a-storm").pending("1", 2000, Severity.HIGH.ordinal());
        new ManyGroups(world.database, "b").pending("2", 3, Severity.HIGH.ordinal());
        new ManyGroups(world.database, "c").pending("3", 1, Severity.HIGH.ordinal());
        world.database.jdbc().update("update finding_group set due_at = ? where flow <> 'a-storm'", Times.sql(now()));

        assertThat(world.handedOut().stream()
                        .map(group -> group.charAt(0))
                        .limit(8)
                        .toList())
                .containsExactly('1', '2', '3', '1', '2', '1', '2', '1');
        assertThat(world.handedOut())
                .hasSize(500)
                .extracting(group -> group.charAt(0))
                .contains('3');
    }

    @Test
    void where_there_is_room_for_one_each_flow_has_its_turn() {
        for (String flow : List.of("a", "b", "c")) {
            new ManyGroups(world.database, flow).pending(flow, 5, Severity.HIGH.ordinal());
        }
        new Urgencies(world.database).rank(null);
        DueGroups due = new DueGroups(world.database, flow -> true);

        assertThat(IntStream.range(0, 4).mapToObj(look -> due.next(now(), Urgencies.LEAST, 1)
                        .get(0)
                        .toString()
                        .charAt(0)))
                .containsExactly('a', 'b', 'c', 'a');
    }

    private Instant now() {
        return world.clock.instant();
    }

    @Test
    void without_looking_at_all_that_is_pending() {
        new ManyGroups(world.database, Flow.NAME).pending("1", 5000, Severity.HIGH.ordinal());

        String plan = Plans.of(
                world.database,
                DueGroups.NEXT,
                Map.of(
                        "flow",
                        Flow.NAME,
                        "urgency",
                        1,
                        "now",
                        Times.sql(world.clock.instant()),
                        "from_at",
                        Times.sql(Instant.EPOCH),
                        "from_label",
                        "",
                        "from_id",
                        new UUID(0, 0),
                        "most",
                        500));

        if (world.database.isH2()) {
            assertThat(plan).contains("PUBLIC.FINDING_GROUP_DUE: ").contains("/* index sorted */");
        } else {
            assertThat(plan).contains("Index Scan using finding_group_due").doesNotContain("Sort");
            assertThat(plan.lines().filter(line -> line.contains("Index Cond")))
                    .singleElement()
                    .asString()
                    .as("what is settled before is not passed over")
                    .contains("ROW(due_at, (label_key)::text, id) >=");
        }
    }

    @Test
    void from_where_the_last_ones_were_and_from_the_beginning_every_five_seconds() {
        new ManyGroups(world.database, Flow.NAME).pending("1", 1200, Severity.HIGH.ordinal());
        List<String> first = List.copyOf(world.handedOut());
        setPending(false, first);
        List<String> second = List.copyOf(world.handedOut());
        assertThat(second).hasSize(500).doesNotContainAnyElementsOf(first);

        setPending(true, first.subList(0, 1));
        assertThat(world.handedOut()).containsExactlyElementsOf(second);
        world.clock.advance(DueGroups.WHOLE);
        assertThat(world.handedOut()).startsWith(first.get(0)).hasSize(500);
    }

    @Test
    void from_the_beginning_at_once_where_there_is_room_for_more() {
        new ManyGroups(world.database, Flow.NAME).pending("1", 700, Severity.HIGH.ordinal());
        List<String> first = List.copyOf(world.handedOut());
        setPending(false, first);
        assertThat(world.handedOut()).hasSize(200);

        setPending(true, first.subList(0, 1));

        assertThat(world.handedOut()).startsWith(first.get(0)).hasSize(201);
    }

    private void setPending(boolean pending, List<String> ids) {
        ids.forEach(each -> world.database
                .client()
                .sql("update finding_group set pending = :pending where id = :id")
                .param("pending", pending)
                .param("id", UUID.fromString(each))
                .update());
    }

    /** Camel cancels what looks for them for good, where a look throws. */
    @Test
    void also_after_a_look_that_failed() throws Exception {
        world.scan(ONE);
        AtomicInteger looks = new AtomicInteger();
        PendingGroups looked = new PendingGroups(
                world.pages,
                world.database,
                flow -> true,
                () -> {
                    looks.incrementAndGet();
                    return Room.UNLIMITED;
                },
                () -> 0,
                world.clock);
        looked.setRecoveryInterval(20);
        Queue<Object> delivered = new ConcurrentLinkedQueue<>();
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:aggregate")
                            .aggregate(constant("one"), (older, newer) -> newer)
                            .aggregationRepository(looked)
                            .completionPredicate(constant(false))
                            .process(exchange ->
                                    delivered.add(exchange.getMessage().getBody()));
                }
            });
            world.left("alter table finding_group rename to away");
            try {
                camel.start();
                await().atMost(Duration.ofSeconds(10)).until(() -> looks.get() > 1);
            } finally {
                world.left("alter table away rename to finding_group");
            }

            await().atMost(Duration.ofSeconds(10)).until(() -> delivered.contains(UUID.fromString(id)));
        }
    }

    @Test
    void with_its_id_as_body_and_as_the_exchanges_own() {
        world.scan(ONE);

        Exchange exchange = world.pending.recover(new DefaultCamelContext(), id);

        assertThat(exchange.getMessage().getBody()).isEqualTo(UUID.fromString(id));
        assertThat(exchange.getExchangeId()).isEqualTo(id);
        assertThat(exchange.getProperty(Exchange.AGGREGATED_CORRELATION_KEY)).isEqualTo(id);
        assertThat(world.pending.isUseRecovery()).isTrue();
        assertThatThrownBy(() -> world.pending.setUseRecovery(false)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_finding_outside_a_page_is_refused_with_a_sentence() {
        assertThatThrownBy(() -> world.one(ONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No page is open on this thread");
    }
}
