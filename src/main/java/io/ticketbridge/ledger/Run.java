package io.ticketbridge.ledger;

import io.ticketbridge.finding.Digest;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * One pass over a source while it is read: which scan, and what it has said so far. Used by one thread at a time.
 */
public final class Run {
    private final long id;
    private final String flow;
    private final String scan;
    private final Sightings sightings = new Sightings();
    private final DoubtfulIds collisions = new DoubtfulIds();
    private final List<Scopes> scopesOfRows = new ArrayList<>();
    private final Map<Scopes, Integer> numbersOfScopes = new HashMap<>();
    private final Set<UUID> covered = new HashSet<>();
    private final Set<UUID> coveredScopes = new HashSet<>();
    private final Set<UUID> leftOpen = new HashSet<>();
    private final FlowFacts facts;
    private boolean baseline;
    /** Whoever writes a page asks for them, too, while the next one is read. */
    private final Map<List<String>, UUID> scopes = new ConcurrentHashMap<>();

    private final Set<UUID> doubtful = new HashSet<>();
    private final NamedAgain namedAgain = new NamedAgain();
    private final Map<String, String> positions = new HashMap<>();
    private boolean complete;
    private boolean spoiled;
    private long hidden;
    private boolean saidAnything;
    private long read;
    private PageFigures unwritten = new PageFigures();
    private volatile Instant figuresWrittenAt;
    private Runnable untilTaken;
    private PageBehind behind;
    private long published;

    /** Where a row of the ledger is: at its check, and in its source. */
    private record Scopes(UUID scope, UUID sourceScope) {}

