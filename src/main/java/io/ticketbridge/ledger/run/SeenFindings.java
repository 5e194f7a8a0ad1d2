package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.identity.GroupsOf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The idempotent filter's repository: lets a finding pass when it is news. It answers from the open page, which read all
 * its digests at once; what passes is written when the page closes. A finding is told apart by identity and content, so
 * that reading it again changes nothing, and a failure whose ticket no longer blocks its group passes unchanged (P1, P8).
 */
public final class SeenFindings extends ServiceSupport implements IdempotentRepository {
    private final Pages pages;
    private final GroupsOf groupsOf;

    public SeenFindings(Pages pages, GroupsOf groupsOf) {
        this.pages = pages;
        this.groupsOf = groupsOf;
    }

    @Override
    public boolean add(Exchange exchange, String key) {
        PageSession page = pages.session();
        Finding finding = exchange.getMessage().getBody(Finding.class);
        page.figures.arrived++;
        UUID identity = page.identity(finding);
        page.stillFailing().arrives(identity);
        return isNews(page, finding, identity);
    }

    private boolean isNews(PageSession page, Finding finding, UUID identity) {
        Result worst = saw(page, finding, identity);
        List<FindingRow> rows = rows(page, finding, identity);
        if (isNews(page, finding, identity, rows, worst)) {
            page.passOn(finding, identity, groupsOf.groups(finding, page.run.flow()));
            return true;
        }
        count(page.figures, finding.result(), rows);
        return false;
    }

    private List<FindingRow> rows(PageSession page, Finding finding, UUID identity) {
        if (page.run.facts().joinsControls()) {
            page.tellMoved(identity, groupsOf.groups(finding, page.run.flow()));
        }
        page.tellLeftBehind(identity, () -> groupsOf.groups(finding, page.run.flow()));
        return page.rows(identity);
    }

    private Result saw(PageSession page, Finding finding, UUID identity) {
        Result before = page.saw(finding, identity);
        if (page.arrival == null && before == Result.FAIL && finding.result() == Result.FAIL) {
            page.run.namesAgain(finding, groupsOf.groups(finding, page.run.flow()));
        }
        return before;
    }

    private boolean isNews(PageSession page, Finding finding, UUID identity, List<FindingRow> rows, Result worst) {
        return switch (finding.result()) {
            case FAIL -> isFailureNews(page, finding, identity, rows, worst == Result.FAIL);
            case PASS ->
                worst == Result.PASS
                        && rows.stream()
                                .anyMatch(row -> !row.isOver()
                                        && (row.result() != Result.PASS || isNewsOfClosed(page, finding, row)));
            case SUPPRESSED -> worst != Result.FAIL && isSuppressionNews(page, finding, identity, rows, worst);
            case INCONCLUSIVE -> {
                if (worst != Result.FAIL) {
                    page.stillFailing().isInconclusive(identity);
                }
                yield false;
            }
        };
    }

    /**
     * Says of the open page at once what {@link #add} would say of each of its findings, and takes in what is no news: most of a
     * rescan needs no exchange of its own. What the page names twice goes the whole way, for there the order counts.
     *
     * @return what has to go through the filter, in the order of the page
     */
    public List<SourceRecord> withoutKnown(List<? extends SourceRecord> records) {
        pages.readKnown();
        PageSession page = pages.session();
        Set<UUID> toBeAskedFor = new HashSet<>();
        List<SourceRecord> open = take(records, (finding, identity) -> {
            if (isAsKnown(page, finding, identity)) {
                return true;
            }
            if (page.run.sightings().isToBeAskedFor(identity)) {
                toBeAskedFor.add(identity);
            }
            return false;
        });
        pages.lookUp(toBeAskedFor);
        return take(
                open,
                (finding, identity) -> !page.isNamedTwice(identity)
                        && !isNews(
                                page,
                                finding,
                                identity,
                                rows(page, finding, identity),
                                page.worstBefore(finding, identity)));
    }

    /**
     * Takes in what a scan says of a page that others will filter.
     *
     * @return of each record the worst that the scan said of the same identity before
     */
    public List<Result> hear(Run run, List<? extends SourceRecord> records) {
        List<Result> before = new ArrayList<>(records.size());
        for (SourceRecord record : records) {
            before.add(record instanceof Finding finding ? hear(run, finding) : Result.PASS);
        }
        return before;
    }

    private Result hear(Run run, Finding finding) {
        Result before = run.saw(finding, finding.id());
        run.scopes().sourceScopeOf(finding);
        if (before == Result.FAIL && finding.result() == Result.FAIL) {
            run.namesAgain(finding, groupsOf.groups(finding, run.flow()));
        }
        return before;
    }

