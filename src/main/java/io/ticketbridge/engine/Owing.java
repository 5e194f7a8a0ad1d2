package io.ticketbridge.engine;

import io.ticketbridge.config.Settings;
import io.ticketbridge.ledger.budget.Backlog;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.report.Waiting;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is owed to ServiceNow: how much, how long it takes, and why it is not delivered just now. */
public final class Owing {
    /** In the log, it is the engine that says it. */
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Settings settings;
    private final LedgerDatabase database;
    private final LedgerBeans ledger;
    private final Clock clock;

    /** @param clock the one that replicas share */
    Owing(Settings settings, LedgerDatabase database, LedgerBeans ledger, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** @return whether nothing is owed any more, except what is held or dead */
    public boolean isSettled() {
        return isSettled(settings.flows().keySet());
    }

    /** The same of some flows alone. */
    public boolean isSettled(Set<String> flows) {
        return groups(flows) == 0 && !ledger.storms.look();
    }

    /** Whether what is owed of the flow is delivered here. */
    public boolean delivers(String flow) {
        return settings.delivers(flow);
    }

    /** How many groups of flows that are enabled here are owed something that is not held or dead. */
    public long groups() {
        return groups(settings.flows().keySet());
    }

    /** The same of some flows alone. */
    public long groups(Set<String> flows) {
        return ledger.groups.owed().entrySet().stream()
                .filter(flow -> settings.delivers(flow.getKey()) && flows.contains(flow.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Once: as long as nobody enables the flow, nothing becomes of it. */
    void sayWhatOthersOwe() {
        ledger.groups.owed().forEach((flow, owed) -> {
            if (!settings.delivers(flow)) {
                LOG.info(
                        "Tickets are owed of a flow that is not enabled here; they follow where and when it is. flow={} groups={}",
                        flow,
                        owed);
            }
        });
    }

    /** Why what is owed of flows that are enabled here is not delivered just now. */
    public Waiting waiting() {
        return Waiting.now(database, settings::delivers, clock.instant());
    }

    /** How much it is, and how long the rate budget makes it take. */
    public Backlog backlog() {
        return ledger.budget.backlog();
    }

    /** How long so many requests more would take. */
    public Backlog backlogOf(long requests) {
        return ledger.budget.backlogOf(requests);
    }
}
