package io.ticketbridge.ledger.pass;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.run.Arrival;
import io.ticketbridge.ledger.run.FailedByWorker;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Misfit;
import io.ticketbridge.ledger.run.PassLost;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ledger.run.RunIsOver;
import io.ticketbridge.ledger.run.TakenByAnother;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes from a topic is in the ledger once, whoever delivers it again, and before anything is concluded from it. */
@ParameterizedClass
@EnumSource
class ArrivalsTest {
    private static final Finding ONE = fail("s3-public", "one");
    private static final Finding TWO = fail("s3-public", "two");

    @Parameter
    FreshDatabase database;

    private LedgerWorld world;
    private ArrivingPages worker;
    private Run run;
    private boolean stopping;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("check"));
        worker = worker();
        run = begin();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private ArrivingPages worker() {
        return new ArrivingPages(world.database, name -> world.facts(), world.clock);
    }

    private Run begin() {
        return begin(Duration.ofMillis(300));
    }

    private Run begin(Duration patience) {
        Run begun = world.runs.begin(Flow.NAME, "scan");
        Barrier barrier = new Barrier(world.database, patience, () -> stopping);
        begun.isPublished(() -> barrier.await(begun, () -> {}));
        return begun;
    }

    private Arrival publish(String place, long offset, SourceRecord... records) {
        List<Result> before = world.seen.hear(run, List.of(records));
        List<Arrival.Record> arriving = new ArrayList<>();
        for (int i = 0; i < records.length; i++) {
            arriving.add(new Arrival.Record(place, offset + i, records[i], before.get(i)));
        }
        world.runs.published(run, records.length);
        return new Arrival(run.id(), run.isBaseline(), arriving);
    }

    private void take(ArrivingPages by, Arrival arrival) {
        by.open(arrival).ifPresent(world::page);
    }

    private Map<String, Long> account() {
        Account account = world.accounts.of(run.id());
        assertThat(account.addsUp()).as(account.toString()).isTrue();
        Map<String, Long> findings = new TreeMap<>(account.findings());
        findings.values().removeIf(count -> count == 0);
        return findings;
    }

    private void end() {
        run.awaitWorkers();
        run.complete();
        world.runs.endReading(run);
        world.runs.endPass(Flow.NAME);
    }

    @Test
    void a_run_of_the_same_number_from_before_the_ledger_was_put_back_is_another() {
        assertThat(worker.isRead(run.id(), Flow.NAME, run.pass())).isTrue();
        assertThat(worker.isRead(run.id(), Flow.NAME, "another pass")).isFalse();
    }

    @Test
    void of_a_version_that_names_no_pass_the_flow_is_compared() {
        assertThat(worker.isRead(run.id(), Flow.NAME, null)).isTrue();
        assertThat(worker.isRead(run.id(), "second", null)).isFalse();
    }

    @Test
    void what_is_delivered_again_changes_nothing() {
        Arrival arrival = publish("t/0", 5, ONE, TWO);
        take(worker, arrival);
        take(worker, arrival);
        take(worker(), arrival);
        end();
        assertThat(world.accounts.of(run.id()).read()).isEqualTo(2);
        assertThat(account()).containsEntry("held", 2L);
    }

    @Test
    void what_one_batch_holds_twice_counts_once() {
        Arrival arrival = publish("t/0", 5, ONE, TWO);
        List<Arrival.Record> twice = new ArrayList<>(arrival.records());
        twice.addAll(arrival.records());
        take(worker, new Arrival(run.id(), true, twice));
        end();
        assertThat(world.accounts.of(run.id()).read()).isEqualTo(2);
    }

    @Test
    void of_what_was_taken_in_part_the_rest_is_taken() {
        take(worker, publish("t/0", 0, ONE));
        take(
                worker,
                new Arrival(
                        run.id(),
                        true,
                        List.of(
                                new Arrival.Record("t/0", 0, ONE, Result.PASS),
                                publish("t/0", 1, TWO).records().get(0))));
        end();
        assertThat(world.accounts.of(run.id()).read()).isEqualTo(2);
    }

    @Test
    void a_worker_that_was_taken_for_dead_keeps_nothing() {
        Arrival arrival = publish("t/0", 0, ONE, TWO);
        ArrivingPages.Page stale = worker.open(arrival).orElseThrow();
        take(worker(), arrival);

        assertThatThrownBy(() -> world.page(stale)).isInstanceOf(TakenByAnother.class);
        end();
        assertThat(world.accounts.of(run.id()).read()).isEqualTo(2);
    }

    @Test
    void a_page_of_a_run_that_is_over_is_not_kept() {
        Arrival arrival = publish("t/0", 0, ONE);
        ArrivingPages.Page late = worker.open(arrival).orElseThrow();
        Run next = world.runs.begin(Flow.NAME, "scan");
        world.page(next, pass("s3-public", "one"));

        assertThatThrownBy(() -> world.page(late)).isInstanceOf(RunIsOver.class);
        assertThat(worker.open(arrival)).isEmpty();
        assertThat(world.database
                        .client()
                        .sql("select count(*) from finding")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void nothing_is_concluded_before_all_is_taken() {
        run = begin(Duration.ofSeconds(30));
        take(worker, publish("t/0", 0, ONE));
        Arrival late = publish("t/1", 0, TWO);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(run::awaitWorkers);
        assertThatThrownBy(() -> waiting.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        take(worker, late);
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void a_pass_that_nobody_works_for_fails_and_says_so() {
        publish("t/0", 0, ONE);
        assertThatThrownBy(run::awaitWorkers)
                .isInstanceOf(NotTaken.class)
                .hasMessageContaining("No worker took findings for")
                .hasMessageContaining("1 of 1");
    }

    @Test
    void a_worker_that_is_busy_elsewhere_is_no_silence() {
        publish("t/0", 0, ONE);
        long began = System.nanoTime();
        CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> {
            for (long offset = 1;
                    System.nanoTime() - began < Duration.ofMillis(900).toNanos();
                    offset++) {
                worker.passed(Map.of("t/7", offset));
            }
        });
        assertThatThrownBy(run::awaitWorkers).isInstanceOf(NotTaken.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
        assertThat(busy).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void where_others_are_taken_all_the_time_a_run_whose_messages_are_lost_fails_all_the_same() {
        publish("t/0", 0, ONE);
        Throwable failure = whileOthersAreTaken(() -> catchThrowable(run::awaitWorkers));

        assertThat(failure)
                .isInstanceOf(NotTaken.class)
                .hasMessageContaining("No worker took findings of this run for")
                .hasMessageContaining("1 of 1 did not come into the ledger")
                .hasMessageContaining("another ledger has the same ticketbridge.kafka.topic");
    }

    private Throwable whileOthersAreTaken(Supplier<Throwable> waiting) {
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> {
            for (long offset = 1; !ended.get(); offset++) {
                worker.passed(Map.of("t/7", offset));
            }
        });
        try {
            return CompletableFuture.supplyAsync(waiting).get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } finally {
            ended.set(true);
            busy.join();
        }
    }

    private Throwable failedBecauseOf(String error) {
        worker.fail(run.id(), error);
        return catchThrowable(run::awaitWorkers);
    }

    @Test
    void a_worker_that_does_not_know_the_flow_yet_costs_nothing_but_this_try() {
        ArrivingPages older = new ArrivingPages(world.database, name -> null, world.clock);
        Throwable unknown = catchThrowable(() -> older.open(publish("t/0", 0, ONE)));

        assertThat(PassingFailure.isCauseOf(failedBecauseOf("A worker could not write what was read: " + unknown)))
                .isTrue();
    }

    @Test
    void so_does_one_of_another_version() {
        publish("t/0", 0, ONE);
        assertThat(PassingFailure.isCauseOf(failedBecauseOf(Misfit.ofFormat("2", "1"))))
                .isTrue();
    }

    @Test
    void what_no_worker_can_write_does_not_pass() {
        publish("t/0", 0, ONE);
        assertThat(failedBecauseOf("A worker could not write what was read: no"))
                .isInstanceOf(FailedByWorker.class)
                .matches(error -> !PassingFailure.isCauseOf(error));
    }

    @Test
    void a_process_that_stops_waits_no_longer() {
        publish("t/0", 0, ONE);
        stopping = true;
        assertThatThrownBy(run::awaitWorkers).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void a_worker_that_fails_fails_the_pass_with_its_reason() {
        worker.fail(publish("t/0", 0, ONE).run(), "A worker could not write what was read: too long");
        assertThatThrownBy(run::awaitWorkers)
                .isInstanceOf(FailedByWorker.class)
                .hasMessage("A worker could not write what was read: too long");
        assertThatThrownBy(() -> publish("t/0", 1, TWO)).isInstanceOf(FailedByWorker.class);
    }

    @Test
    void a_run_that_another_pass_has_ended_is_lost() {
        publish("t/0", 0, ONE);
        begin();
        assertThatThrownBy(run::awaitWorkers).isInstanceOf(PassLost.class);
        assertThatThrownBy(() -> publish("t/0", 1, TWO)).isInstanceOf(PassLost.class);
    }

    @Test
    void more_than_was_published_is_nothing_to_conclude_from() {
        Arrival arrival = publish("t/0", 0, ONE);
        take(worker, arrival);
        take(worker, new Arrival(run.id(), true, List.of(new Arrival.Record("other/0", 0, TWO, Result.PASS))));
        assertThatThrownBy(run::awaitWorkers).isInstanceOf(NotTaken.class).hasMessageContaining("2 and 1");
    }

    @Test
    void what_a_worker_leaves_out_proves_nothing_by_absence() {
        take(worker, publish("t/0", 0, ONE, TWO));
        end();
        run = begin();
        world.before = finding -> false;
        take(worker, publish("t/0", 2, ONE));
        end();
        assertThat(world.accounts.of(run.id()).absent()).isZero();
        assertThat(account()).containsEntry("filtered", 1L);
    }

    @Test
    void what_no_partition_brings_any_more_is_gone() {
        take(worker, publish("t/0", 0, ONE));
        take(worker, publish("t/1", 0, TWO));
        end();
        run = begin();
        take(worker, publish("t/0", 1, ONE));
        end();
        assertThat(world.accounts.of(run.id()).absent()).isEqualTo(1);
    }

    @Test
    void the_worst_counts_for_a_worker_that_has_not_seen_it() {
        Finding milder = pass("s3-public", "one");
        take(worker, publish("t/0", 0, ONE));
        take(worker(), publish("t/0", 1, milder));
        end();
        assertThat(world.database
                        .client()
                        .sql("select result from finding")
                        .query(Integer.class)
                        .single())
                .isEqualTo(Result.FAIL.ordinal());
        assertThat(account()).containsEntry("unchanged", 1L);
    }

    @Test
    void what_another_worker_had_as_news_is_news_once() {
        Finding worse = new Findings(ONE).with(Severity.CRITICAL).finding();
        take(worker, publish("t/0", 0, pass("s3-public", "other"), ONE));
        ArrivingPages other = worker();
        other.begin(Map.of("t/0", 2L));
        take(other, publish("t/0", 2, ONE, worse));
        end();
        assertThat(world.accounts.of(run.id()).read()).isEqualTo(4);
        assertThat(account()).containsEntry("held", 1L).containsEntry("unchanged", 3L);
    }

    @Test
    void a_partition_that_comes_back_makes_a_worker_forget_what_it_knew() {
        take(worker, publish("t/0", 0, ONE));
        worker.passed(Map.of("t/0", 1L));
        Run known = worker.open(publish("t/0", 1, ONE)).orElseThrow().run();
        worker.begin(Map.of("t/0", 1L));
        assertThat(worker.open(publish("t/0", 1, ONE)).orElseThrow().run()).isSameAs(known);
        worker.begin(Map.of("t/0", 9L));
        assertThat(worker.open(publish("t/0", 9, ONE)).orElseThrow().run()).isNotSameAs(known);
    }
}