    /** @return those that are not no news */
    private List<SourceRecord> take(List<? extends SourceRecord> records, BiPredicate<Finding, UUID> noNews) {
        PageSession page = pages.session();
        List<SourceRecord> rest = new ArrayList<>();
        for (SourceRecord record : records) {
            if (!(record instanceof Finding finding)) {
                rest.add(record);
                continue;
            }
            UUID identity = page.identity(finding);
            if (noNews.test(finding, identity)) {
                page.figures.arrived++;
                saw(page, finding, identity);
                count(page.figures, finding.result(), page.rows(identity));
            } else {
                rest.add(record);
            }
        }
        return rest;
    }

    /** The same judgement from what the run knows, for what is usual: rows that the ledger need not be asked for. */
    private boolean isAsKnown(PageSession page, Finding finding, UUID identity) {
        Sightings sightings = page.run.sightings();
        if (!sightings.isLoaded() || page.isNamedTwice(identity)) {
            return false;
        }
        return switch (finding.result()) {
            case FAIL -> sightings.failsUnchanged(identity, finding, groupsOf.groups(finding, page.run.flow()));
            case PASS -> sightings.passes(identity) && !page.run.facts().followsWhatPassed();
            case SUPPRESSED ->
                sightings.isSuppressedUnchanged(identity, finding, groupsOf.groups(finding, page.run.flow()))
                        && !sightings.wasPassedOn(identity);
            case INCONCLUSIVE -> !sightings.fails(identity);
        };
    }

    private static boolean isNewsOfClosed(PageSession page, Finding finding, FindingRow row) {
        return page.run.facts().followsWhatPassed() && !row.content().equals(finding.content());
    }

    /** Nobody heard of it, it failed or passed before, or the source says something else of it; of several words of one scan the first counts. */
    private static boolean isSuppressionNews(
            PageSession page, Finding finding, UUID identity, List<FindingRow> rows, Result worstBefore) {
        Result before = page.saidBefore(identity);
        if (before != null) {
            return before == Result.PASS;
        }
        List<FindingRow> live = rows.stream().filter(row -> !row.isOver()).toList();
        return live.isEmpty()
                || live.stream()
                        .anyMatch(row -> row.result() != Result.SUPPRESSED
                                || worstBefore != Result.SUPPRESSED
                                        && !row.content().equals(finding.content()));
    }

    /** Where one scan names a failure several times in different words, the first counts: else every rescan brought news. */
    private boolean isFailureNews(
            PageSession page, Finding finding, UUID identity, List<FindingRow> rows, boolean failedBefore) {
        Result before = page.saidBefore(identity);
        if (before != null && before != Result.FAIL) {
            return true;
        }
        if (rows.isEmpty()) {
            return before == null || servesAnotherGroup(page, finding, rows);
        }
        UUID content = finding.content();
        boolean same = rows.stream()
                .anyMatch(row -> row.result() == Result.FAIL
                        && row.content().equals(content)
                        && row.severity() == finding.severity());
        if (!same && !failedBefore) {
            return true;
        }
        boolean passesUnchanged = before == null
                && rows.stream().anyMatch(FindingRow::passesUnchanged)
                && rows.stream().noneMatch(FindingRow::staysInOldGroup);
        return passesUnchanged || servesAnotherGroup(page, finding, rows);
    }

    /** One scan may name a finding several times, each time for another control that it serves. */
    private boolean servesAnotherGroup(PageSession page, Finding finding, List<FindingRow> rows) {
        if (rows.stream().anyMatch(FindingRow::staysInOldGroup)) {
            return false;
        }
        return groupsOf.groups(finding, page.run.flow()).stream()
                .anyMatch(group ->
                        rows.stream().noneMatch(row -> row.groupId().equals(group) && row.result() == Result.FAIL)
                                && !page.wasPassedOnTo(page.identity(finding), group));
    }

    private static void count(PageFigures figures, Result result, List<FindingRow> rows) {
        switch (result) {
            case INCONCLUSIVE -> figures.inconclusive++;
            case SUPPRESSED -> figures.suppressed++;
            default -> {
                if (result == Result.FAIL && !rows.isEmpty() && rows.stream().allMatch(FindingRow::groupDead)) {
                    figures.refused++;
                } else {
                    figures.unchanged++;
                }
            }
        }
    }

    @Override
    public boolean add(String key) {
        throw new UnsupportedOperationException("The filter needs the exchange: its body is the finding");
    }

    @Override
    public boolean contains(String key) {
        throw new UnsupportedOperationException("Set eager on the filter: it asks and adds in one step");
    }

    /** Nothing to do: the dead letter of a step that failed withdraws the finding from its page. */
    @Override
    public boolean remove(String key) {
        return true;
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("The ledger forgets nothing at once");
    }
}
