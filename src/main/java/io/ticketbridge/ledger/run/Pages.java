package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.identity.FormerRecipe;
import io.ticketbridge.ledger.identity.Renaming;
import io.ticketbridge.ticket.GroupIdentity;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Opens and closes pages. Between the two the filter and the aggregate work on the page in memory; closing it writes
 * findings, groups and figures in one transaction. A page belongs to the thread that opened it.
 */
public final class Pages {
    private final FindingLookUp lookUp;
    private final PageWriter writer;
    private final KnownFindings known;
    private final Renaming renaming;
    private final ThreadLocal<PageSession> current = new ThreadLocal<>();

    /**
     * @param former how earlier versions named findings and groups
     * @param groups the groups that a flow puts a finding into
     */
    public Pages(
            LedgerDatabase database,
            PageWriter writer,
            List<FormerRecipe> former,
            BiFunction<Finding, String, List<GroupIdentity>> groups) {
        this(database, writer, new KnownFindings(database, KnownFindings.MANY), new Renaming(database, former, groups));
    }

    Pages(LedgerDatabase database, PageWriter writer, KnownFindings known, Renaming renaming) {
        this.lookUp = new FindingLookUp(database);
        this.writer = writer;
        this.known = known;
        this.renaming = renaming;
    }

    /** Opens a page, with what the ledger has of all its digests. */
    public void open(Run run, List<? extends SourceRecord> records) {
        open(run, records, null);
    }

    public void open(Run run, List<? extends SourceRecord> records, Arrival arrival) {
        begin(run, records, arrival);
        lookUp(session().identities());
        session().isWhole();
    }

    /**
     * Opens a page without a look at the ledger. One that was left open by a failure on this thread is dropped.
     *
     * @param arrival null where the page was read here
     */
    public void begin(Run run, List<? extends SourceRecord> records, Arrival arrival) {
        IdentityHashMap<Finding, UUID> identities = new IdentityHashMap<>(records.size() * 2);
        Map<UUID, Boolean> named = new HashMap<>(records.size() * 2);
        for (SourceRecord each : records) {
            if (each instanceof Finding finding) {
                UUID identity = finding.id();
                identities.put(finding, identity);
                named.merge(identity, true, (once, again) -> false);
            }
        }
        PageSession session = new PageSession(run, arrival, identities, named);
        if (renaming.isNeeded(identities.keySet())) {
            run.unwritten().await();
            renaming.rename(run.flow(), run.scopes(), run.coverage()::hearsAlso, identities)
                    .forEach(run.sightings()::written);
            session.hadGroups(renaming.formerGroups(run.flow(), identities));
        }
        session.figures.read = records.size();
        run.reads(records.size());
        current.set(session);
    }

    /** Reads all that the ledger has of the flow, if the scan has come so far that this is worth it. */
    void readKnown() {
        known.readIfWorthIt(session().run);
    }

    /** Looks up what the ledger has of some of the open page's identities. */
    void lookUp(Set<UUID> identities) {
        Run run = session().run;
        run.unwritten().await(identities);
        session().knows(lookUp.of(run, identities));
    }

    /** Makes the page durable (P1): after this the watermark may move past it. */
    public void close() {
        Run run = session().run;
        closeBehind();
        run.unwritten().await();
    }

    /** The same, while the next page is filtered: whoever relies on it waits for {@link Run#awaitWorkers}. */
    public void closeBehind() {
        writer.write(session());
        current.remove();
    }

    /** Forgets the open page, as nothing of it was kept. */
    public void drop() {
        current.remove();
    }

    PageSession session() {
        PageSession session = current.get();
        if (session == null) {
            throw new IllegalStateException(
                    "No page is open on this thread: findings reach the filter through split-findings, on one thread");
        }
        return session;
    }

    boolean isOpen() {
        return current.get() != null;
    }

    /** A record of the open page could not be used; its dead letter says why (P4). */
    public void countDead(SourceRecord dead) {
        if (!isOpen()) {
            return;
        }
        if (dead instanceof Finding finding) {
            session().withdraw(finding);
        } else {
            session().figures.dead++;
        }
    }
}
