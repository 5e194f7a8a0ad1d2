package io.ticketbridge.ledger.letter;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.letter.DeadLetters.DeadLetter;
import io.ticketbridge.ledger.pass.Replays;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Intent;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A refused file beside columns that were not taken: each is owed until it is there (P17, P20). */
class LettersOfFilesTest {
    private static final Finding ONE = fail("s3-public", "one");

    private static void dies(LedgerWorld world, String kind) {
        world.deadLetters.refused(Flow.NAME, 1, kind, world.groupOf(ONE), "refused", "what was sent");
    }

    private static List<String> open(LedgerWorld world) {
        return world.deadLetters.open().of(10).stream().map(DeadLetter::kind).toList();
    }

    @ParameterizedTest
    @EnumSource
    void a_refused_file_leaves_the_letter_of_columns_and_its_replay_sends_them_again(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            world.scan(ONE);
            GroupCase claimed = world.claim(ONE);
            Intent intent = world.intend(claimed, new Decision(Action.OPEN, 1, "no ticket yet"));
            world.record(claimed, intent, Map.of("u_owner", "anna", "correlation_id", "tb-1"));
            world.intents.done(intent);
            world.groups.settle(claimed, intent.version());

            dies(world, "not-taken");
            dies(world, DeadLetters.REFUSED_FILE);
            dies(world, DeadLetters.REFUSED_FILE);
            assertThat(open(world)).containsExactly("not-taken", DeadLetters.REFUSED_FILE);

            Exchange exchange = LedgerWorld.exchange(null);
            exchange.setProperty("flow", Flow.NAME);
            new Replays(
                            world.database,
                            world.runs,
                            world.deadLetters,
                            new History(world.database, world.clock),
                            world.clock)
                    .begin(exchange, List.of(world.deadLetters.open().of(10).get(1)));
            assertThat(world.count("ticket where sent_fields like '%u_owner%'")).isZero();
            assertThat(world.count("ticket where sent_fields like '%tb-1%'")).isEqualTo(1);
        }
    }
}
