package io.ticketbridge.source.files;

import io.ticketbridge.finding.Finding;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Words that Prowler writes where it knows no account. Two clusters, repositories or images have the same, so what one file says of such an
 * account does not show what is gone: it may be another's. One file's; not for several threads.
 */
final class Placeholders {
    private static final Map<String, String> CURES = Map.of(
            "prowler:kubernetes in-cluster",
            "name the cluster with --cluster-name or CLUSTER_NAME",
            "prowler:iac iac",
            "name the repository with --provider-uid, or files of one path in two repositories are one finding",
            "prowler:image image",
            "Prowler has no option for it, so only a person closes these tickets",
            "prowler:llm llm",
            "Prowler has no option for it, so only a pass or a person closes these tickets");

    private final Set<String> seen = new TreeSet<>();

    /** Whether the finding's account is none. */
    boolean isIn(Finding finding) {
        if (!finding.scope().startsWith("prowler:")) {
            return false;
        }
        String place = finding.scope() + " " + finding.account().toLowerCase(Locale.ROOT);
        boolean known = CURES.containsKey(place);
        if (known) {
            seen.add(place);
        }
        return known;
    }

    /** Which ones there were, with what to do about them. */
    Optional<String> told() {
        return seen.stream().map(place -> place + ": " + CURES.get(place)).reduce((one, other) -> one + "; " + other);
    }
}
