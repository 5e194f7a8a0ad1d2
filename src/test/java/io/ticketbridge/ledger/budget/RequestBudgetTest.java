package io.ticketbridge.ledger.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to ServiceNow are counted by all replicas together (P19). */
class RequestBudgetTest {
    private final HandClock clock = new HandClock();
    private LedgerDatabase database;

    private RequestBudget budget(FreshDatabase kind, int most) {
        if (database == null) {
            database = kind.open();
        }
        return new RequestBudget(database, most == 0 ? OptionalInt.empty() : OptionalInt.of(most), flow -> true, clock);
    }

    @AfterEach
    void close() {
        FreshDatabase.close(database);
    }

    private static int spend(RequestBudget budget) {
        for (int taken = 0; ; taken++) {
            try {
                budget.take();
            } catch (BudgetSpent e) {
                return taken;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void two_replicas_with_many_threads_send_no_more_than_the_limit(FreshDatabase kind) throws Exception {
        List<Callable<Integer>> replicas = new ArrayList<>();
        for (int replica = 0; replica < 2; replica++) {
            RequestBudget budget = budget(kind, 200);
            for (int thread = 0; thread < 3; thread++) {
                replicas.add(() -> spend(budget));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(replicas.size());
        int taken = 0;
        for (Future<Integer> each : threads.invokeAll(replicas)) {
            taken += each.get();
        }
        threads.shutdown();

        assertThat(taken).isEqualTo(200);
    }

    @Test
    void no_hour_holds_more_than_the_limit_wherever_it_begins() {
        RequestBudget budget = budget(FreshDatabase.H2, 20);
        Random random = new Random(6);
        List<Instant> sent = new ArrayList<>();
        for (int step = 0; step < 600; step++) {
            clock.advance(Duration.ofSeconds(random.nextInt(90)));
            for (int tries = random.nextInt(4); tries > 0; tries--) {
                try {
                    budget.take();
                    sent.add(clock.instant());
                } catch (BudgetSpent e) {
                    assertThat(e.until()).isAfter(clock.instant());
                }
            }
        }

        assertThat(sent.size()).isGreaterThan(100);
        for (Instant begin : sent) {
            assertThat(sent.stream()
                            .filter(time -> !time.isBefore(begin) && time.isBefore(begin.plus(Duration.ofMinutes(61)))))
                    .hasSizeLessThanOrEqualTo(20);
        }
    }

    @Test
    void it_says_when_there_is_room_again_and_there_is() {
        RequestBudget budget = budget(FreshDatabase.H2, 5);
        spend(budget);
        clock.advance(Duration.ofMinutes(7));

        assertThatThrownBy(budget::take).isInstanceOfSatisfying(BudgetSpent.class, spent -> {
            clock.advance(Duration.between(clock.instant(), spent.until()).minusSeconds(1));
            assertThatThrownBy(budget::take).isInstanceOf(BudgetSpent.class);
            clock.advance(Duration.ofSeconds(1));
            budget.take();
        });
    }

    @Test
    void a_tenth_is_kept_back_for_what_is_urgent_and_one_for_reads() {
        RequestBudget budget = budget(FreshDatabase.H2, 100);
        for (int taken = 0; taken < 82; taken++) {
            budget.take();
        }
        clock.advance(Duration.ofMinutes(20));

        assertThat(budget.get()).isEqualTo(new Room(8, -2));
        assertThat(reads(budget)).isEqualTo(8);
        assertThat(budget.get()).isEqualTo(new Room(8, -2));
    }

    @Test
    void reads_leave_what_is_kept_for_urgent_ones() {
        RequestBudget budget = budget(FreshDatabase.H2, 600);
        int reads = 0;
        for (int minute = 0; minute < 62; minute++) {
            reads += reads(budget);
            for (int ordinary = budget.get().ordinary(); ordinary > 0; ordinary--) {
                budget.take();
            }
            assertThat(budget.get().urgent()).isGreaterThanOrEqualTo(60);
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(reads).isEqualTo(RequestBudget.readsOf(600)).isEqualTo(360);
        assertThat(budget.backlog().reads())
                .as("those of the first minute are an hour ago")
                .isEqualTo(300);
    }

    /** Finding of a review: after a storm nothing was read, and no ticket opened, until the hour was over. */
    @ParameterizedTest
    @ValueSource(ints = {10, 50, 600})
    void in_a_storm_with_polls_there_is_room_for_both_again_and_again(int most) {
        RequestBudget budget = budget(FreshDatabase.H2, most);
        Instant read = clock.instant();
        Instant opened = clock.instant();
        for (int minute = 0; minute < 200; minute++) {
            for (int ordinary = budget.get().ordinary(); ordinary > 0; ordinary--) {
                budget.take();
                opened = clock.instant();
            }
            if (reads(budget) > 0) {
                read = clock.instant();
            }
            assertThat(Duration.between(read, clock.instant())).isLessThanOrEqualTo(longest(most));
            assertThat(Duration.between(opened, clock.instant())).isLessThanOrEqualTo(longest(most));
            clock.advance(Duration.ofMinutes(1));
        }
    }

    /** With fewer requests an hour than ten minutes have room for at the least, pauses are longer. */
    private static Duration longest(int most) {
        return Duration.ofMinutes(most < 60 ? 62 : 12);
    }

    @Test
    void urgent_ones_in_thousands_leave_a_tenth_to_reads() {
        RequestBudget budget = budget(FreshDatabase.H2, 600);
        for (int urgent = budget.get().urgent(); urgent > 0; urgent--) {
            budget.take();
        }

        assertThat(budget.get()).extracting(Room::isSpent).isEqualTo(true);
        assertThat(reads(budget)).isEqualTo(10);

        clock.advance(Duration.ofMinutes(10));

        assertThat(reads(budget)).isEqualTo(10);
    }

    private static int reads(RequestBudget budget) {
        for (int taken = 0; ; taken++) {
            try {
                budget.takeForRead();
            } catch (BudgetSpent e) {
                return taken;
            }
        }
    }

    @Test
    void without_a_limit_nothing_is_counted() {
        RequestBudget budget = budget(FreshDatabase.H2, 0);
        budget.take();

        assertThat(budget.get()).isEqualTo(Room.UNLIMITED);
        assertThat(budget.backlog().isLimited()).isFalse();
        assertThat(database.jdbc().queryForObject("select count(*) from request_count", Long.class))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void what_was_sent_in_the_hour_before_a_limit_was_named_counts_as_well(FreshDatabase kind) {
        RequestBudget one = budget(kind, 0);
        RequestBudget two = budget(kind, 0);
        one.take();
        clock.advance(Duration.ofMinutes(70));
        one.take();
        two.take();
        two.take();
        clock.advance(Duration.ofMinutes(1));
        one.take();
        one.heard(10, "rule");

        assertThat(one.get().urgent()).isEqualTo(6);

        clock.advance(Duration.ofSeconds(2));

        assertThat(spend(two) + spend(one)).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void a_limit_that_servicenow_names_holds_for_every_replica(FreshDatabase kind) {
        RequestBudget one = budget(kind, 0);
        RequestBudget two = budget(kind, 500);
        one.heard(7, "rule");
        clock.advance(Duration.ofSeconds(2));

        assertThat(spend(two)).isEqualTo(7);
        assertThat(spend(one)).isZero();
    }

    @Test
    void of_several_rules_the_tightest_holds_until_it_is_gone() {
        RequestBudget budget = budget(FreshDatabase.H2, 0);
        budget.heard(100, "tables");
        budget.heard(10, "attachments");
        budget.heard(100, "tables");

        assertThat(budget.get().urgent()).isEqualTo(8);

        budget.heard(20, "attachments");

        assertThat(budget.get().urgent()).isEqualTo(15);

        clock.advance(Duration.ofHours(3));

        assertThat(budget.get()).isEqualTo(Room.UNLIMITED);
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void at_rest_nothing_is_sent_by_anyone(FreshDatabase kind) {
        RequestBudget one = budget(kind, 0);
        RequestBudget two = budget(kind, 0);
        one.rest(clock.instant().plusSeconds(90));
        one.rest(clock.instant().plusSeconds(30));
        clock.advance(Duration.ofSeconds(89));

        assertThat(two.get()).isEqualTo(Room.NONE);
        assertThatThrownBy(two::take).isInstanceOf(BudgetSpent.class);

        clock.advance(Duration.ofSeconds(1));
        two.take();
    }

    @Test
    void the_estimate_counts_what_was_sent_already() {
        RequestBudget budget = budget(FreshDatabase.H2, 100);
        for (int taken = 0; taken < 40; taken++) {
            budget.take();
        }
        clock.advance(Duration.ofMinutes(30));

        assertThat(budget.backlogOf(14).time()).isZero();
        assertThat(budget.backlogOf(14 + 80).time()).isEqualTo(Duration.ofMinutes(62));
        assertThat(budget.backlogOf(14 + 800).sentence())
                .isEqualTo(
                        "Requests to ServiceNow: 40 of 100 in the last hour; about 814 owed, through in about 10 h 20 min");
    }

    @Test
    void the_estimate_leaves_out_what_polls_use() {
        RequestBudget budget = budget(FreshDatabase.H2, 100);
        for (int taken = 0; taken < 40; taken++) {
            if (taken % 10 == 0) {
                clock.advance(Duration.ofMinutes(10));
            }
            budget.takeForRead();
        }
        clock.advance(Duration.ofMinutes(10));

        assertThat(budget.backlogOf(1000).time())
                .isGreaterThan(Duration.ofHours(19))
                .isLessThan(Duration.ofHours(21));
        assertThat(budget.backlogOf(1).sentence())
                .isEqualTo("Requests to ServiceNow: 40 of 100 in the last hour (40 for polls); about 1 owed");
    }
}
