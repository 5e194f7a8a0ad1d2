package io.ticketbridge.ledger;

import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import java.util.UUID;

/**
 * A finding's membership in one group as the ledger has it, with what its group says about the filter.
 *
 * @param version the group's version at the finding's last change
 * @param listed whether the ticket lists it, as of the version that the ticket shows; holds once version is newer than that
 * @param groupShown the version that the group's latest ticket shows
 * @param groupOpen whether the filter lets an unchanged failure pass: no ticket blocks the group, or a breaker holds it
 * @param groupDead whether the group's ticket was refused for good
 * @param grouping how the flow grouped when the group was formed
 */
record FindingRow(
        UUID id,
        UUID groupId,
        UUID content,
        Result result,
        Severity severity,
        long version,
        boolean listed,
        long groupShown,
        boolean groupOpen,
        boolean groupDead,
        String grouping) {

    /**
     * Whether it fails under a ticket that still blocks, in a group of a grouping that is not the flow's any more: it stays
     * there until that ticket is done, so that one problem keeps one ticket.
     */
    boolean isCoveredOutside(String groupingNow) {
        return result == Result.FAIL && groupShown > 0 && !groupOpen && !grouping.equals(groupingNow);
    }
}
