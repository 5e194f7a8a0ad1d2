package io.ticketbridge.ledger.pair;

import static io.ticketbridge.finding.Findings.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Digest;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.identity.Origin;
import io.ticketbridge.ledger.pair.Reconciliation.Comparison;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A case that is not seen any more, for a while or since its flow reads elsewhere, ends nothing for ever (P26, P27). */
class PairedSourcesTest {
    private static final Origin OURS = tenant("vision-one-cases", "ours");
    private static final Origin OTHER = tenant("vision-one-cases", "another");
    private static final Instant OPENED = Instant.parse("2026-03-01T10:00:00Z");
    private static final Finding CASE = of("case", "CL-1")
            .scope(OURS.scope())
            .attributes(Map.of("case", "CL-1"))
            .observedAt(OPENED)
            .finding();

    private final LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("check"));
    private final Pairs pairs = new Pairs(world.database, world.clock);
    private final PairedSources sources = world.pairedSources();

    @AfterEach
    void close() {
        world.close();
    }

    private static Origin tenant(String source, String owner) {
        return new Origin(source, "main", "vision-one:main", Digest.of("https://xdr.example"), owner);
    }

    @Test
    void a_pair_that_ended_without_its_case_begins_again_when_that_is_read() {
        GroupCase claimed = paired();
        pairs.end(pairs.of(claimed), "the case CL-1 is not in Vision One any more");
        long version = pairs.of(claimed).version();

        sources.read(Flow.NAME, List.of(of("other", "CL-2").finding()));
        assertThat(pairs.of(claimed).isOver()).isTrue();
        sources.read(Flow.NAME, List.of(new Findings(CASE).with(Result.PASS).finding()));

        assertThat(pairs.of(claimed).isOver()).isFalse();
        assertThat(pairs.of(claimed).version()).isEqualTo(version + 1);
        assertThat(world.count("pair where seen_mark = '?'")).isEqualTo(1);
    }

    @Test
    void one_whose_ticket_is_deleted_waits_for_that() {
        GroupCase claimed = paired();
        pairs.end(pairs.of(claimed), "INC1 is not in ServiceNow any more");
        world.people(CASE, "", Phase.DELETED);

        sources.read(Flow.NAME, List.of(CASE));

        assertThat(pairs.of(claimed).isOver()).isTrue();
    }

    @Test
    void a_flow_that_reads_another_tenant_asks_it_for_no_case_of_before_and_takes_none_for_gone() {
        world.origin = OURS;
        GroupCase claimed = paired();
        world.clock.advance(Duration.ofHours(1));
        world.origin = OTHER;

        assertThat(drifted(claimed)).isZero();
        Pair rests = sources.pair(claimed);
        assertThat(rests.ended().orElseThrow())
                .endsWith("INC1 rests until the flow reads that again")
                .contains("flow compliance reads vision-one-cases main now");
        world.scan();
        assertThat(sources.pair(claimed).ended()).isEqualTo(rests.ended());

        world.clock.advance(Duration.ofHours(1));
        world.origin = OURS;
        world.scan(CASE);
        sources.read(Flow.NAME, List.of(CASE));

        assertThat(sources.pair(claimed).isOver()).isFalse();
        assertThat(drifted(claimed)).isEqualTo(1);
    }

    @Test
    void a_flow_that_reads_alerts_by_now_asks_for_no_case() {
        world.origin = OURS;
        GroupCase claimed = paired();
        world.origin = tenant("vision-one-alerts", "ours");

        assertThat(drifted(claimed)).isZero();
        assertThat(sources.pair(claimed).isOver()).isTrue();
    }

    @Test
    void a_case_that_is_missing_where_its_flow_reads_is_drift() {
        world.origin = OURS;

        assertThat(drifted(paired())).isEqualTo(1);
    }

    @Test
    void a_look_that_was_asked_for_is_not_taken_back_by_a_poll_that_sees_nothing_new() {
        world.origin = OURS;
        GroupCase claimed = paired();
        drifted(claimed);
        Ticket ticket = claimed.latest().orElseThrow();

        pairs.seen(ticket, "mark");
        assertThat(seenMark()).isEqualTo("?");

        pairs.seen(ticket, "another");
        assertThat(seenMark()).isEqualTo("another");
    }

    private String seenMark() {
        return world.database.jdbc().queryForObject("select seen_mark from pair", String.class);
    }

    @Test
    void what_changes_on_an_open_case_is_activity_though_nobody_is_told_of_it() {
        GroupCase claimed = paired();
        Instant touched = OPENED.plus(Duration.ofDays(30));
        Pair pair = pairs.of(claimed);
        pairs.agree(pair, pair.agreement(), "mark", "", OPENED, List.of());

        sources.read(Flow.NAME, List.of(new Findings(CASE).observedAt(touched).finding()));
        sources.read(Flow.NAME, List.of(CASE));
        sources.read(
                Flow.NAME,
                List.of(new Findings(CASE)
                        .with(Result.PASS)
                        .observedAt(touched.plus(Duration.ofDays(40)))
                        .finding()));
        assertThat(pairs.of(claimed).sourceUpdatedAt()).isEqualTo(touched);

        Pair again = pairs.of(claimed);
        pairs.agree(again, again.agreement(), "mark", "", OPENED, List.of());
        assertThat(pairs.of(claimed).sourceUpdatedAt())
                .as("a look that began before the case was touched")
                .isEqualTo(touched);
    }

    /** How many pairs differ, where the source names no case that is open. */
    private long drifted(GroupCase claimed) {
        Reconciliation reconciliation =
                new Reconciliation(world.database, pairs, sources, (finding, flow) -> Set.of(), world.clock);
        Comparison comparison = reconciliation.begin(Flow.NAME);
        if (!pairs.of(claimed).isOver()) {
            Pair pair = pairs.of(claimed);
            pairs.agree(pair, pair.agreement(), "mark", "mark", OPENED, List.of());
        }
        reconciliation.tickets(
                comparison, List.of(new TicketFacts(claimed.latest().orElseThrow(), true, Map.of(), "mark")));
        reconciliation.sources(comparison, List.of());
        reconciliation.end(comparison);
        return world.database
                .jdbc()
                .queryForObject("select drifted from reconciliation order by id desc limit 1", Long.class);
    }

    private GroupCase paired() {
        world.scan(CASE);
        GroupCase claimed = world.claim(CASE);
        Intent intent = world.intend(claimed, new Decision(Action.OPEN, 1, "as told"));
        world.record(claimed, intent);
        pairs.opened(claimed, 1, new Agreement(Map.of(), Map.of(), Map.of()), "mark", List.of());
        GroupCase paired = world.groups.reload(claimed);
        world.intents.done(intent);
        world.groups.settle(claimed, intent.version());
        return paired;
    }
}
