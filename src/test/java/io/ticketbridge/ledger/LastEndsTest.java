package io.ticketbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.pass.PassFailures;
import io.ticketbridge.ledger.pass.Scans;
import io.ticketbridge.ledger.report.LedgerFigures;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.observe.FlowsHealth;
import io.ticketbridge.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessResourceFailureException;

class LastEndsTest {
    private final HandClock clock = new HandClock();

    @ParameterizedTest
    @EnumSource
    void a_failure_is_named_until_any_replica_has_passed_it(FreshDatabase kind) {
        LedgerDatabase database = kind.open();
        try {
            LastEnds one = new LastEnds(database, clock);
            LastEnds other = new LastEnds(database, clock);
            one.passFailed("cases", "the key was revoked");
            assertThat(other.failure("cases")).contains("the key was revoked");
            assertThat(other.failure("alerts")).isEmpty();

            other.passEnded("cases");

            assertThat(one.failure("cases")).isEmpty();
        } finally {
            FreshDatabase.close(database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_pass_that_waits_for_room_is_told_until_it_ends(FreshDatabase kind) {
        LedgerDatabase database = kind.open();
        try {
            LastEnds ends = new LastEnds(database, clock);
            FlowsHealth health = new FlowsHealth(new LastEnds(database, clock), List.of("cases", "scans"));
            Instant until = clock.instant().plus(Duration.ofMinutes(7));
            ends.passEnded("scans");
            ends.passWaits("cases", until);

            assertThat(message(health))
                    .isEqualTo(
                            "The last pass of each flow ended well; waiting for the rate budget: cases until " + until);
            assertThat(health.call().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(figures(database).of("cases").waitsUntil()).isEqualTo(until);
            assertThat(read(database)).isEqualTo(clock.instant());

            ends.passEnded("cases");

            assertThat(message(health)).isEqualTo("The last pass of each flow ended well");

            ends.passWaits("cases", until);
            clock.advance(Duration.ofMinutes(7));

            assertThat(message(health))
                    .as("whoever waited goes on, or died")
                    .isEqualTo("The last pass of each flow ended well");
        } finally {
            FreshDatabase.close(database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_pass_that_found_nothing_new_has_read_its_source(FreshDatabase kind) {
        LedgerDatabase database = kind.open();
        try {
            LastEnds ends = new LastEnds(database, clock);
            ends.passFailed("scans", "the folder is away");
            assertThat(read(database)).isNull();

            ends.passEnded("scans");

            assertThat(read(database)).isEqualTo(clock.instant());
        } finally {
            FreshDatabase.close(database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_never_done_is_due_once_the_ledger_is_old_enough(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("resource"))) {
            LastEnds ends = new LastEnds(world.database, world.clock);
            assertThat(ends.isDue("sweep", Duration.ofDays(1))).isFalse();
            world.scan();
            assertThat(ends.isDue("sweep", Duration.ofDays(1))).isFalse();
            world.clock.advance(Duration.ofDays(2));
            assertThat(ends.isDue("sweep", Duration.ofDays(1))).isTrue();

            ends.ended("sweep");

            assertThat(ends.isDue("sweep", Duration.ofDays(1))).isFalse();
            assertThat(ends.isDue("forget-old", Duration.ofDays(1))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_replay_is_no_pass_over_the_source(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("resource"))) {
            Exchange pass = ofFlow();
            scans(world).beginPass(pass);
            scans(world).endPass(pass);
            Instant read = world.clock.instant();
            scans(world).beginPass(pass);
            pass.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("the key was revoked"));
            failures(world).fail(pass);

            world.clock.advance(Duration.ofHours(4));
            world.runs.endReading(world.runs.begin(Flow.NAME, "replay"));
            scans(world).endPass(ofFlow());

            assertThat(new LastEnds(world.database, world.clock).failure(Flow.NAME))
                    .contains("the key was revoked");
            assertThat(figures(world.database).of(Flow.NAME).lastRead()).isEqualTo(read);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_bad_file_that_is_imported_is_no_failing_pass(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("resource"))) {
            Exchange read = ofFlow();
            read.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("no findings"));
            failures(world).fail(read);

            assertThat(new LastEnds(world.database, world.clock).failure(Flow.NAME))
                    .isEmpty();
        }
    }

    /** The sweep, for one. */
    @Test
    void what_the_schedule_does_beside_the_flows_is_named_by_its_route() {
        try (LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("resource"));
                CapturedLog log = new CapturedLog()) {
            Exchange work = LedgerWorld.exchange("");
            work.getExchangeExtension().setFromRouteId("sweep");
            work.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("no token"));
            failures(world).fail(work);

            assertThat(log.lines(Level.ERROR)).singleElement().satisfies(line -> assertThat(line)
                    .contains("route=sweep", "no token")
                    .doesNotContain("null"));
        }
    }

    /** What a thread of the schedule does after that is of another run, or of none (P32). */
    @Test
    void a_pass_that_an_outage_ends_is_not_followed_any_further() {
        try (LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("resource"))) {
            Exchange pass = ofFlow();
            scans(world).begin(pass, "scan");
            assertThat(MDC.get("run")).isNotNull();
            pass.setProperty(Exchange.EXCEPTION_CAUGHT, new DataAccessResourceFailureException("the ledger is gone"));

            failures(world).fail(pass);

            assertThat(MDC.get("run")).isNull();
        }
    }

    @Test
    void a_pass_does_not_begin_on_the_trail_of_another() {
        try (LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("resource"))) {
            Trail.OF_RUNS.follow(58);

            scans(world).beginPass(ofFlow());

            assertThat(MDC.get("run")).isNull();
        }
    }

    private static Exchange ofFlow() {
        Exchange exchange = LedgerWorld.exchange("");
        exchange.setProperty("flow", Flow.NAME);
        return exchange;
    }

    /** Those of a process of its own. */
    private static Scans scans(LedgerWorld world) {
        return new Scans(
                world.runs,
                new Watermarks(world.database, world.clock),
                world.deadLetters,
                null,
                RunListener.NONE,
                failures(world),
                Trail.OF_RUNS,
                null);
    }

    private static PassFailures failures(LedgerWorld world) {
        return new PassFailures(world.runs, world.pages, RunListener.NONE, text -> text, Trail.OF_RUNS);
    }

    private static String message(FlowsHealth health) {
        return health.call().getMessage().orElseThrow();
    }

    private Instant read(LedgerDatabase database) {
        return figures(database).of("scans").lastRead();
    }

    private LedgerFigures figures(LedgerDatabase database) {
        return LedgerFigures.of(database, new RequestBudget(database, OptionalInt.empty(), flow -> true, clock));
    }
}
