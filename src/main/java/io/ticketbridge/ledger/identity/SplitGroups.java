package io.ticketbridge.ledger.identity;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which groups have findings that stay where they are, beside those that a recipe moves: IAM's have no region any more, S3's of the same
 * region do. The ticket of such a group goes on as what it is.
 */
final class SplitGroups {
    /** Whether a region is left depends on the check. A finding that has moved already has another region. */
    private static final String OF_OTHER_CHECKS =
            "select 1 from finding where group_id = :group and region = :region and check_id not in (:checks) fetch first 1 row only";

    /** An account is named otherwise for all that is in it; a region tells GitHub's owners apart. */
    private static final String OF_OTHER_REGIONS =
            "select 1 from finding where group_id = :group and account = :account and region <> :region fetch first 1 row only";

    private final LedgerDatabase database;

    SplitGroups(LedgerDatabase database) {
        this.database = database;
    }

    Moved moved() {
        return new Moved();
    }

    /** What a page moves by one recipe. */
    final class Moved {
        private final Map<UUID, Finding> ofAccounts = new HashMap<>();
        private final Map<UUID, Finding> ofRegions = new HashMap<>();
        private final Set<String> checks = new HashSet<>();

        void add(UUID group, Finding before, Finding now) {
            checks.add(Text.cut(now.check()));
            if (!before.account().equals(now.account())) {
                ofAccounts.putIfAbsent(group, before);
            } else if (!before.region().equals(now.region())) {
                ofRegions.putIfAbsent(group, before);
            }
        }

        void dropSplit(Set<UUID> groups) {
            groups.removeIf(group -> ofAccounts.containsKey(group) && hasOtherRegions(group, ofAccounts.get(group))
                    || ofRegions.containsKey(group) && hasOtherChecks(group, ofRegions.get(group)));
        }

        private boolean hasOtherChecks(UUID group, Finding before) {
            return database.client()
                    .sql(OF_OTHER_CHECKS)
                    .param("group", group)
                    .param("region", Text.cut(before.region()))
                    .param("checks", checks)
                    .query(Integer.class)
                    .optional()
                    .isPresent();
        }

        private boolean hasOtherRegions(UUID group, Finding before) {
            return database.client()
                    .sql(OF_OTHER_REGIONS)
                    .param("group", group)
                    .param("account", Text.cut(before.account()))
                    .param("region", Text.cut(before.region()))
                    .query(Integer.class)
                    .optional()
                    .isPresent();
        }
    }
}
