package io.ticketbridge.ledger.run;

import io.ticketbridge.ledger.account.Handovers;
import io.ticketbridge.ledger.database.LedgerDatabase;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Writes a page: its findings, its groups and its run's figures, in one transaction and one batch each. */
public final class PageWriter {
    private final LedgerDatabase database;
    private final RunFigures figures;
    private final Arrivals arrivals;
    private final GroupRows groupRows;
    private final FindingRows findingRows;
    private final WrittenMeanwhile meanwhile;
    private final Clock clock;

    public PageWriter(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.figures = new RunFigures(database, clock);
        this.arrivals = new Arrivals(database);
        this.groupRows = new GroupRows(database, clock);
        this.findingRows = new FindingRows(database, clock);
        this.meanwhile = new WrittenMeanwhile(database);
    }

    void write(PageSession page) {
        TreeMap<UUID, GroupWrite> groups = PageGroups.of(page);
        Set<UUID> kept = PageGroups.kept(groups.values());
        page.countPassed(kept);
        if (page.figures.filtered() > 0) {
            page.run.incomplete();
        }
        List<Object[]> leftFailing = page.leftFailing(clock.instant());
        PageFigures sum = page.run.unwritten().figures().and(page.figures);
        if (page.arrival == null && groups.isEmpty() && leftFailing.isEmpty() && !figures.areDue(page.run)) {
            page.run.unwritten().keepBack(sum);
            return;
        }
        if (page.arrival == null) {
            page.run.unwritten().await();
            PageFigures keptBack = page.run.unwritten().figures();
            page.run.unwritten().begin(PageBehind.begin(() -> write(page, groups, leftFailing, sum), kept, keptBack));
        } else {
            // Kafka hears of it next.
            write(page, groups, leftFailing, sum);
        }
        kept.forEach(page.run.sightings()::written);
    }

    private void write(
            PageSession page, TreeMap<UUID, GroupWrite> groups, List<Object[]> leftFailing, PageFigures sum) {
        database.transaction().executeWithoutResult(status -> {
            if (page.arrival != null) {
                arrivals.move(page.arrival);
            }
            if (!groups.isEmpty()) {
                Set<UUID> others = groupRows.lock(groups, page.run);
                if (meanwhile.find(page, groups, others)) {
                    // What was news when the page was opened may be none.
                    groupRows.lock(groups, page.run);
                }
                Handovers handovers = Handovers.before(database, page.run.flow(), known(page, groups.values()));
                groupRows.write(page, groups);
                findingRows.write(page, groups.values());
                handovers.settle();
            }
            StillFailing.write(database.jdbc(), leftFailing);
            if (page.arrival == null) {
                figures.write(page.run, sum);
            } else {
                figures.add(page.run, sum);
            }
        });
    }

    /** Findings of the page that the ledger has, in these groups or in others. */
    private static Set<UUID> known(PageSession page, Collection<GroupWrite> groups) {
        Set<UUID> known = PageGroups.kept(groups);
        known.removeIf(identity ->
                page.rows(identity).isEmpty() && groups.stream().noneMatch(group -> group.rows.containsKey(identity)));
        return known;
    }
}
