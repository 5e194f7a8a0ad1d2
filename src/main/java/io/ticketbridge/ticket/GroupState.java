package io.ticketbridge.ticket;

import io.ticketbridge.finding.Severity;
import java.util.UUID;

/**
 * A group as the ledger knows it when its fate is decided.
 *
 * @param version counts the changes of the group
 * @param shown the version that its latest ticket shows, 0 without a ticket
 * @param failing findings that fail now and ask for a ticket
 * @param accepted findings that fail and are covered by a ticket that was closed as an accepted risk
 * @param suppressed findings that failed and are now suppressed at the source; what was suppressed from the start does not count
 * @param joined findings that fail and that the ticket does not list yet
 * @param fixed findings that the ticket lists and that fail no more, nor are suppressed
 * @param muted findings that the ticket lists and that are suppressed at the source now
 * @param cameBack of the failing those that passed, or were gone, since the ticket was opened or reopened; asked only where it has reached
 *     its status
 * @param severity the worst of the failing findings
 * @param headChanged whether the text of the ticket (title, description, notes of a case) is news
 * @param silenced whether the group belongs to a backlog that was recorded quietly (P13)
 * @param letGo whether a person let it go after a breaker held it, so that no breaker holds it again (P12)
 * @param released whether its latest ticket stopped blocking another and no scan has flagged the problem since (P7)
 * @param agreedClosed whether case and ticket were both closed when they were last in step
 * @param ticketChanged whether the ticket was changed since then
 */
public record GroupState(
        UUID id,
        String flow,
        String label,
        Head head,
        long version,
        long shown,
        long runId,
        long failing,
        long accepted,
        long suppressed,
        long joined,
        long fixed,
        long muted,
        long cameBack,
        Severity severity,
        boolean headChanged,
        boolean silenced,
        boolean letGo,
        boolean released,
        boolean agreedClosed,
        boolean ticketChanged) {
    /** Whether something fails, and not as severe as the ticket says. */
    public boolean isOfAnotherSeverity(Ticket ticket) {
        return failing > 0 && !head.isStorm() && severity != ticket.head().severity();
    }

    /** The same in words, for a reason or a note. */
    public String severityChange(Ticket ticket) {
        return "severity " + ticket.head().severity().word() + " -> " + severity.word();
    }
}
