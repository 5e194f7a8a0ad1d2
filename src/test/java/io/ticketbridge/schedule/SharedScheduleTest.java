package io.ticketbridge.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.database.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.simpl.CascadingClassLoadHelper;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.SchedulerSignaler;
import org.slf4j.LoggerFactory;

/** Replicas on one PostgreSQL share one schedule: each pass is made by one of them that knows how. */
class SharedScheduleTest {
    private static final Duration LONGEST = Duration.ofSeconds(40);
    private static final String EVERY =
            "stateful=true&recoverableJob=true&trigger.repeatCount=-1&trigger.repeatInterval=";

    private final LedgerDatabase database = FreshDatabase.POSTGRESQL.open();
    private final ConcurrentLinkedQueue<Replica> replicas = new ConcurrentLinkedQueue<>();

    /** Each pass ends when this is open. */
    private CountDownLatch hold = new CountDownLatch(0);

    /** A Camel application with flows that do nothing but count. */
    private final class Replica {
        private final DefaultCamelContext context = new DefaultCamelContext();
        private final Map<String, AtomicInteger> passes = new ConcurrentHashMap<>();
        private final AtomicInteger busy = new AtomicInteger();

        private Replica(Map<String, String> triggers) {
            context.getCamelContextExtension().setName("ticketbridge");
            // As the application does: else the second one in a JVM would call itself otherwise.
            context.disableJMX();
            Schedulers.install(context, database, "replica-" + replicas.size(), true, 2);
            triggers.forEach(this::add);
            context.start();
            replicas.add(this);
        }

        private void add(String flow, String trigger) {
            passes.put(flow, new AtomicInteger());
            try {
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("quartz:ticketbridge/" + flow + "?" + trigger)
                                .routeId(flow)
                                .process(exchange -> {
                                    busy.incrementAndGet();
                                    passes.get(flow).incrementAndGet();
                                    hold.await();
                                    busy.decrementAndGet();
                                });
                    }
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private int passes(String flow) {
            return passes.get(flow).get();
        }

        private Scheduler scheduler() {
            return context.getComponent("quartz", QuartzComponent.class).getScheduler();
        }
    }

    private Replica replica(String flow, String trigger) {
        return new Replica(Map.of(flow, trigger));
    }

    @AfterEach
    void stop() {
        hold.countDown();
        replicas.forEach(replica -> replica.context.stop());
        FreshDatabase.close(database);
    }

    private long count(String sql) {
        return database.client().sql(sql).query(Long.class).single();
    }

    private Instant due(String flow) {
        return Instant.ofEpochMilli(
                count("select next_fire_time from qrtz_triggers where trigger_name = '" + flow + "'"));
    }

    private void dueSince(String flow, Duration past) {
        database.client()
                .sql("update qrtz_triggers set next_fire_time = :at where trigger_name = :flow")
                .param("at", Instant.now().minus(past).toEpochMilli())
                .param("flow", flow)
                .update();
    }

    @Test
    void a_pass_is_made_by_one_of_them_and_never_beside_itself() {
        hold = new CountDownLatch(1);
        Replica one = replica("cases", EVERY + 1000);
        Replica other = replica("cases", EVERY + 1000);

        await().atMost(LONGEST).until(() -> one.busy.get() + other.busy.get() == 1);
        await().during(Duration.ofSeconds(3))
                .atMost(LONGEST)
                .until(() -> one.passes("cases") + other.passes("cases") == 1);
        hold.countDown();
        await().atMost(LONGEST).until(() -> one.passes("cases") + other.passes("cases") > 3);

        assertThat(count("select count(*) from qrtz_job_details")).isEqualTo(1);
    }

    @Test
    void what_the_other_knows_nothing_of_stays_due_until_one_that_knows_it_is_there() {
        Replica old = replica("cases", EVERY + 3_600_000);
        Replica fresh = new Replica(Map.of("cases", EVERY + 3_600_000, "added", EVERY + 1000));
        await().atMost(LONGEST).until(() -> fresh.passes("added") > 1);

        fresh.context.stop();
        int made = fresh.passes("added");
        await().during(Duration.ofSeconds(3)).atMost(LONGEST).until(() -> fresh.passes("added") == made);
        assertThat(due("added")).isBefore(Instant.now());

        Replica again = replica("added", EVERY + 1000);
        await().atMost(LONGEST).until(() -> again.passes("added") > 0);
        assertThat(old.passes).containsOnlyKeys("cases");
    }

