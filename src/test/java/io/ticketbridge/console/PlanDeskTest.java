package io.ticketbridge.console;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.budget.Backlog;
import io.ticketbridge.ledger.letter.DeadLetters.Choice;
import io.ticketbridge.ledger.run.LedgerWorld;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is made behind a page comes to an end, whatever happens: else nobody could begin another until a restart. */
class PlanDeskTest {
    /** As of a template that calls itself. */
    private static final Desk SPENT = new Desk() {
        @Override
        public Optional<Instant> nextPoll(String flow) {
            return Optional.empty();
        }

        @Override
        public Backlog backlog() {
            return null;
        }

        @Override
        public List<String> replay(Choice choice) {
            throw new StackOverflowError("too deep");
        }

        @Override
        public PlanView plan() {
            throw new StackOverflowError("too deep");
        }
    };

    @Test
    void a_plan_that_an_error_ends_has_ended() {
        PlanDesk desk = new PlanDesk(SPENT, text -> text, Clock.systemUTC());
        desk.begin();

        await().atMost(Duration.ofSeconds(10)).until(() -> !desk.state().isRunning());

        assertThat(desk.state().error()).contains("too deep");
        assertThat(desk.begin()).contains("is being made");
    }

    @Test
    void so_has_a_replay() {
        try (LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("check"))) {
            long run = world.scan(fail("s3-public", "one")).id();
            world.deadLetters.unreadable(Flow.NAME, run, "unreadable", "no JSON", "{", UUID.randomUUID());
            Replaying replaying = new Replaying(SPENT, world.deadLetters.open(), text -> text, Clock.systemUTC());
            assertThat(replaying.begin("all", Choice.ALL)).isEqualTo(1);

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !replaying.state().isRunning());

            assertThat(replaying.state().error()).contains("too deep");
            assertThat(replaying.begin("all", Choice.ALL)).isEqualTo(1);
        }
    }
}
