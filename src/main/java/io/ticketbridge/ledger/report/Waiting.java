package io.ticketbridge.ledger.report;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Why what is owed is not delivered just now.
 *
 * @param owed how many groups
 * @param claimed how many of them somebody works on, or worked on when it died
 * @param claimedUntil when the last of these claims runs out; null if there is none
 * @param due when the next of the others may be tried; null if there is none
 */
public record Waiting(long owed, long claimed, Instant claimedUntil, Instant due) {
    private record OfFlow(String flow, long owed, long claimed, Instant claimedUntil, Instant due) {}

    /** @param served which flows this process delivers for */
    public static Waiting now(LedgerDatabase database, Predicate<String> served, Instant now) {
        return database
                .client()
                .sql(
                        """
                        select flow, count(*), sum(case when lease_until > :now then 1 else 0 end),
                            max(case when lease_until > :now then lease_until end),
                            min(case when lease_until is null or lease_until <= :now then due_at end)
                        from finding_group where pending = true group by flow""")
                .param("now", Times.sql(now))
                .query((row, number) -> new OfFlow(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        instant(row.getObject(4, OffsetDateTime.class)),
                        instant(row.getObject(5, OffsetDateTime.class))))
                .list()
                .stream()
                .filter(flow -> served.test(flow.flow()))
                .map(flow -> new Waiting(flow.owed(), flow.claimed(), flow.claimedUntil(), flow.due()))
                .reduce(new Waiting(0, 0, null, null), Waiting::plus);
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private Waiting plus(Waiting other) {
        return new Waiting(
                owed + other.owed,
                claimed + other.claimed,
                claimedUntil == null || other.claimedUntil != null && other.claimedUntil.isAfter(claimedUntil)
                        ? other.claimedUntil
                        : claimedUntil,
                due == null || other.due != null && other.due.isBefore(due) ? other.due : due);
    }

    /** One sentence. */
    public String sentence() {
        String claims = Optional.ofNullable(claimedUntil)
                .map(until -> "; " + claimed + " claimed until " + until.truncatedTo(ChronoUnit.SECONDS)
                        + " at the latest, maybe by a process that ended")
                .orElse("");
        String next = Optional.ofNullable(due)
                .map(at -> "; the next is tried at " + at.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
        return "Waiting for " + owed + " tickets that are owed" + claims + next;
    }
}