    @Test
    void the_period_of_the_last_one_that_started_counts_for_all() {
        Replica one = replica("cases", EVERY + 3_600_000);
        await().atMost(LONGEST).until(() -> one.passes("cases") == 1);

        Replica other = replica("cases", EVERY + 1000);
        await().atMost(LONGEST).until(() -> one.passes("cases") + other.passes("cases") > 3);

        Replica third =
                replica("cases", "stateful=true&recoverableJob=true&trigger.timeZone=UTC&cron=0+0+0+1+1+?+2099");
        assertThat(due("cases")).isAfter(Instant.parse("2098-12-31T00:00:00Z"));
        assertThat(third.passes("cases")).isZero();
    }

    @Test
    void what_was_due_while_nobody_was_there_is_made_once_when_one_starts() {
        Replica one = replica("cases", EVERY + 3_600_000);
        await().atMost(LONGEST).until(() -> one.passes("cases") == 1);
        one.context.stop();
        dueSince("cases", Duration.ofDays(3));

        Replica next = replica("cases", EVERY + 3_600_000);

        await().atMost(LONGEST).until(() -> next.passes("cases") == 1);
        assertThat(due("cases")).isAfter(Instant.now());
    }

    @Test
    void a_start_alone_makes_no_pass_that_is_not_due() {
        Replica one = replica("cases", EVERY + 3_600_000);
        await().atMost(LONGEST).until(() -> one.passes("cases") == 1);

        Replica other = replica("cases", EVERY + 3_600_000);

        await().during(Duration.ofSeconds(2)).atMost(LONGEST).until(() -> other.passes("cases") == 0);
    }

    @Test
    void a_schedule_that_nobody_has_followed_for_a_day_is_forgotten() throws Exception {
        Replica one = new Replica(Map.of("gone", EVERY + 3_600_000, "cases", EVERY + 3_600_000));
        await().atMost(LONGEST).until(() -> one.passes("gone") == 1 && one.passes("cases") == 1);
        one.context.stop();
        Replica other = replica("cases", EVERY + 3_600_000);
        SharedJobStore store = store("tidying", () -> OwnJobs.of(other.context));

        dueSince("gone", Duration.ofHours(23));
        store.forgetLeftOvers();
        assertThat(count("select count(*) from qrtz_job_details")).isEqualTo(2);
        dueSince("gone", Duration.ofHours(25));
        store.forgetLeftOvers();

        assertThat(database.client()
                        .sql("select job_name from qrtz_job_details")
                        .query(String.class)
                        .list())
                .containsExactly("cases");
    }

    @Test
    void a_pass_now_is_made_once_by_whoever_is_free_and_after_the_one_under_way() throws Exception {
        hold = new CountDownLatch(1);
        Replica one = replica("cases", EVERY + 3_600_000);
        Replica other = replica("cases", EVERY + 3_600_000);
        await().atMost(LONGEST).until(() -> one.busy.get() + other.busy.get() == 1);

        for (Replica asked : List.of(one, other)) {
            Trigger now = TriggerBuilder.newTrigger()
                    .withIdentity(new TriggerKey("cases now", "ticketbridge"))
                    .forJob(new JobKey("cases", "ticketbridge"))
                    .build();
            if (asked.scheduler().rescheduleJob(now.getKey(), now) == null) {
                asked.scheduler().scheduleJob(now);
            }
        }
        assertThat(one.passes("cases") + other.passes("cases")).isEqualTo(1);
        hold.countDown();

        await().atMost(LONGEST).until(() -> one.passes("cases") + other.passes("cases") == 2);
        // Quartz takes the trigger away when its pass has ended.
        await().atMost(LONGEST).until(() -> count("select count(*) from qrtz_triggers") == 1);
    }

    /** Another trigger is that of a pass now, or of one that somebody who died was at: Quartz would free it for who took it too late. */
    @Test
    void what_a_replica_took_too_late_waits_for_the_end_of_the_pass_under_way() throws Exception {
        SharedJobStore one = store("one", () -> Set.of("ticketbridge/cases"));
        SharedJobStore other = store("other", () -> Set.of("ticketbridge/cases"));
        JobDetail pass = JobBuilder.newJob(Pass.class)
                .withIdentity("cases", "ticketbridge")
                .storeDurably()
                .build();
        one.storeJob(pass, false);
        for (String name : List.of("cases", "cases now")) {
            OperableTrigger due = (OperableTrigger) TriggerBuilder.newTrigger()
                    .withIdentity(name, "ticketbridge")
                    .forJob(pass)
                    .build();
            due.computeFirstFireTime(null);
            one.storeTrigger(due, false);
        }
        List<OperableTrigger> ours = take(one);
        List<OperableTrigger> theirs = take(other);
        assertThat(ours).hasSize(1);
        assertThat(theirs).hasSize(1);

        assertThat(one.triggersFired(ours).get(0).getTriggerFiredBundle()).isNotNull();
        assertThat(other.triggersFired(theirs).get(0).getTriggerFiredBundle()).isNull();
        other.releaseAcquiredTrigger(theirs.get(0));

        assertThat(take(other)).isEmpty();
        one.triggeredJobComplete(ours.get(0), pass, CompletedExecutionInstruction.NOOP);
        assertThat(take(other))
                .extracting(OperableTrigger::getKey)
                .containsExactly(theirs.get(0).getKey());
    }

