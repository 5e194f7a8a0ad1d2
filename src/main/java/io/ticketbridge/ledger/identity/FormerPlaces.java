package io.ticketbridge.ledger.identity;

import io.ticketbridge.finding.Finding;
import java.util.Map;
import java.util.Optional;

/** Once, findings were where the scan wrote that they are, also where that depends on how it was made. */
final class FormerPlaces {
    private FormerPlaces() {}

    static Optional<Finding> asItWas(Finding finding) {
        Map<String, String> attributes = finding.attributes();
        String account = attributes.getOrDefault(Finding.SCAN_ACCOUNT, finding.account());
        String region = attributes.getOrDefault(Finding.SCAN_REGION, finding.region());
        return account.equals(finding.account()) && region.equals(finding.region())
                ? Optional.empty()
                : Optional.of(finding.at(account, region, finding.resource().uid()));
    }

    /** Some ids had the region in them: {@code arn:aws:iam:eu-central-1:111122223333:password-policy}. */
    static Optional<Finding> withItsRegion(Finding finding) {
        String region = finding.attributes().getOrDefault(Finding.SCAN_REGION, "");
        if (region.isEmpty()) {
            return Optional.empty();
        }
        String[] uid = finding.resource().uid().split(":", 6);
        if (uid.length < 6 || !uid[3].isEmpty()) {
            return Optional.empty();
        }
        uid[3] = region;
        return Optional.of(finding.at(finding.account(), region, String.join(":", uid)));
    }
}
