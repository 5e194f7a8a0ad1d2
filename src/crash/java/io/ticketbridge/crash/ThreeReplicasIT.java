package io.ticketbridge.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.testing.Ledger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes on one PostgreSQL, while sources change and people resolve tickets: one is killed in a pass, one stands still in
 * one, the database restarts, networks are cut. Nothing is missing, nothing is there twice, and work resumes within two lease times
 * (P15, P19, P35). {@code -Dreplicas.rounds} repeats all of it.
 */
class ThreeReplicasIT {
    private static final Duration LONGEST = Duration.ofSeconds(120);

    /** Half a second to connect, one for the answer to begin, one to read it, five of margin. */
    private static final Duration LEASE = Duration.ofMillis(7500);

    private static final String EXECUTING =
            "select instance_name from qrtz_fired_triggers where state = 'EXECUTING' and job_name = '%s'";

    @TempDir
    private Path folder;

    private final List<Replica> replicas = new ArrayList<>();
    private final List<Duration> took = new ArrayList<>();
    private EmbeddedPostgres postgres;
    private World world;

    @AfterEach
    void stop() throws IOException {
        replicas.forEach(Replica::close);
        if (world != null) {
            world.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void whatever_becomes_of_one_nothing_is_missing_and_nothing_is_there_twice() throws Exception {
        postgres = postgres(0);
        world = new World(folder.resolve("world"), Ledger.H2, new Random(Long.getLong("crash.seed", 1)));
        start();
        awaitEachInTheSchedule();
        awaitAllRight("the backlog");
        // A pass lasts, so that it can be met.
        world.bridge
                .visionOne()
                .faults()
                .always(path -> path.contains("/cases"), HttpFault.slow(Duration.ofMillis(120)));
        for (int round = 0; round < Integer.getInteger("replicas.rounds", 1); round++) {
            killOneInAPass();
            stopOneInAPass();
            restartTheDatabase();
            cutNetworks();
        }
        assertEachPassByOne();
        assertQuiet();
        System.out.println("Three replicas: taken over after " + took + ", tickets="
                + Verdict.of(world).tickets());
    }

    private EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve("pgdata"))
                .setCleanDataDirectory(false)
                .start();
    }

    private void start() {
        world.bridge
                .with(
                        "database.url",
                        "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres?socketTimeout=15")
                .with("database.user", "postgres")
                .with("database.password", "postgres")
                .with("database.pool-size", "5");
        for (String flow : List.of("cases", "compliance", "reopening", "scc")) {
            world.bridge.with("flow." + flow + ".poll", "10s");
        }
        Path config = world.bridge.config();
        for (int number = 1; number <= 3; number++) {
            replicas.add(new Replica(
                    folder.resolve("replica-" + number),
                    config,
                    postgres.getPort(),
                    world.bridge.serviceNow().url()));
        }
    }

    private void change() {
        world.compared();
        world.change();
    }

    private void killOneInAPass() {
        change();
        Replica killed = awaitPass("cases");
        killed.process().kill();
        awaitTakenOver(killed, "cases", Instant.now());
        killed.start();
        awaitAllRight("one was killed");
    }

    private void stopOneInAPass() {
        change();
        Replica stopped = awaitPass("cases");
        stopped.process().pause();
        awaitTakenOver(stopped, "cases", Instant.now());
        awaitAllRight("one stands still");
        String before = stopped.log();
        stopped.process().resume();
        await().atMost(LONGEST).until(() -> stopped.log().contains("Another replica took this pass over"));
        assertThat(before).doesNotContain("took this pass over");
        awaitAllRight("it goes on");
    }

    private void restartTheDatabase() throws Exception {
        change();
        awaitPass("cases");
        int port = postgres.getPort();
        postgres.close();
        await().atMost(LONGEST)
                .until(() -> replicas.stream().anyMatch(each -> each.log().contains("The ledger can't be used")));
        postgres = postgres(port);
        awaitAllRight("the database was away");
    }

