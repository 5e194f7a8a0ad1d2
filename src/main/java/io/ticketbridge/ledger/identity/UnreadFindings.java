package io.ticketbridge.ledger.identity;

import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Streamed;
import io.ticketbridge.ledger.database.Times;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The failures of a flow that came from what it does not read any more: no scan will ever say what became of them. */
final class UnreadFindings {
    private final LedgerDatabase database;

    UnreadFindings(LedgerDatabase database) {
        this.database = database;
    }

    /** What is suppressed may keep a ticket open, too. */
    Set<UUID> of(String flow, List<OriginHistory.Period> periods) {
        Set<UUID> unread = new HashSet<>();
        if (periods.isEmpty()) {
            return unread;
        }
        Streamed.rows(
                database,
                "select " + FindingKey.COLUMNS
                        + """
                        , f.first_seen from finding f join finding_group g on g.id = f.group_id
                        where g.flow = ? and g.grouping <> 'storm' and f.result in (?, ?)""",
                row -> {
                    FindingKey key = FindingKey.of(row);
                    Instant first = Times.of(row, "first_seen");
                    if (periods.stream().anyMatch(period -> isOf(key, first, period))) {
                        unread.add(key.id());
                    }
                },
                flow,
                Result.FAIL.ordinal(),
                Result.SUPPRESSED.ordinal());
        return unread;
    }

    private static boolean isOf(FindingKey key, Instant first, OriginHistory.Period period) {
        String scope = period.origin().scope();
        return period.holds(first) && (scope.isEmpty() || key.within(scope).isPresent());
    }
}
