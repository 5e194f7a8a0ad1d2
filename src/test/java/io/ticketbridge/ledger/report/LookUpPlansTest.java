package io.ticketbridge.ledger.report;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.ManyGroups;
import io.ticketbridge.ledger.Plans;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person looks for is found by an index, and what each pass asks of what breakers hold too. */
class LookUpPlansTest {
    private static final int MANY = 5000;

    @ParameterizedTest
    @EnumSource
    void the_beginning_of_a_number_or_label_is_found_by_its_index(FreshDatabase kind) {
        try (LedgerWorld world = filled(kind)) {
            ticketPerGroup(world);

            assertThat(plan(world, TicketSearch.BY_NUMBER, "INC0group-49%")).contains("ticket_number");
            assertThat(plan(world, TicketSearch.BY_LABEL, "group-49%")).contains("finding_group_label");
        }
    }

    /** Else a page took as long as reading and sorting all tickets takes (P32). */
    @ParameterizedTest
    @EnumSource
    void a_page_of_tickets_is_read_from_an_index_however_deep_it_is(FreshDatabase kind) {
        try (LedgerWorld world = filled(kind)) {
            ticketPerGroup(world);
            Map<String, Object> parameters = Map.of(
                    "flow",
                    Flow.NAME,
                    "phase",
                    "OPEN",
                    "at",
                    Times.sql(Instant.parse("2026-01-01T00:20:00Z")),
                    "group",
                    new UUID(1L << 60, 0),
                    "generation",
                    1,
                    "most",
                    51);
            for (boolean behind : new boolean[] {false, true}) {
                for (var query : List.of(
                        new TicketSearch.Query("", "", ""),
                        new TicketSearch.Query("", Flow.NAME, ""),
                        new TicketSearch.Query("", Flow.NAME, "OPEN"))) {
                    String plan = Plans.of(world.database, TicketSearch.sql(query, false, behind), parameters)
                            .toLowerCase(Locale.ROOT);
                    assertThat(plan)
                            .as("%s, behind another: %s", query, behind)
                            .contains("ticket_newest", kind == FreshDatabase.H2 ? "index sorted */" : "limit");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_held_is_found_among_what_is_not(FreshDatabase kind) {
        try (LedgerWorld world = filled(kind)) {
            for (String query : new String[] {
                "select count(*) from finding_group where held >= ''",
                "select id from finding_group where flow = :words and held >= '' and held not in ('a', 'b') limit :most"
            }) {
                assertThat(plan(world, query, Flow.NAME)).contains("finding_group_held");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_label_a_number_and_a_summary_are_named(FreshDatabase kind) {
        try (LedgerWorld world = filled(kind)) {
            world.scan(fail("s3-public", "one"));
            String number = world.deliver(fail("s3-public", "one"), Action.OPEN).number();
            world.database
                    .client()
                    .sql("update finding_group set label = 'breakers of x', label_key = '' where label = 'group-7'")
                    .update();
            Subjects subjects = new Subjects(world.database);

            assertThat(subjects.named(number.toLowerCase(Locale.ROOT), 5)).hasSize(1);
            assertThat(subjects.named("group-42", 5)).hasSize(1);
            assertThat(subjects.named("breakers of x", 5)).hasSize(1);
            assertThat(subjects.named("Group-42", 5))
                    .as("a label is told by its case")
                    .isEmpty();
        }
    }

    /** Intended one after another, a second apart. */
    private static void ticketPerGroup(LedgerWorld world) {
        world.database
                .client()
                .sql(
                        """
                        insert into ticket (group_id, generation, flow, profile, table_name, correlation_id, number, phase, reached,
                            intended_at, sent_fields, head)
                        select id, 1, flow, 'incident', 'incident', cast(id as varchar), concat('INC0', label), 'OPEN', false,
                            due_at + cast(substr(label, 7) as int) * interval '1' second, '{}', head
                        from finding_group where pending""")
                .update();
    }

    private static LedgerWorld filled(FreshDatabase kind) {
        LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"));
        new ManyGroups(world.database, Flow.NAME).pending("1", MANY, Severity.HIGH.ordinal());
        return world;
    }

    private static String plan(LedgerWorld world, String query, String words) {
        return Plans.of(world.database, query, Map.of("words", words, "most", 10))
                .toLowerCase(Locale.ROOT);
    }
}
