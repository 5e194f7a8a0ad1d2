package io.ticketbridge.engine;

import io.ticketbridge.aggregate.Groupings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.pair.Reconciliation;
import io.ticketbridge.ledger.pair.SourceWrites;
import io.ticketbridge.sync.TicketSync;
import io.ticketbridge.sync.VisionOneAnswers;
import io.ticketbridge.sync.VisionOneCalls;
import java.time.Clock;

/** What keeps a ticket and what it stands for in step. */
final class SyncBeans {
    private SyncBeans() {}

    static void bind(Surroundings around, LedgerBeans ledger, Groupings groupings) {
        Settings settings = around.settings();
        LedgerDatabase database = around.database();
        Clock clock = around.clock();
        around.bind(
                "reconciliation",
                new Reconciliation(database, ledger.pairs, ledger.pairedSources, groupings::groups, clock));
        around.bind("pairedSources", ledger.pairedSources);
        around.bind("ticketSync", new TicketSync(settings, ledger.pairs));
        around.bind("visionOneCalls", new VisionOneCalls(settings));
        around.bind(
                "visionOneAnswers",
                new VisionOneAnswers(
                        settings,
                        ledger.groups,
                        ledger.pairs,
                        new SourceWrites(database, clock),
                        ledger.deadLetters,
                        clock));
    }
}
