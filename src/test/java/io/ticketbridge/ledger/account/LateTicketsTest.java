package io.ticketbridge.ledger.account;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.ManyGroups;
import io.ticketbridge.ledger.Plans;
import io.ticketbridge.ledger.report.LedgerReport;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Breaker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tickets that are delivered late: each is in the account of one run, and in what the command that closes it prints (P5). */
class LateTicketsTest {
    private static final Finding ONE = fail("s3-public", "one");
    private static final Finding TWO = fail("s3-public", "two");
    private static final Finding THREE = fail("s3-public", "three");

    private static LedgerWorld world(FreshDatabase database, Object... settings) {
        Map<String, String> given = settings.length == 0
                ? Map.of("group-by", "resource")
                : Map.of("group-by", "resource", (String) settings[0], (String) settings[1]);
        return new LedgerWorld(database.open(), Flow.with(given));
    }

    private static Map<Long, Account> closed(LedgerWorld world) {
        return world.runs.closeOwn().stream().collect(Collectors.toMap(Account::run, account -> account));
    }

    private static void assertFound(Account account, String... outcomes) {
        assertThat(account.addsUp()).as(account.toString()).isTrue();
        assertThat(account.findings().entrySet().stream()
                        .filter(found -> found.getValue() > 0)
                        .map(found -> found.getKey() + " " + found.getValue()))
                .containsExactlyInAnyOrder(outcomes);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_owed_when_the_next_pass_begins_is_opened_in_its_account_and_not_held(FreshDatabase database) {
        try (LedgerWorld world = world(database)) {
            Run slow = world.scan(ONE, TWO);
            world.deliver(ONE, Action.OPEN);

            Run next = world.scan(ONE, TWO, THREE);

            assertThat(closed(world)).as("both owe something").isEmpty();
            world.deliver(THREE, Action.OPEN);
            assertThat(closed(world)).containsOnlyKeys(next.id()).allSatisfy((run, account) -> {
                assertFound(account, "opened 1", "unchanged 2");
                assertThat(account.tickets()).containsEntry("opened", 1L);
            });
            world.deliver(TWO, Action.OPEN);
            assertThat(closed(world)).containsOnlyKeys(slow.id()).allSatisfy((run, account) -> {
                assertFound(account, "opened 2");
                assertThat(account.tickets()).containsEntry("opened", 2L);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_a_later_run_changes_keeps_what_became_of_it_and_the_rest_is_accounted_for_there(FreshDatabase database) {
        try (LedgerWorld world = world(database)) {
            Run slow = world.scan(ONE, TWO, THREE);
            world.deliver(ONE, Action.OPEN);

            Run next = world.scan(
                    pass("s3-public", "one"),
                    Findings.of("s3-public", "two").title("In other words").finding());
            world.deliver(TWO, Action.OPEN);
            world.deliver(ONE, Action.RESOLVE);
            Map<Long, Account> first = closed(world);
            world.deliver(THREE, Action.OPEN);

            assertThat(first).containsOnlyKeys(next.id());
            assertFound(first.get(next.id()), "opened 1", "resolved 1");
            Account last = closed(world).get(slow.id());
            assertFound(last, "opened 2", "unchanged 1");
            assertThat(last.tickets()).containsEntry("opened", 2L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_run_does_not_wait_for_what_a_later_one_brought_to_its_groups(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            Run first = world.scan(ONE);
            world.deliver(ONE, Action.OPEN);
            world.scan(ONE, TWO);

            assertThat(closed(world))
                    .containsOnlyKeys(first.id())
                    .allSatisfy((run, account) -> assertFound(account, "opened 1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_run_waits_for_a_group_that_a_later_one_took_over(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            Run first = world.scan(ONE);
            Run later = world.scan(ONE, TWO);
            assertThat(closed(world)).isEmpty();

            world.deliver(ONE, Action.OPEN);

            Map<Long, Account> closed = closed(world);
            assertFound(closed.get(first.id()), "opened 1");
            assertFound(closed.get(later.id()), "opened 1", "unchanged 1");
            assertThat(closed.get(first.id()).tickets()).containsEntry("opened", 0L);
            assertThat(closed.get(later.id()).tickets()).containsEntry("opened", 1L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_released_has_a_run_of_its_own_that_is_printed_with_its_tickets(FreshDatabase database) {
        try (LedgerWorld world = world(database)) {
            Instant begun = world.clock.instant();
            Run storm = world.scan(ONE, TWO);
            world.deliver(ONE, Action.OPEN);
            world.database.jdbc().update("update finding_group set pending = false, held = 'a storm' where pending");
            assertFound(closed(world).get(storm.id()), "opened 1", "held 1");

            assertThat(world.breakers.release(Flow.NAME)).isEqualTo(1);
            assertThat(world.breakers.release(Flow.NAME))
                    .as("nothing is held any more")
                    .isZero();
            world.deliver(TWO, Action.OPEN);

            // Nobody closes by schedule, as where a `run --once` follows.
            Map<Long, Account> closed = closed(world);
            assertThat(closed).hasSize(1).doesNotContainKey(storm.id()).allSatisfy((run, account) -> {
                assertThat(account.scan()).isEqualTo("what was released");
                assertThat(account.tickets()).containsEntry("opened", 1L);
                assertThat(account.wrote()).isTrue();
            });
            assertThat(new LedgerReport(world.database).writesOf(closed.keySet(), Set.of(), begun))
                    .extracting(LedgerReport.Write::number)
                    .containsExactly("INC2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_held_for_the_hour_goes_on_as_a_run_of_its_own(FreshDatabase database) {
        try (LedgerWorld world = world(database, "max-new-tickets-per-hour", "1")) {
            world.scan(ONE);
            world.database
                    .jdbc()
                    .update(
                            "update finding_group set pending = false, held = ?",
                            Breaker.NEW_TICKETS_PER_HOUR.reason());
            closed(world);
            world.clock.advance(Duration.ofHours(2));

            world.runs.drainHours();
            world.runs.drainHours();
            world.deliver(ONE, Action.OPEN);

            assertThat(closed(world).values()).singleElement().satisfies(account -> {
                assertThat(account.scan()).isEqualTo("what was held for the hour");
                assertThat(account.tickets()).containsEntry("opened", 1L);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_a_run_that_died_left_owed_is_work_of_the_next(FreshDatabase database) {
        try (LedgerWorld world = world(database)) {
            world.page(world.runs.begin(Flow.NAME, "it dies"), ONE);
            Run next = world.scan(ONE);
            world.deliver(ONE, Action.OPEN);

            Account account = closed(world).get(next.id());

            assertFound(account, "unchanged 1");
            assertThat(account.tickets()).containsEntry("opened", 1L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whether_runs_are_through_is_asked_of_groups_that_are_owed_and_not_of_findings_that_a_run_has(
            FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            new ManyGroups(world.database, Flow.NAME).pending("1", 5000, 1);
            world.database
                    .jdbc()
                    .update("update finding_group set pending = false, settled = 1 where label_key <> 'group-7'");

            for (String asked : List.of(SettledRuns.OWING, SettledRuns.WAITING)) {
                String plan = Plans.of(world.database, asked.replace("?", ":flow"), Map.of("flow", Flow.NAME));

                assertThat(plan.toLowerCase(Locale.ROOT))
                        .contains("finding_group_due")
                        .doesNotContain("finding_of_run")
                        .doesNotContain("seq scan on finding")
                        .doesNotContain("finding.tablescan");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_a_flow_owes_keeps_no_run_of_another_open(FreshDatabase database) {
        try (LedgerWorld world = world(database)) {
            Run owing = world.scan(ONE);
            Run none = world.runs.begin("other", "scan");
            world.runs.endReading(none);
            world.runs.endPass("other");

            assertThat(closed(world)).containsOnlyKeys(none.id());
            world.deliver(ONE, Action.OPEN);
            assertThat(closed(world)).containsOnlyKeys(owing.id());
        }
    }
}
