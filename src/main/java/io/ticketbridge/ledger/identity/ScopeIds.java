package io.ticketbridge.ledger.identity;

import io.ticketbridge.finding.Digest;
import io.ticketbridge.finding.Finding;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The scopes that a scan names, as the ledger knows them: few share many findings. Thread-safe: whoever writes a page asks for them,
 * too, while the next one is read.
 */
public final class ScopeIds {
    private final Map<List<String>, UUID> known = new ConcurrentHashMap<>();
    private final boolean byCheck;

    /** @param byCheck whether the flow's scans prove by each check what is gone of it */
    public ScopeIds(boolean byCheck) {
        this.byCheck = byCheck;
    }

    /** The (account, region, check) that a file which ends well is complete for (P11). */
    public UUID scopeOf(Finding finding) {
        return known.computeIfAbsent(
                List.of(finding.scope(), finding.account(), finding.region(), finding.check()), Digest::of);
    }

    /** The same of what the ledger has. */
    static UUID place(String scope, String account, String region, String check) {
        return Digest.of(scope, account, region, check);
    }

    static UUID ofCheck(String scope, String check) {
        return Digest.of("check", scope, check);
    }

    static UUID ofWhole(String scope) {
        return Digest.of("scope", scope);
    }

    public UUID sourceScopeOf(Finding finding) {
        return byCheck ? check(finding.scope(), finding.check()) : whole(finding.scope());
    }

    /** One check, in every account and region of its source's scope. */
    public UUID check(String scope, String check) {
        return known.computeIfAbsent(List.of("check", scope, check), Digest::of);
    }

    /** A whole scope of a source. */
    public UUID whole(String scope) {
        return known.computeIfAbsent(List.of("scope", scope), Digest::of);
    }

    /** What the scan calls a scope; empty if it did not name it. */
    public String nameOf(UUID sourceScope) {
        return known.entrySet().stream()
                .filter(each -> each.getValue().equals(sourceScope))
                .map(each -> each.getKey().get(1))
                .findFirst()
                .orElse("");
    }
}
