package io.ticketbridge.ledger.account;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.ManyGroups;
import io.ticketbridge.ledger.Plans;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ticket.Action;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an account costs follows from what its run did, not from what the ledger holds. */
class AccountPlansTest {
    private static final int MANY = 5000;

    @ParameterizedTest
    @EnumSource
    void an_account_looks_at_its_own_run_alone(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            new ManyGroups(world.database, Flow.NAME).pending("1", MANY, Severity.HIGH.ordinal());
            Run run = world.scan(fail("s3-public", "one"));

            String news = Plans.of(world.database, Accounts.NEWS.replace("?", ":run"), Map.of("run", run.id() + 1));
            String written = Plans.of(world.database, Accounts.WRITTEN.replace("?", ":run"), Map.of("run", run.id()));
            String open = Plans.of(world.database, Accounts.OPEN.replace("?", ":flow"), Map.of("flow", Flow.NAME));

            assertThat(news.toLowerCase(Locale.ROOT))
                    .contains("finding_of_run")
                    .doesNotContain("seq scan on finding")
                    .doesNotContain("finding.tablescan");
            assertThat(written.toLowerCase(Locale.ROOT)).doesNotContain("action.tablescan");
            assertThat(open.toLowerCase(Locale.ROOT)).doesNotContain("ticket.tablescan");
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_tickets_that_a_run_left_alone_are_unchanged_and_the_summary_ticket_is_none(FreshDatabase kind) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            Run first = world.scan(fail("a", "one"), fail("b", "one"), fail("c", "one"));
            world.deliver(fail("a", "one"), Action.OPEN);
            world.deliver(fail("b", "one"), Action.OPEN);
            world.deliver(fail("c", "one"), Action.OPEN);
            world.database
                    .jdbc()
                    .update(
                            """
                            insert into ticket (group_id, generation, flow, profile, table_name, correlation_id, phase, reached,
                                intended_at, sent_fields, head)
                            select ?, 1, flow, profile, table_name, 'storm', 'OPEN', false, intended_at, '{}', head from ticket
                            where number = 'INC1'""",
                            Storms.groupOf(Flow.NAME));
            assertThat(world.accounts.of(first.id()).tickets())
                    .containsEntry("opened", 3L)
                    .containsEntry("unchanged", 0L);

            Run second = world.scan(fail("a", "one"), fail("a", "two"));
            world.deliver(fail("a", "two"), Action.UPDATE);

            assertThat(world.accounts.of(second.id()).tickets())
                    .containsEntry("updated", 1L)
                    .containsEntry("unchanged", 2L);
        }
    }
}
