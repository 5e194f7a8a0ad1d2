package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.KafkaBroker;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** In mid-run a broker, a worker or the ledger goes away: each finding counts once, and none is missing (P1, P5, P15). */
class KafkaFaultsTest {
    private static final String FLOW = "by-account";
    private static final int CHECKS = 40;
    private static final int RESOURCES = 50;
    private static final long FINDINGS = CHECKS * RESOURCES;
    private static final Duration LONGEST = Duration.ofSeconds(150);

    @TempDir
    private Path folder;

    /** All findings are of one group, and lie in all partitions: workers meet there. */
    private Bridge start(Ledger ledger) {
        return Bridge.in(folder, ledger)
                .scheduled()
                .with("flow.cases.enabled", "false")
                .with("flow." + FLOW + ".source", "files")
                .with("flow." + FLOW + ".group-by", "account")
                .with("flow." + FLOW + ".profile", "tickets")
                .with("kafka.brokers", KafkaBroker.shared().address())
                .with("kafka.patience", "60s")
                .with("kafka.batch", "20")
                .with("kafka.topic", "findings-" + UUID.randomUUID())
                .with("kafka.group", "workers-" + UUID.randomUUID());
    }

    private CompletableFuture<Void> read(Bridge bridge, Scan scan) {
        File file = scan.write(folder).toFile();
        bridge.engine();
        return CompletableFuture.runAsync(() -> bridge.engine().importFiles(FLOW, List.of(file)));
    }

    /** All of it is in the topic, and no worker has begun. */
    private CompletableFuture<Void> readByNobody(Bridge bridge) throws Exception {
        bridge.engine().context().getRouteController().stopRoute("take-findings");
        CompletableFuture<Void> pass = read(bridge, failing());
        await().atMost(LONGEST)
                .until(() -> bridge.count("select coalesce(max(published_count), 0) from run") == FINDINGS);
        return pass;
    }

    private static Scan failing() {
        String[] resources = IntStream.range(0, RESOURCES)
                .mapToObj(number -> "disk-" + number)
                .toArray(String[]::new);
        Scan scan = Scan.of();
        IntStream.range(0, CHECKS).forEach(check -> scan.fails("check-" + check, resources));
        return scan;
    }

    private static long taken(Bridge bridge) {
        return bridge.count("select coalesce(max(taken_count), 0) from run");
    }

    private static void awaitTaken(Bridge bridge, long least) {
        long taken = await().atMost(LONGEST)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> taken(bridge), now -> now >= least);
        assertThat(taken).as("it is in mid-run").isLessThan(FINDINGS);
    }

    private static void assertThatAllIsThereOnce(Bridge bridge, CompletableFuture<Void> pass)
            throws ExecutionException, InterruptedException, TimeoutException {
        pass.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        await().atMost(LONGEST).until(bridge.engine().owing()::isSettled);
        bridge.engine().closeAccounts();
        await().atMost(LONGEST).until(() -> bridge.count("select count(*) from run where state <> 'done'") == 0);
        assertThat(bridge.count("select read_count from run")).isEqualTo(FINDINGS);
        assertThat(bridge.count("select count(*) from run where error is not null"))
                .isZero();
        assertThat(bridge.count("select count(*) from finding where result = 0"))
                .isEqualTo(FINDINGS);
        assertThat(bridge.tickets()).hasSize(1);
    }

    /** Takes all connections to the ledger away, its own too. */
    private static void cut(Bridge bridge) {
        try {
            bridge.count("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    + " where datname = current_database()");
        } catch (DataAccessException e) {
            assertThat(e).isNotNull();
        }
    }

    /** Something that nobody thought of, in the midst of a batch. */
    public static final class Breaks {
        private static final AtomicInteger LEFT = new AtomicInteger();

        private Breaks() {}

        public static void now() {
            if (LEFT.getAndDecrement() > 0) {
                throw new RejectedExecutionException("a worker breaks off");
            }
        }
    }

    @Test
    void a_batch_that_a_worker_breaks_off_comes_again() throws Exception {
        String page = Files.readString(Path.of("routes/33-take-page.camel.yaml"));
        String breaking = "        - bean:\n            id: break-off\n            beanType: " + Breaks.class.getName()
                + "\n            method: now\n        - filter:\n            id: is-anything-left";
        Files.writeString(
                Files.createDirectories(folder.resolve("routes")).resolve("33-take-page.camel.yaml"),
                page.replace("        - filter:\n            id: is-anything-left", breaking));
        Breaks.LEFT.set(2);
        try (Bridge bridge = start(Ledger.H2).with("kafka.patience", "20s").withRoutes(folder.resolve("routes"))) {
            assertThatAllIsThereOnce(bridge, read(bridge, failing()));
            assertThat(Breaks.LEFT.get()).isNegative();
        }
    }

    @Test
    void a_broker_that_is_killed_and_comes_back_costs_nothing() throws Exception {
        try (Bridge bridge = start(Ledger.H2)) {
            CompletableFuture<Void> pass = readByNobody(bridge);
            bridge.engine().context().getRouteController().startRoute("take-findings");
            awaitTaken(bridge, 100);
            KafkaBroker.shared().kill();
            KafkaBroker.shared().start();
            assertThatAllIsThereOnce(bridge, pass);
        }
    }

    @Test
    void a_ledger_that_goes_away_is_waited_for() throws Exception {
        try (Bridge bridge = start(Ledger.POSTGRESQL)) {
            CompletableFuture<Void> pass = readByNobody(bridge);
            bridge.engine().context().getRouteController().startRoute("take-findings");
            awaitTaken(bridge, 40);
            AtomicBoolean away = new AtomicBoolean(true);
            CompletableFuture<Void> cutting = CompletableFuture.runAsync(() -> {
                while (away.get()) {
                    cut(bridge);
                }
            });
            TimeUnit.SECONDS.sleep(1);
            away.set(false);
            cutting.get(10, TimeUnit.SECONDS);
            assertThatAllIsThereOnce(bridge, pass);
        }
    }

    @Test
    void a_worker_that_joins_stands_still_and_goes_on_spoils_nothing() throws Exception {
        try (Bridge bridge = start(Ledger.POSTGRESQL);
                ChildProcess other = ChildProcess.start(
                        folder, "run", "--config", bridge.config().toString())) {
            bridge.engine();
            CompletableFuture<Void> first = read(bridge, Scan.of().fails("check-0", "disk-0"));
            first.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            CompletableFuture<Void> pass = read(bridge, failing());
            awaitTaken(bridge, 100);
            other.pause();
            TimeUnit.SECONDS.sleep(12);
            other.resume();
            pass.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            assertThat(other.isAlive()).as(other.err()).isTrue();
            assertThat(other.err()).doesNotContain("ERROR");
            await().atMost(LONGEST).until(bridge.engine().owing()::isSettled);
            assertThat(bridge.count("select max(read_count) from run")).isEqualTo(FINDINGS);
            assertThat(bridge.count("select count(*) from finding where result = 0"))
                    .isEqualTo(FINDINGS);
            assertThat(bridge.tickets()).hasSize(1);
        }
    }
}