    /** @param baseline whether it is the flow's first */
    Run(long id, String flow, String scan, FlowFacts facts, boolean baseline) {
        this.id = id;
        this.flow = flow;
        this.scan = scan;
        this.facts = facts;
        this.baseline = baseline;
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

    /** Nothing was read of this scope before: what it finds is the backlog, whatever the flow's other scopes have come to. */
    public void firstOfItsScope() {
        baseline = true;
    }

    /** The scan speaks for a whole scope of its source, as an SCC report does (P11). */
    public void coversScope(String scope) {
        coveredScopes.add(sourceScope(scope));
    }

    /**
     * The scan speaks for one check, in every account and region of its source's scope (P11).
     *
     * @param named whether it named any resource of it: a scan that names none at all proves nothing
     */
    public void coversCheck(String scope, String check, boolean named) {
        coveredScopes.add(checkScope(scope, check));
        saidAnything |= named;
    }

    /** What the scan does not name of that check may be there all the same: it was not read whole (P11). */
    public void leavesOpen(String scope, String check) {
        leftOpen.add(checkScope(scope, check));
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
        complete = true;
    }

    /** A scan that did not read all that it set out to read is never evidence by absence (P11), whoever calls it complete. */
    public void incomplete() {
        spoiled = true;
    }

    public boolean isComplete() {
        return complete && !spoiled;
    }

    /**
     * A record of it could not be used. One that the filter has seen hides only itself: what became of it is not known. Another may
     * have been about anything.
     *
     * @param finding null if it could not be read
     */
    void hides(Finding finding) {
        if (finding != null && sightings.isNamed(finding.id())) {
            sightings.saw(finding.id(), Result.INCONCLUSIVE);
        } else {
            hidden++;
            incomplete();
        }
    }

    /** How many records keep a scan that was read to its end from proving anything by absence. */
    long hidden() {
        return complete ? hidden : 0;
    }

    /** @param wait returns once workers have written all that was published of it */
    void isPublished(Runnable wait) {
        untilTaken = wait;
    }

    /** Whether what it reads goes through a topic. */
    boolean isPublished() {
        return untilTaken != null;
    }

    /** Whoever concludes something from the scan waits until all that it read is in the ledger; at once where it is. */
    public void awaitWorkers() {
        awaitWritten();
        if (untilTaken != null) {
            untilTaken.run();
        }
    }

    /** A page of it is being written from here on; the one before must be. */
    void isWritten(PageBehind page) {
        behind = page;
        unwritten = new PageFigures();
    }

    /**
     * Waits for the page that is being written.
     *
     * @throws RuntimeException what that failed with, once
     */
    void awaitWritten() {
        PageBehind page = behind;
        if (page != null) {
            try {
                page.await();
                behind = null;
            } catch (RejectedExecutionException e) {
                // It is still being written, with the figures before it.
                throw e;
            } catch (RuntimeException e) {
                behind = null;
                unwritten = page.keptBack().and(unwritten);
                throw e;
            }
        }
    }

    /** The same if it writes any of these, so that whoever looks them up finds them. */
    void awaitWritten(Set<UUID> identities) {
        if (behind != null && behind.writesAnyOf(identities)) {
            awaitWritten();
        }
    }

    long published() {
        return published;
    }

    void publishes(int records) {
        published += records;
    }

    /** Whether it is the first of its flow, or of its scope. */
    public boolean isBaseline() {
        return baseline;
    }

    /** Whether something was left out of it. */
    boolean isSpoiled() {
        return spoiled;
    }

    /** @return the worst that this scan said of the identity so far (P3), a pass if nothing */
    Result worst(UUID identity) {
        return sightings.worst(identity);
    }

    /** @return the worst that this scan said of the same identity before */
    Result saw(Finding finding, UUID identity) {
        if (finding.result() == Result.INCONCLUSIVE) {
            doubtful.add(scopeOf(finding));
        } else {
            if (covered.add(scopeOf(finding))) {
                namedAgain.first(scopeOf(finding), finding);
            }
            saidAnything = true;
        }
        // What is read by and by may well be named twice, before and after it changed.
        if (!facts.followsWhatPassed() && sightings.contradicts(identity, DoubtfulIds.print(finding))) {
            collisions.add(finding.scope(), finding.check(), finding.resource().uid());
        }
        return sightings.saw(identity, finding.result());
    }

    /** What it said different things of. */
    DoubtfulIds collisions() {
        return collisions;
    }

    /** What the scan calls a scope; empty if it did not name it. */
    String nameOfScope(UUID sourceScope) {
        return scopes.entrySet().stream()
                .filter(each -> each.getValue().equals(sourceScope))
                .map(each -> each.getKey().get(1))
                .findFirst()
                .orElse("");
    }

    /** The scan names a failure once more, perhaps for another standard. */
    void namesAgain(Finding finding, Set<UUID> groups) {
        namedAgain.again(scopeOf(finding), finding, groups);
    }

    NamedAgain namedAgain() {
        return namedAgain;
    }

    /** @return whether it is the first time that this identity is news in this run */
    boolean passOn(UUID identity) {
        return sightings.passOn(identity);
    }

    boolean wasPassedOn(UUID identity) {
        return sightings.wasPassedOn(identity);
    }

    /** Nothing was kept of what was news. */
    void forget(UUID identity) {
        sightings.forget(identity);
    }

    /** How many records were read so far. */
    long read() {
        return read;
    }

    void reads(int records) {
        read += records;
    }

    /** The figures of pages that were not written yet. */
    PageFigures unwritten() {
        return unwritten;
    }

    void keepBack(PageFigures figures) {
        unwritten = figures;
    }

    void written() {
        unwritten = new PageFigures();
    }

    /** Null before the first page. */
    Instant figuresWrittenAt() {
        return figuresWrittenAt;
    }

    void figuresWrittenAt(Instant at) {
        figuresWrittenAt = at;
    }

    Sightings sightings() {
        return sightings;
    }

    /** A number for where a row is: few places hold many rows. */
    int scopesOf(UUID scope, UUID sourceScope) {
        return numbersOfScopes.computeIfAbsent(new Scopes(scope, sourceScope), scopes -> {
            scopesOfRows.add(scopes);
            return scopesOfRows.size() - 1;
        });
    }

    /** @return the identities of failures that the ledger has and the scan does not name any more, where it looked (P11) */
    List<UUID> absent() {
        return sightings.absent(number -> covers(
                scopesOfRows.get(number).scope(), scopesOfRows.get(number).sourceScope()));
    }

    /**
     * Whether the scan proves that it looked there: it speaks for the whole source scope or for that check, and did not
     * only say that it could not tell.
     */
    private boolean covers(UUID scope, UUID sourceScope) {
        return saidAnything
                && !leftOpen.contains(sourceScope)
                && (covered.contains(scope) || coveredScopes.contains(sourceScope) && !doubtful.contains(scope));
    }

    /** Whether the scan says what became of it: it names it, or shows that it is not there any more. */
    boolean speaksOf(Finding finding) {
        return sightings.isNamed(finding.id()) || isComplete() && covers(scopeOf(finding), sourceScopeOf(finding));
    }

    UUID sourceScopeOf(Finding finding) {
        return facts != null && facts.provesByCheck()
                ? checkScope(finding.scope(), finding.check())
                : sourceScope(finding.scope());
    }

    private UUID checkScope(String scope, String check) {
        return scopes.computeIfAbsent(List.of("check", scope, check), Digest::of);
    }

    private UUID sourceScope(String scope) {
        return scopes.computeIfAbsent(List.of("scope", scope), Digest::of);
    }

    /** The (account, region, check) that a file which ends well is complete for (P11). Few share many findings. */
    UUID scopeOf(Finding finding) {
        return scopes.computeIfAbsent(
                List.of(finding.scope(), finding.account(), finding.region(), finding.check()), Digest::of);
    }
}
