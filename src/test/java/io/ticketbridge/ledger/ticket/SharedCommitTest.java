package io.ticketbridge.ledger.ticket;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.run.LedgerWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What many threads write comes together while a commit is under way. */
@ParameterizedClass
@EnumSource
class SharedCommitTest {
    private static final Finding[] FINDINGS = IntStream.range(0, 5)
            .mapToObj(number -> fail("check-" + number, "one"))
            .toArray(Finding[]::new);

    @Parameter
    FreshDatabase database;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private LedgerWorld world;
    private SharedCommit shared;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("check"));
        world.scan(FINDINGS);
        shared = new SharedCommit(world.database);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        world.close();
    }

    private UUID group(int number) {
        return world.groupOf(FINDINGS[number]);
    }

    private SharedCommit.Place place(int number) {
        return new SharedCommit.Place(group(number), Flow.NAME, 1);
    }

    /** Nothing else is written until it goes on. */
    private Future<?> holdTheFirst() {
        CountDownLatch began = new CountDownLatch(1);
        Future<?> first = threads.submit(() -> shared.write(place(0), () -> {
            began.countDown();
            return awaitLatch();
        }));
        await().until(() -> began.getCount() == 0);
        return first;
    }

    private boolean awaitLatch() {
        try {
            goOn.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Future<Integer> submit(int group, Runnable also) {
        Future<Integer> submitted = threads.submit(() -> shared.write(place(group), () -> {
            int written = world.database
                    .client()
                    .sql("update finding_group set attempts = attempts + 1 where id = :id")
                    .param("id", group(group))
                    .update();
            also.run();
            return written;
        }));
        await().until(() -> shared.waits() == group || submitted.isDone());
        return submitted;
    }

    private List<Integer> written() {
        return IntStream.range(0, FINDINGS.length)
                .mapToObj(number -> world.groups.attempts(group(number)))
                .toList();
    }

    @Test
    void what_waits_for_a_commit_is_written_together_by_one_of_them() throws Exception {
        Set<Thread> writers = ConcurrentHashMap.newKeySet();
        Future<?> first = holdTheFirst();
        List<Future<Integer>> others = new ArrayList<>();
        for (int group = 1; group < FINDINGS.length; group++) {
            others.add(submit(group, () -> writers.add(Thread.currentThread())));
        }
        goOn.countDown();

        first.get();
        for (Future<Integer> other : others) {
            assertThat(other.get()).isOne();
        }
        assertThat(writers).hasSize(1);
        assertThat(written()).containsExactly(0, 1, 1, 1, 1);
    }

    @Test
    void one_that_fails_leaves_nothing_and_harms_no_other() throws Exception {
        holdTheFirst();
        Future<Integer> before = submit(1, () -> {});
        Future<Integer> failing = submit(2, () -> {
            throw new LeaseLost(group(2));
        });
        Future<Integer> behind = submit(3, () -> {});
        goOn.countDown();

        assertThat(before.get()).isOne();
        assertThat(behind.get()).isOne();
        assertThatThrownBy(failing::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(LeaseLost.class);
        assertThat(written()).containsExactly(0, 1, 0, 1, 0);
    }

    @Test
    void what_can_not_be_written_at_all_is_told_to_each_of_them() {
        holdTheFirst();
        Future<Integer> broken = submit(1, () -> {
            throw new StackOverflowError();
        });
        Future<Integer> behind = submit(2, () -> {});
        goOn.countDown();

        assertThatThrownBy(broken::get).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(behind::get).isInstanceOf(ExecutionException.class);
        assertThat(written()).containsExactly(0, 0, 0, 0, 0);
    }

    @Test
    void many_threads_write_again_and_again_and_nothing_is_lost() throws Exception {
        AtomicInteger left = new AtomicInteger(400);
        List<Future<Integer>> ends = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            int group = thread % FINDINGS.length;
            ends.add(threads.submit(() -> {
                int written = 0;
                while (left.getAndDecrement() > 0) {
                    written += shared.write(place(group), () -> world.database
                            .client()
                            .sql("update finding_group set attempts = attempts + 1 where id = :id")
                            .param("id", group(group))
                            .update());
                }
                return written;
            }));
        }
        int sum = 0;
        for (Future<Integer> end : ends) {
            sum += end.get();
        }
        assertThat(sum).isEqualTo(400);
        assertThat(written().stream().mapToInt(Integer::intValue).sum()).isEqualTo(400);
    }
}
