package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.identity.ScopeIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Where a scan looked, and so of what it proves that it is gone (P11). Used by one thread at a time. */
final class Coverage {
    private final ScopeIds scopes;
    private final List<Place> places = new ArrayList<>();
    private final Map<Place, Integer> numbers = new HashMap<>();
    private final Set<UUID> covered = new HashSet<>();
    private final Set<UUID> coveredScopes = new HashSet<>();
    private final Set<UUID> leftOpen = new HashSet<>();
    private final Set<UUID> doubtful = new HashSet<>();
    private final Set<UUID> nowhere = new HashSet<>();
    private boolean complete;
    private boolean spoiled;
    private long hidden;
    private boolean saidAnything;

    /** Where a row of the ledger is: at its check, and in its source. */
    private record Place(UUID scope, UUID sourceScope) {}

    Coverage(ScopeIds scopes) {
        this.scopes = scopes;
    }

    /** The scan speaks for a whole scope of its source. */
    void coversScope(String scope) {
        coveredScopes.add(scopes.whole(scope));
    }

    /** @param named whether it named any resource of the check: a scan that names none at all proves nothing */
    void coversCheck(String scope, String check, boolean named) {
        coveredScopes.add(scopes.check(scope, check));
        saidAnything |= named;
    }

    /** What the scan does not name of that check may be there all the same. */
    void leavesOpen(String scope, String check) {
        leftOpen.add(scopes.check(scope, check));
    }

    /** What the scan does not name of that account, region and check may be there all the same. */
    void provesNothingWhere(Finding finding) {
        nowhere.add(scopes.scopeOf(finding));
    }

    /** @return whether it is the first that says anything of its scope */
    boolean hears(Finding finding) {
        UUID scope = scopes.scopeOf(finding);
        if (finding.result() == Result.INCONCLUSIVE) {
            doubtful.add(scope);
            return false;
        }
        saidAnything = true;
        return covered.add(scope);
    }

    /** An earlier version knew that place by another name: what is left under it is judged by this scan, too. */
    void hearsAlso(Finding former) {
        if (former.result() != Result.INCONCLUSIVE) {
            covered.add(scopes.scopeOf(former));
        }
    }

    void complete() {
        complete = true;
    }

    void incomplete() {
        spoiled = true;
    }

    /** A record that can't be used may have been about anything. */
    void hides() {
        hidden++;
        incomplete();
    }

    boolean isComplete() {
        return complete && !spoiled;
    }

    /** Whether something was left out of the scan. */
    boolean isSpoiled() {
        return spoiled;
    }

    /** How many records keep a scan that was read to its end from proving anything by absence. */
    long hidden() {
        return complete ? hidden : 0;
    }

    /** A number for where a row is: few places hold many rows. */
    int numberOf(UUID scope, UUID sourceScope) {
        return numbers.computeIfAbsent(new Place(scope, sourceScope), place -> {
            places.add(place);
            return places.size() - 1;
        });
    }

    /** Whether the scan looked at the place of that number. */
    boolean covers(int number) {
        return covers(places.get(number).scope(), places.get(number).sourceScope());
    }

    /** Whether it is a scan that was read to its end and looked where the finding is. */
    boolean provesAbsence(Finding finding) {
        return isComplete() && covers(scopes.scopeOf(finding), scopes.sourceScopeOf(finding));
    }

    /**
     * Whether the scan proves that it looked there: it speaks for the whole source scope or for that check, and did not
     * only say that it could not tell.
     */
    private boolean covers(UUID scope, UUID sourceScope) {
        return saidAnything
                && !leftOpen.contains(sourceScope)
                && !nowhere.contains(scope)
                && (covered.contains(scope) || coveredScopes.contains(sourceScope) && !doubtful.contains(scope));
    }
}
