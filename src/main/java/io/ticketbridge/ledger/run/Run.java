package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.identity.ScopeIds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One pass over a source while it is read: which scan, and what it has said so far. Used by one thread at a time.
 */
public final class Run {
    private final long id;
    private final String flow;
    private final String scan;
    private final String pass;
    private final FlowFacts facts;
    private final ScopeIds scopes;
    private final Coverage coverage;
    private final UnwrittenPages unwritten = new UnwrittenPages();
    private final Sightings sightings = new Sightings();
    private final DoubtfulIds collisions = new DoubtfulIds();
    private final NamedAgain namedAgain = new NamedAgain();
    private final NamedFrameworks frameworks;
    private final Map<String, String> positions = new HashMap<>();
    private boolean baseline;
    private long read;
    private long published;
    private Runnable untilTaken;

    /**
     * @param pass the same for all runs of one pass; null for a run that is beside all passes
     * @param baseline whether it is the flow's first
     */
    public Run(long id, String flow, String scan, String pass, FlowFacts facts, boolean baseline) {
        this.id = id;
        this.flow = flow;
        this.scan = scan;
        this.pass = pass;
        this.facts = facts;
        this.baseline = baseline;
        this.scopes = new ScopeIds(facts != null && facts.provesByCheck());
        this.coverage = new Coverage(scopes);
        this.frameworks = new NamedFrameworks(facts == null ? null : facts.framework());
    }

    FlowFacts facts() {
        return facts;
    }

    /** Whether what it finds is recorded quietly (P13). */
    boolean isSilent() {
        return baseline && facts.silencesBacklog();
    }

    public long id() {
        return id;
    }

    public String flow() {
        return flow;
    }

    public String scan() {
        return scan;
    }

    /** Tells its runs from those that bore their numbers before the ledger was put back; null for a run that is beside all passes. */
    public String pass() {
        return pass;
    }

    /** Nothing was read of this scope before: what it finds is the backlog, whatever the flow's other scopes have come to. */
    public void firstOfItsScope() {
        baseline = true;
    }

    /** The scan speaks for a whole scope of its source, as an SCC report does (P11). */
    public void coversScope(String scope) {
        coverage.coversScope(scope);
    }

    /**
     * The scan speaks for one check, in every account and region of its source's scope (P11).
     *
     * @param named whether it named any resource of it: a scan that names none at all proves nothing
     */
    public void coversCheck(String scope, String check, boolean named) {
        coverage.coversCheck(scope, check, named);
    }

    /** What the scan does not name of that check may be there all the same: it was not read whole (P11). */
    public void leavesOpen(String scope, String check) {
        coverage.leavesOpen(scope, check);
    }

    /** Another thing may have the same account, region and check as the finding: what the scan does not name there may be that one's (P11). */
    public void provesNothingWhere(Finding finding) {
        coverage.provesNothingWhere(finding);
    }

    /**
     * Moves a watermark once all that the scan proves is concluded: whoever finds it there reads nothing of it again (P1).
     *
     * @param place whose watermark
     */
    public void moves(String place, String position) {
        positions.put(place, position);
    }

    Map<String, String> positions() {
        return positions;
    }

    /** It is a scan and was read to its end: it says all that there is where it looked (P11). An incremental read is none. */
    public void complete() {
        coverage.complete();
    }

    /** A scan that did not read all that it set out to read is never evidence by absence (P11), whoever calls it complete. */
    public void incomplete() {
        coverage.incomplete();
    }

    public boolean isComplete() {
        return coverage.isComplete();
    }

    /**
     * A record of it could not be used. One that the filter has seen hides only itself: what became of it is not known. Another may
     * have been about anything.
     *
     * @param finding null if it could not be read
     */
    public void hides(Finding finding) {
        if (finding != null && sightings.isNamed(finding.id())) {
            sightings.saw(finding.id(), Result.INCONCLUSIVE);
        } else {
            coverage.hides();
        }
    }

    /** @param wait returns once workers have written all that was published of it */
    public void isPublished(Runnable wait) {
        untilTaken = wait;
    }

    /** Whether what it reads goes through a topic. */
    public boolean isPublished() {
        return untilTaken != null;
    }

    /** Records that were read and are about something else count as filtered, and hide nothing. */
    public void leavesOut(int records) {
        PageFigures figures = new PageFigures();
        figures.read = records;
        unwritten.keepBack(unwritten.figures().and(figures));
    }

    /** Whoever concludes something from the scan waits until all that it read is in the ledger; at once where it is. */
    public void awaitWorkers() {
        unwritten.await();
        if (untilTaken != null) {
            untilTaken.run();
        }
    }

    public long published() {
        return published;
    }

    void publishes(int records) {
        published += records;
    }

    /** Whether it is the first of its flow, or of its scope. */
    public boolean isBaseline() {
        return baseline;
    }

    /** @return the worst that this scan said of the same identity before */
    Result saw(Finding finding, UUID identity) {
        if (coverage.hears(finding)) {
            namedAgain.first(scopes.scopeOf(finding), finding);
        }
        frameworks.hears(finding);
        // What is read by and by may well be named twice, before and after it changed.
        if (!facts.followsWhatPassed() && sightings.contradicts(identity, DoubtfulIds.print(finding))) {
            collisions.add(finding.scope(), finding.check(), finding.resource().uid());
        }
        return sightings.saw(identity, finding.result());
    }

    public NamedFrameworks frameworks() {
        return frameworks;
    }

    /** What it said different things of. */
    DoubtfulIds collisions() {
        return collisions;
    }

    /** The scan names a failure once more, perhaps for another standard. */
    void namesAgain(Finding finding, Set<UUID> groups) {
        namedAgain.again(scopes.scopeOf(finding), finding, groups);
    }

    NamedAgain namedAgain() {
        return namedAgain;
    }

    /** How many records were read so far. */
    long read() {
        return read;
    }

    void reads(int records) {
        read += records;
    }

    UnwrittenPages unwritten() {
        return unwritten;
    }

    /** How many records of a complete scan can't be used: what it does not name is not taken for gone (P11). */
    public long hidden() {
        return coverage.hidden();
    }

    Coverage coverage() {
        return coverage;
    }

    ScopeIds scopes() {
        return scopes;
    }

    Sightings sightings() {
        return sightings;
    }

    /** @return the identities of failures that the ledger has and the scan does not name any more, where it looked (P11) */
    List<UUID> absent() {
        return sightings.absent(coverage::covers);
    }

    /** Whether the scan says what became of it: it names it, or shows that it is not there any more. */
    public boolean speaksOf(Finding finding) {
        return sightings.isNamed(finding.id()) || coverage.provesAbsence(finding);
    }
}