    private void cutNetworks() {
        change();
        Replica cut = awaitPass("cases");
        cut.toLedger.cut();
        Replica other = replicas.get((replicas.indexOf(cut) + 1) % replicas.size());
        other.toServiceNow.cut();
        awaitTakenOver(cut, "cases", Instant.now());
        other.toServiceNow.drop();
        other.toServiceNow.heal();
        awaitAllRight("one is cut off");
        cut.toLedger.drop();
        cut.toLedger.heal();
        change();
        awaitAllRight("the networks are back");
        awaitEachInTheSchedule();
    }

    /** Which one makes a pass of the flow, while it asks the source. */
    private Replica awaitPass(String flow) {
        AtomicReference<Replica> found = new AtomicReference<>();
        long asked = world.bridge.visionOne().requests().count();
        awaitThat("a pass of " + flow, LONGEST, () -> {
            found.set(atWork(flow));
            return found.get() != null
                    && world.bridge.visionOne().requests().count() > asked
                    && count("select count(*) from run where flow = '" + flow + "' and state = 'reading'") > 0;
        });
        return found.get();
    }

    private Replica atWork(String flow) {
        return query(EXECUTING.formatted(flow)).stream()
                .flatMap(instance -> replicas.stream().filter(replica -> replica.is(instance)))
                .findFirst()
                .orElse(null);
    }

    /** Another one is at it, or has been already. */
    private void awaitTakenOver(Replica gone, String flow, Instant since) {
        long last = count("select max(id) from run where flow = '" + flow + "'");
        awaitThat("another takes " + flow + " over", LEASE.multipliedBy(2), () -> {
            Replica now = atWork(flow);
            return now != null && now != gone
                    || now == null && count("select max(id) from run where flow = '" + flow + "'") > last;
        });
        took.add(Duration.between(since, Instant.now()));
    }

    private void awaitAllRight(String what) {
        AtomicReference<Verdict> last = new AtomicReference<>();
        try {
            await().atMost(LONGEST).pollInterval(Duration.ofMillis(500)).until(() -> {
                last.set(Verdict.of(world));
                return last.get().isClean()
                        && count("select count(*) from finding_group where pending") == 0
                        && count("select count(*) from action where state in ('intended', 'written')") == 0;
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + ":\n" + String.join("\n", last.get().findings()) + "\n" + logs(), e);
        }
    }

    private void awaitEachInTheSchedule() {
        awaitThat(
                "each is in the schedule",
                LONGEST,
                () -> count("select count(*) from qrtz_scheduler_state") == replicas.size());
    }

    private void awaitThat(String what, Duration longest, Callable<Boolean> condition) {
        try {
            await().atMost(longest).pollInterval(Duration.ofMillis(20)).until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + "\n" + logs(), e);
        }
    }

    /** As the ledger saw them: one begins when the one before is over, or was taken from one that is gone. */
    private void assertEachPassByOne() {
        assertThat(
                        query(
                                """
                        select r.flow || ' ' || r.id || ' ' || r.state from run r join run l on l.flow = r.flow and l.id > r.id
                        where r.pass is not null and l.pass is not null and l.pass <> r.pass
                          and r.state not in ('interrupted', 'failed')
                          and l.started_at < coalesce(r.read_at, r.ended_at)"""))
                .as("passes that overlap")
                .isEmpty();
        assertThat(count("select count(*) from run where state = 'interrupted'"))
                .as("passes that were taken over")
                .isLessThanOrEqualTo(4L * 4 * Integer.getInteger("replicas.rounds", 1));
    }

    /** No stack trace, whatever happened. */
    private void assertQuiet() {
        assertThat(replicas)
                .allSatisfy(replica -> assertThat(replica.log().lines().filter(line -> !line.matches("\\d{4}-.*")))
                        .isEmpty());
    }

    private String logs() {
        return replicas.stream().map(Replica::log).collect(Collectors.joining("\n---\n"));
    }

    private long count(String sql) {
        List<String> found = query(sql);
        return found.isEmpty() || found.get(0) == null ? -1 : Long.parseLong(found.get(0));
    }

    private List<String> query(String sql) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres", "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            return List.of();
        }
    }
}