    private static List<OperableTrigger> take(SharedJobStore store) throws Exception {
        return store.acquireNextTriggers(Instant.now().plusSeconds(5).toEpochMilli(), 1, 0);
    }

    private SharedJobStore store(String replica, Supplier<Set<String>> jobs) throws Exception {
        SharedJobStore store = new SharedJobStore(database, jobs);
        store.setInstanceId(replica);
        store.setInstanceName(replica);
        CascadingClassLoadHelper loader = new CascadingClassLoadHelper();
        loader.initialize();
        store.initialize(loader, new Unheard());
        return store;
    }

    @DisallowConcurrentExecution
    public static final class Pass implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            throw new UnsupportedOperationException();
        }
    }

    /** For a store without a scheduler. */
    private static final class Unheard implements SchedulerSignaler {
        @Override
        public void notifyTriggerListenersMisfired(Trigger trigger) {}

        @Override
        public void notifySchedulerListenersFinalized(Trigger trigger) {}

        @Override
        public void notifySchedulerListenersJobDeleted(JobKey jobKey) {}

        @Override
        public void signalSchedulingChange(long candidateNewNextFireTime) {}

        @Override
        public void notifySchedulerListenersError(String string, SchedulerException jpe) {
            throw new IllegalStateException(string, jpe);
        }
    }

    @Test
    void one_that_ends_in_order_leaves_nothing_behind_that_others_would_wait_for() {
        Replica one = replica("cases", EVERY + 4000);
        await().atMost(LONGEST).until(() -> one.passes("cases") == 1);
        // The next is due within the time that it looks ahead.
        await().atMost(LONGEST)
                .until(() -> count("select count(*) from qrtz_triggers where trigger_state = 'ACQUIRED'") == 1);

        one.context.stop();

        assertThat(count("select count(*) from qrtz_triggers where trigger_state = 'WAITING'"))
                .isEqualTo(1);
        assertThat(count("select count(*) from qrtz_fired_triggers")).isZero();
        assertThat(count("select count(*) from qrtz_scheduler_state")).isZero();
    }

    @Test
    void a_route_of_ones_own_that_asks_for_no_recovery_starts_on_every_replica() {
        String plain = "trigger.repeatCount=-1&trigger.repeatInterval=1000";
        Replica one = replica("own", plain);
        Replica other = replica("own", plain);

        await().atMost(LONGEST).until(() -> one.passes("own") + other.passes("own") > 2);
    }

    @Test
    void a_connection_that_broke_is_given_back_without_a_word() throws Exception {
        Logger quartz = (Logger) LoggerFactory.getLogger("org.quartz.impl.jdbcjobstore");
        Level before = quartz.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        quartz.addAppender(lines);
        quartz.setLevel(Level.TRACE);
        try {
            endOwnSession(new SharedJobStore(database, Set::of));
        } finally {
            quartz.setLevel(before);
            quartz.detachAppender(lines);
        }
        assertThat(lines.list).isEmpty();
    }

    private static void endOwnSession(SharedJobStore store) throws Exception {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("select pg_terminate_backend(pg_backend_pid())"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void engines_of_one_jvm_have_schedules_of_their_own_in_memory() {
        try (LedgerDatabase memory = FreshDatabase.H2.open();
                DefaultCamelContext context = new DefaultCamelContext()) {
            Schedulers.install(context, memory, "in-memory", true, 2);
            AtomicInteger passes = new AtomicInteger();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("quartz:ticketbridge/cases?" + EVERY + 1000).process(exchange -> passes.incrementAndGet());
                }
            });
            context.start();
            Replica shared = replica("cases", EVERY + 3_600_000);

            await().atMost(LONGEST).until(() -> passes.get() > 2 && shared.passes("cases") == 1);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
