package io.ticketbridge.ledger.budget;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.ManyGroups;
import io.ticketbridge.ledger.Plans;
import io.ticketbridge.ledger.run.Absences;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ledger.run.Runs;
import io.ticketbridge.ticket.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ranking reads, and that its order is the one that is told (P19). */
class UrgenciesTest {
    private static final int MANY = 5000;

    @ParameterizedTest
    @EnumSource
    void what_is_critical_comes_first_and_what_is_ranked_rightly_is_left_alone(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            ManyGroups many = new ManyGroups(world.database, Flow.NAME);
            many.pending("1", 3, Severity.HIGH.ordinal());
            many.pending("2", 2, Severity.CRITICAL.ordinal());
            new ManyGroups(world.database, "other").pending("3", 1, Severity.CRITICAL.ordinal());

            new Urgencies(world.database).rank(Flow.NAME);
            assertThat(ranks(world)).containsExactly(0, 0, 2, 2, 2, 2);

            new Urgencies(world.database).rank(null);
            assertThat(ranks(world)).containsExactly(0, 0, 0, 2, 2, 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_no_longer_fails_is_closed_first_and_what_changes_a_ticket_comes_last(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            for (String check : List.of("fixed", "open")) {
                world.scan(fail(check, "one"));
                world.deliver(fail(check, "one"), Action.OPEN);
            }
            world.scan(pass("fixed", "one"), fail("open", "two"), fail("new", "one"));

            new Urgencies(world.database).rank(Flow.NAME);

            assertThat(world.database
                            .jdbc()
                            .queryForList(
                                    "select label from finding_group where pending order by urgency", String.class))
                    .containsExactly("fixed", "new", "open");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_pair_in_step_comes_before_what_opens_and_that_before_what_changes(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            Finding pair = fail("in-step", "one");
            Finding ended = fail("once-in-step", "one");
            world.scan(pair, ended);
            world.deliver(pair, Action.OPEN);
            world.deliver(ended, Action.OPEN);
            pair(world, pair, null);
            pair(world, ended, "the case is gone");
            world.scan(fail("new", "one"));
            world.database.jdbc().update("update finding_group set pending = true, urgency = 2");

            new Urgencies(world.database).rank(Flow.NAME);

            assertThat(world.database
                            .jdbc()
                            .queryForList("select label from finding_group order by urgency, label", String.class))
                    .containsExactly("in-step", "new", "once-in-step");
            assertThat(ranks(world)).containsExactly(1, 2, Urgencies.LEAST);
        }
    }

    private static void pair(LedgerWorld world, Finding finding, String ended) {
        world.database
                .jdbc()
                .update(
                        "insert into pair (group_id, generation, flow, agreement, version, closed, mark, seen_mark, agreed_at, ended)"
                                + " values (?, 1, ?, '{}', 1, false, 'a', 'b', current_timestamp, ?)",
                        world.groupOf(finding),
                        Flow.NAME,
                        ended);
    }

    @ParameterizedTest
    @EnumSource
    void all_is_ranked_before_the_first_can_be_handed_out(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            List<Integer> ranksAtTheEnd = new ArrayList<>();
            Runs runs = new Runs(
                    world.database,
                    world.accounts,
                    new Absences(world.database, world.clock),
                    flow -> {
                        ranksAtTheEnd.addAll(ranks(world));
                        return new FlowFacts("check", false, 10, OptionalInt.empty(), false);
                    },
                    world.clock);
            Run run = runs.begin(Flow.NAME, "scan");
            runs.endReading(run);
            new ManyGroups(world.database, Flow.NAME).pending("1", 2, Severity.CRITICAL.ordinal());
            ranksAtTheEnd.clear();

            runs.endPass(Flow.NAME);

            assertThat(ranksAtTheEnd).containsExactly(0, 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ranking_reads_no_row_of_a_finding(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            world.scan(fail("s3-public", "one"));
            new ManyGroups(world.database, Flow.NAME).pending("1", MANY, Severity.HIGH.ordinal());
            world.database.jdbc().update("update finding_group set pending = false where label_key <> 'group-1'");

            String plan = Plans.of(
                    world.database,
                    Urgencies.WRONG_OF_FLOW,
                    Map.of("critical", Severity.CRITICAL.ordinal(), "flow", Flow.NAME));

            assertThat(plan)
                    .doesNotContainIgnoringCase("finding.tableScan")
                    .doesNotContain("Seq Scan on finding f")
                    .contains(
                            world.database.isH2()
                                    ? "PUBLIC.FINDING_OF_GROUP: "
                                    : "Index Only Scan using finding_of_group");
            assertThat(columns(world, "finding_of_group"))
                    .as("all that ranking asks of a finding")
                    .startsWith("group_id", "result")
                    .contains("severity");
        }
    }

    private static List<Integer> ranks(LedgerWorld world) {
        return world.database.jdbc().queryForList("select urgency from finding_group order by urgency", Integer.class);
    }

    private static List<String> columns(LedgerWorld world, String index) {
        return world.database.isH2()
                ? world.database
                        .jdbc()
                        .queryForList(
                                "select lower(column_name) from information_schema.index_columns where lower(index_name) = ? order by ordinal_position",
                                String.class,
                                index)
                : world.database
                        .jdbc()
                        .queryForList(
                                "select attname from pg_attribute where attrelid = cast(? as regclass) order by attnum",
                                String.class,
                                index);
    }
}
