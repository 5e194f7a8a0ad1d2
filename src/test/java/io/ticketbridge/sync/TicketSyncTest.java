package io.ticketbridge.sync;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.SyncPlans;
import io.ticketbridge.ticket.TicketRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of a look at both sides once its writes are done (P24, P26). */
class TicketSyncTest {
    private static final Finding ONE = fail("check-1", "one");
    private static final Set<SyncField> STATUS = Set.of(SyncField.STATUS);

    private final LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("check"));
    private final Pairs pairs = new Pairs(world.database, world.clock);
    private final TicketSync sync = new TicketSync(Flow.settings(Map.of()), pairs);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void who_writes_beside_a_write_that_is_not_taken_is_looked_at_and_a_rule_that_does_so_each_time_is_not() {
        GroupCase claimed = paired(Map.of(), Map.of());

        agree(claimed, "Closed", 7, 9, STATUS);
        assertThat(mark(claimed)).as("the look sees 9").isEqualTo("at 7");

        agree(claimed, "Closed", 9, 11, STATUS);
        assertThat(mark(claimed)).as("the second time it is the rule").isEqualTo("at 11");

        agree(claimed, "Open", 11, 13, STATUS);
        assertThat(mark(claimed)).as("another value").isEqualTo("at 11");
    }

    @Test
    void a_write_that_is_not_taken_and_that_nobody_overtook_needs_no_look() {
        GroupCase claimed = paired(Map.of(), Map.of());

        agree(claimed, "Closed", 7, 8, STATUS);

        assertThat(mark(claimed)).isEqualTo("at 8");
    }

    @Test
    void a_raise_that_is_not_taken_stays_news_also_where_the_severity_was_told_in_words_before() {
        GroupCase claimed = paired(Map.of(SyncField.PRIORITY, new Both("", "3")), Map.of("severity", "medium"));
        SyncPlan plan = plan(
                Map.of(SyncField.PRIORITY, "critical"),
                new Agreement(
                        Map.of(SyncField.PRIORITY, new Both("critical", null)),
                        Map.of("severity", "critical"),
                        Map.of()));

        sync.agree(
                pairs.of(claimed),
                plan,
                record(7, Map.of(SyncField.PRIORITY, "3")),
                record(8, Map.of(SyncField.PRIORITY, "3")),
                false,
                Set.of(SyncField.PRIORITY));

        assertThat(pairs.of(claimed).agreement().fields()).containsEntry(SyncField.PRIORITY, new Both("medium", "3"));
    }

    private void agree(GroupCase claimed, String status, int before, int after, Set<SyncField> untaken) {
        SyncPlan plan = plan(
                Map.of(SyncField.STATUS, status),
                new Agreement(Map.of(SyncField.STATUS, new Both(status, null)), Map.of(), Map.of()));
        Map<SyncField, String> fields = Map.of(SyncField.STATUS, "2");
        Pair pair = pairs.of(claimed);
        sync.agree(pair, plan, record(before, fields), record(after, fields), false, untaken);
    }

    private String mark(GroupCase claimed) {
        return pairs.of(claimed).mark();
    }

    private GroupCase paired(Map<SyncField, Both> fields, Map<String, String> attributes) {
        world.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.left("update finding_group set pending = true");
        GroupCase claimed = world.claim(ONE);
        pairs.opened(claimed, 1, new Agreement(fields, attributes, Map.of()), "at 7", List.of());
        return claimed;
    }

    private static TicketRecord record(int updates, Map<SyncField, String> fields) {
        return new TicketRecord(
                true, Phase.OPEN, fields, Map.of(), Map.of(), List.of(), false, List.of(), "at " + updates);
    }

    private static SyncPlan plan(Map<SyncField, String> toServiceNow, Agreement agreed) {
        return SyncPlans.of(Action.UPDATE, "as told", toServiceNow, List.of(), agreed);
    }
}
