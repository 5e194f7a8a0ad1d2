package io.ticketbridge.ledger;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was sent and answered is forgotten; that it was written, and why, is not. And what is under way is found among all of it. */
class RetentionOfTextsTest {
    private static final int ROWS = 3;
    private static final String TEXTS = "action where request is not null";

    @ParameterizedTest
    @EnumSource
    void what_was_sent_long_ago_is_forgotten_and_that_it_was_is_not(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("resource"))) {
            Retention retention = new Retention(world.database, world.clock, ROWS);
            for (int number = 1; number <= 2 * ROWS + 1; number++) {
                opened(world, "old-" + number);
            }
            world.clock.advance(Duration.ofDays(2));
            opened(world, "new");

            retention.forgetFindings(1);

            assertThat(world.count("action")).isEqualTo(2 * ROWS + 2);
            assertThat(world.count("action where reason = 'as told' and reference is not null"))
                    .isEqualTo(2 * ROWS + 2);
            assertThat(world.count(TEXTS)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_known_to_be_written_keeps_what_was_sent(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("resource"))) {
            Retention retention = new Retention(world.database, world.clock, ROWS);
            world.scan(fail("s3-public", "one"));
            world.intend(world.claim(fail("s3-public", "one")), new Decision(Action.OPEN, 1, "as told"));
            world.clock.advance(Duration.ofDays(2));

            retention.forgetFindings(1);

            assertThat(world.count(TEXTS)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_under_way_is_counted_by_its_index(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("resource"))) {
            opened(world, "one");
            world.database
                    .jdbc()
                    .update(
                            """
                            insert into action (group_id, generation, flow, run_id, kind, reason, reference, version, state, intended_at)
                            select a.group_id, 1, a.flow, 1, a.kind, a.reason, cast(n.x as varchar), 1, 'done', a.intended_at
                            from action a, (select * from %s) as n(x)"""
                                    .formatted(
                                            kind == FreshDatabase.H2
                                                    ? "system_range(1, 5000)"
                                                    : "generate_series(1, 5000)"));

            assertThat(Plans.of(world.database, RequestBudget.INTENDED, Map.of())
                            .toLowerCase(Locale.ROOT))
                    .contains("action_open");
        }
    }

    private static void opened(LedgerWorld world, String resource) {
        Finding finding = fail("s3-public", resource);
        world.scan(finding);
        world.deliver(finding, Action.OPEN);
    }
}
