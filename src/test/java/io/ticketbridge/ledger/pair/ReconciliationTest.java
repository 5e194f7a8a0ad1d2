package io.ticketbridge.ledger.pair;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.pair.Reconciliation.Comparison;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.TicketFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the comparison of both sides makes of what happens meanwhile (P26). */
class ReconciliationTest {
    private static final Finding ENDS = fail("check-1", "one");
    private static final Finding GONE = fail("check-2", "one");
    private static final Finding DRIFTS = fail("check-3", "one");

    @Test
    void a_pair_that_ends_while_it_is_compared_keeps_no_other_from_being_repaired() {
        try (LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("check"))) {
            Pairs pairs = new Pairs(world.database, world.clock);
            Reconciliation reconciliation = new Reconciliation(
                    world.database,
                    pairs,
                    world.pairedSources(),
                    (finding, flow) -> Set.of(world.groupOf(finding)),
                    world.clock);
            world.scan(ENDS, GONE, DRIFTS);
            Map<Finding, GroupCase> paired = new LinkedHashMap<>();
            List.of(ENDS, GONE, DRIFTS).forEach(finding -> paired.put(finding, paired(world, pairs, finding)));
            Comparison comparison = reconciliation.begin(Flow.NAME);
            reconciliation.tickets(
                    comparison,
                    paired.values().stream()
                            .map(group -> new TicketFacts(group.latest().orElseThrow(), true, Map.of(), "mark"))
                            .toList());
            List.of(ENDS, GONE).forEach(finding -> pairs.end(pairs.of(paired.get(finding)), "the case is gone"));

            reconciliation.sources(comparison, List.of(ENDS));
            reconciliation.end(comparison);

            assertThat(world.count("reconciliation where pairs = 3 and drifted = 1"))
                    .isEqualTo(1);
            assertThat(world.count("pair where seen_mark = '?' and ended is null"))
                    .as("the one that drifted, and the one that is read after all")
                    .isEqualTo(2);
            assertThat(world.count("pair where ended is not null")).isEqualTo(1);
        }
    }

    @Test
    void a_column_that_is_empty_or_may_not_be_read_any_more_is_no_drift() {
        try (LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("check"))) {
            Pairs pairs = new Pairs(world.database, world.clock);
            Reconciliation reconciliation = new Reconciliation(
                    world.database,
                    pairs,
                    world.pairedSources(),
                    (finding, flow) -> Set.of(world.groupOf(finding)),
                    world.clock);
            Map<Finding, Map<SyncField, String>> shown = Map.of(
                    ENDS,
                    Map.of(),
                    GONE,
                    Map.of(SyncField.DESCRIPTION, ""),
                    DRIFTS,
                    Map.of(SyncField.DESCRIPTION, "new"));
            world.scan(ENDS, GONE, DRIFTS);
            Comparison comparison = reconciliation.begin(Flow.NAME);
            shown.forEach((finding, fields) -> reconciliation.tickets(
                    comparison,
                    List.of(new TicketFacts(
                            paired(
                                            world,
                                            pairs,
                                            finding,
                                            Map.of(SyncField.DESCRIPTION, new Both(finding.description(), "old")))
                                    .latest()
                                    .orElseThrow(),
                            true,
                            fields,
                            "mark"))));
            reconciliation.sources(comparison, List.of(ENDS, GONE, DRIFTS));
            reconciliation.end(comparison);

            assertThat(world.count("pair where seen_mark = '?'")).isEqualTo(1);
        }
    }

    @Test
    void what_the_pages_did_not_have_is_asked_for_by_its_id_once() {
        try (LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("resource"))) {
            Pairs pairs = new Pairs(world.database, world.clock);
            Reconciliation reconciliation = new Reconciliation(
                    world.database,
                    pairs,
                    world.pairedSources(),
                    (finding, flow) -> Set.of(world.groupOf(finding)),
                    world.clock);
            List<Finding> alerts = IntStream.range(0, 13)
                    .mapToObj(i -> of("alert", "WB-" + i)
                            .attributes(Map.of("alert", "WB-" + i))
                            .finding())
                    .toList();
            world.scan(alerts.toArray(SourceRecord[]::new));
            Comparison comparison = reconciliation.begin(Flow.NAME);
            alerts.forEach(alert -> reconciliation.tickets(
                    comparison,
                    List.of(new TicketFacts(
                            paired(world, pairs, alert).latest().orElseThrow(), true, Map.of(), "mark"))));
            reconciliation.sources(
                    comparison, List.of(alerts.get(0), of("alert", "WB-99").finding()));

            List<String> missing = new ArrayList<>(reconciliation.missing(comparison));
            assertThat(missing).hasSize(10);
            reconciliation.sources(comparison, List.of(alerts.get(1)));
            missing.addAll(reconciliation.missing(comparison));
            assertThat(missing).hasSize(12).doesNotHaveDuplicates().doesNotContain("WB-0");
            assertThat(reconciliation.missing(comparison)).isEmpty();
            reconciliation.end(comparison);

            assertThat(world.count("reconciliation where pairs = 13 and drifted = 11"))
                    .isEqualTo(1);
        }
    }

    private static GroupCase paired(LedgerWorld world, Pairs pairs, Finding finding) {
        return paired(world, pairs, finding, Map.of());
    }

    private static GroupCase paired(LedgerWorld world, Pairs pairs, Finding finding, Map<SyncField, Both> fields) {
        GroupCase claimed = world.claim(finding);
        Intent intent = world.intend(claimed, new Decision(Action.OPEN, 1, "as told"));
        world.record(claimed, intent);
        pairs.opened(claimed, 1, new Agreement(fields, Map.of(), Map.of()), "mark", List.of());
        GroupCase paired = world.groups.reload(claimed);
        world.intents.done(intent);
        world.groups.settle(claimed, intent.version());
        return paired;
    }
}
