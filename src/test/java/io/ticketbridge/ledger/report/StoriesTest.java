package io.ticketbridge.ledger.report;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.ledger.run.LedgerWorld;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoriesTest {
    @ParameterizedTest
    @EnumSource
    void what_waits_for_the_rate_budget_says_so_in_the_words_of_status(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            Settings settings = Settings.load(
                    Sources.only(Map.of(
                            "ticketbridge.servicenow.requests-per-hour",
                            "50",
                            "ticketbridge.flow." + Flow.NAME + ".source",
                            "files",
                            "ticketbridge.flow." + Flow.NAME + ".profile",
                            "tickets",
                            "ticketbridge.profile.tickets.table",
                            "incident")),
                    Requirement.LEDGER_ONLY);
            world.scan(fail("s3-public", "one"));
            RequestBudget budget = new RequestBudget(
                    world.database, settings.serviceNow().requestsPerHour(), settings::delivers, world.clock);
            for (int i = 0; i < 50; i++) {
                budget.take();
            }

            Story story = new Stories(world.database, world.clock, settings, text -> text)
                    .of(new Subjects(world.database).named("s3-public", 1).get(0));

            assertThat(story.facts().get("owed"))
                    .isEqualTo("a ticket is to be opened; it waits for its turn. "
                            + budget.backlog().sentence())
                    .contains("50 of 50 in the last hour; about 1 owed, through in about ");
        }
    }
}
