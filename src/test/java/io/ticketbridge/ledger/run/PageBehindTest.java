package io.ticketbridge.ledger.run;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.inconclusive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A page that is written while the next one goes through the filter. */
@ParameterizedClass
@EnumSource
class PageBehindTest {
    private static final Finding FIRST = fail("s3-public", "first");
    private static final Finding ONE = fail("s3-public", "one");
    private static final Finding TWO = fail("s3-public", "two");
    private static final Finding THREE = fail("s3-public", "three");

    @Parameter
    FreshDatabase database;

    private LedgerWorld world;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.with(Map.of("group-by", "control", "control", "check")));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void page(Run run, Finding... findings) {
        world.pages.open(run, List.of(findings));
        for (Finding finding : findings) {
            world.one(finding);
        }
        world.pages.closeBehind();
    }

    /** Keeps the group of all these findings locked, as a delivery may for a moment, so that no page of it gets written. */
    private void whileLocked(Runnable work) {
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Void> holder =
                CompletableFuture.runAsync(() -> world.database.transaction().executeWithoutResult(status -> {
                    world.database.jdbc().queryForList("select id from finding_group for update");
                    locked.countDown();
                    awaitLatch(over);
                }));
        awaitLatch(locked);
        try {
            work.run();
        } finally {
            over.countDown();
            holder.join();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_next_page_is_filtered_meanwhile_and_written_after_it() {
        world.scan(FIRST);
        Run run = world.runs.begin(Flow.NAME, "scan");

        whileLocked(() -> {
            page(run, FIRST, ONE);
            world.pages.open(run, List.of(TWO));
            assertThat(world.one(TWO)).isTrue();
            assertThat(world.count("finding")).isEqualTo(1);
        });
        world.pages.closeBehind();
        run.awaitWorkers();

        assertThat(world.count("finding")).isEqualTo(3);
    }

    @Test
    void what_the_next_page_says_of_the_same_finding_waits_for_what_the_ledger_will_have_of_it() {
        world.scan(FIRST);
        Run run = world.runs.begin(Flow.NAME, "scan");
        AtomicReference<CompletableFuture<Boolean>> again = new AtomicReference<>();

        whileLocked(() -> {
            page(run, ONE);
            again.set(CompletableFuture.supplyAsync(() -> {
                world.pages.open(run, List.of(ONE));
                return world.one(ONE);
            }));
            await().during(Duration.ofMillis(200)).until(() -> !again.get().isDone());
        });

        assertThat(again.get().join()).isFalse();
    }

    @Test
    void a_page_that_could_not_be_written_ends_the_run_before_the_next_is() {
        Run run = world.runs.begin(Flow.NAME, "scan");
        world.runs.begin(Flow.NAME, "another pass");

        page(run, ONE);
        assertThatThrownBy(() -> page(run, TWO)).isInstanceOf(PassLost.class);

        assertThat(world.count("finding")).isZero();
    }

    @Test
    void no_watermark_moves_and_nothing_is_concluded_before_it_is_known_to_be_written() {
        Run run = world.runs.begin(Flow.NAME, "scan");
        world.runs.begin(Flow.NAME, "another pass");

        page(run, ONE);
        assertThatThrownBy(run::awaitWorkers).isInstanceOf(PassLost.class);
        page(run, TWO);
        assertThatThrownBy(() -> world.runs.whileOurs(run, () -> {})).isInstanceOf(PassLost.class);
        page(run, THREE);
        assertThatThrownBy(() -> world.runs.endReading(run)).isInstanceOf(PassLost.class);
    }

    @Test
    void what_was_read_before_a_page_that_is_lost_is_counted() {
        Run run = world.runs.begin(Flow.NAME, "scan");
        page(run, inconclusive("s3-public", "one"));
        world.database.jdbc().execute("alter table finding rename to out_of_reach");
        world.runs.fail(lost(run), "The ledger was out of reach");
        world.database.jdbc().execute("alter table out_of_reach rename to finding");

        assertThat(world.accounts.of(run.id()).read()).isEqualTo(1);
        assertThat(world.scan(TWO)).isNotNull();
        assertThat(world.count("finding")).isEqualTo(1);
    }

    private Run lost(Run run) {
        world.pages.begin(run, List.of(TWO), null);
        assertThat(world.one(TWO)).isTrue();
        world.pages.closeBehind();
        return run;
    }
}
