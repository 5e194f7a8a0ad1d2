package io.ticketbridge.ledger.ticket;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.OnRecurrence;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.policy.FlowPolicy;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever scans, people, crashes and changed settings bring on: what fails and has no ticket that blocks is not forgotten (P7). */
class LooseEndsPropertiesTest {
    private static LedgerWorld world;
    private static int checks;

    /** One group of two findings to itself. */
    private static final class History {
        private final String check = "check-" + ++checks;
        private final Finding one = fail(check, "one");
        private final List<String> story = new ArrayList<>();

        void take(String step) {
            story.add(step);
            switch (step) {
                case "both fail" -> scan(one, fail(check, "two"));
                case "one fails" -> scan(one, pass(check, "two"));
                case "none fails" -> scan(pass(check, "one"), pass(check, "two"));
                case "deliver" -> world.work(group());
                case "deliver, killed before the answer" -> killed();
                case "resolved" -> people("6", Phase.RESOLVED);
                case "closed" -> people("7", Phase.CLOSED);
                case "deleted" -> people("", Phase.DELETED);
                case "opened again" -> people("2", Phase.OPEN);
                default -> set(step);
            }
        }

        private java.util.UUID group() {
            return world.groupOf(one);
        }

        private void scan(Finding... findings) {
            world.look();
            world.scan(findings);
        }

        /** What was sent is found by the look-up, after a pass has read how far the tickets have come. */
        private void killed() {
            world.groups.claim(group()).ifPresent(claimed -> {
                Decision decision = new FlowPolicy(world.tickets, world.clock).decide(claimed, world.flow);
                if (decision.action() == Action.NOTHING || decision.action() == Action.HOLD) {
                    world.settleNothing(claimed);
                    return;
                }
                world.intend(claimed, decision);
                people("6", Phase.RESOLVED);
                world.look();
                world.clock.advance(LedgerWorld.LEASE.plusSeconds(1));
                GroupCase again = world.groups.claim(group()).orElseThrow();
                Intent found = again.intent().orElseThrow();
                world.record(again, found);
                world.intents.done(found);
                world.groups.settle(again, found.version());
            });
        }

        /** What a pass reads: what is closed for good is not asked for again. */
        private void people(String state, Phase phase) {
            world.tickets
                    .latest(group())
                    .filter(ticket ->
                            ticket.sysId() != null && ticket.phase() != Phase.CLOSED && ticket.phase() != Phase.DELETED)
                    .ifPresent(ticket -> world.people(one, state, phase));
        }

        String told() {
            return String.join(", ", story);
        }
    }

    private static void set(String recurrence) {
        world.flow = Flow.with(Map.of("group-by", "check", "on-recurrence", recurrence));
    }

    @AfterContainer
    static void close() {
        world.close();
        world = null;
    }

    @Property(tries = 50)
    void what_fails_and_has_no_ticket_that_blocks_is_brought_by_the_next_scan(@ForAll("histories") List<String> steps) {
        if (world == null) {
            world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("check"));
        }
        History history = new History();
        set("comment");
        for (String step :
                Stream.concat(Stream.of("both fail", "deliver"), steps.stream()).toList()) {
            history.take(step);
            world.look();
            assertThat(forgotten()).as(history::told).isZero();
        }
    }

    /** A comment is an answer as long as its ticket is not closed for good. */
    private static long forgotten() {
        return world.count(
                """
                finding_group g join ticket t on t.group_id = g.id and t.reached
                where not g.released and not g.pending and g.held is null and not g.dead
                  and (t.phase in ('CLOSED', 'DELETED') or not ?)
                  and exists (select 1 from finding f where f.group_id = g.id and f.result = 0)
                  and not exists (select 1 from ticket later where later.group_id = g.id and later.generation > t.generation)""",
                world.flow.onRecurrence() == OnRecurrence.COMMENT);
    }

    @Provide
    Arbitrary<List<String>> histories() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.of("both fail", "one fails", "none fails")),
                        Tuple.of(5, Arbitraries.of("deliver", "deliver", "deliver, killed before the answer")),
                        Tuple.of(4, Arbitraries.of("resolved", "closed", "deleted", "opened again")),
                        Tuple.of(1, Arbitraries.of("comment", "new-ticket", "reopen")))
                .list()
                .ofMaxSize(14);
    }
}
