package io.ticketbridge.ledger.ticket;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the schema's version 17 marks in a ledger that was filled before, and the upkeep in one that a version before it still fills. */
class LooseEndsOfOldLedgersTest {
    private static final Finding FORGOTTEN = fail("forgotten", "one");
    private static final Finding RELEASED = fail("released", "one");
    private static final Finding LEFT_OPEN = fail("left-open", "one");
    private static final Finding OPENED_AGAIN = fail("opened-again", "one");
    private static final Finding EMPTY = fail("empty", "one");
    private static final Finding FAILING = fail("failing", "one");

    @ParameterizedTest
    @EnumSource
    void only_what_waits_for_nothing_else_is_marked(FreshDatabase kind) {
        DatabaseSettings settings = kind.settings();
        try (LedgerWorld world = new LedgerWorld(LedgerDatabase.open(settings), Flow.groupedBy("check"))) {
            fill(world);
            asVersion16(world.database);
        }
        try (LedgerDatabase migrated = LedgerDatabase.open(settings)) {
            assertThat(marks(migrated)).isEqualTo(Map.of("forgotten", "failing", "left-open", "open"));
        }
    }

    /** An old replica beside a new one, or in its place for a while, marks nothing. */
    @ParameterizedTest
    @EnumSource
    void what_an_older_version_settles_later_is_marked_by_the_daily_upkeep(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            fill(world);
            world.database.jdbc().execute("update finding_group set loose_end = null");

            new LooseEnds(world.database, world.clock).markWhatOthersSettled();

            assertThat(marks(world.database)).isEqualTo(Map.of("forgotten", "failing", "left-open", "open"));
        }
    }

    private static void fill(LedgerWorld world) {
        world.scan(FORGOTTEN, RELEASED, LEFT_OPEN, OPENED_AGAIN, EMPTY, FAILING);
        for (Finding each : new Finding[] {FORGOTTEN, RELEASED, LEFT_OPEN, OPENED_AGAIN, EMPTY, FAILING}) {
            world.deliver(each, Action.OPEN);
        }
        world.scan(pass("left-open", "one"), pass("opened-again", "one"));
        world.settleNothing(world.claim(LEFT_OPEN));
        world.settleNothing(world.claim(OPENED_AGAIN));
        tickets(world, FORGOTTEN, "phase = 'CLOSED', reached = true");
        tickets(world, RELEASED, "phase = 'CLOSED', reached = true");
        tickets(world, OPENED_AGAIN, "reached = true");
        world.database
                .client()
                .sql("update finding_group set released = true where id = :group")
                .param("group", world.groupOf(RELEASED))
                .update();
        world.database
                .client()
                .sql("delete from finding where group_id = :group")
                .param("group", world.groupOf(EMPTY))
                .update();
    }

    private static void tickets(LedgerWorld world, Finding finding, String set) {
        world.database
                .client()
                .sql("update ticket set " + set + " where group_id = :group")
                .param("group", world.groupOf(finding))
                .update();
    }

    private static void asVersion16(LedgerDatabase database) {
        database.jdbc().execute("drop index finding_group_loose_end");
        database.jdbc().execute("alter table finding_group drop column loose_end");
        database.jdbc().execute("alter table request_count drop column reads");
        database.jdbc().execute("alter table last_end drop column waits_until");
        database.jdbc().execute("delete from \"flyway_schema_history\" where cast(\"version\" as int) > 16");
    }

    private static Map<String, String> marks(LedgerDatabase database) {
        Map<String, String> marks = new TreeMap<>();
        database.jdbc().query("select label, loose_end from finding_group where loose_end is not null", row -> {
            marks.put(row.getString(1), row.getString(2));
        });
        return marks;
    }
}
