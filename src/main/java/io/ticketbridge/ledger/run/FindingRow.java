package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import java.util.UUID;

/**
 * A finding's membership in one group as the ledger has it, with what its group says about the filter.
 *
 * @param version the group's version at the finding's last change
 * @param listed whether the ticket lists it, as of the version that the ticket shows; holds once version is newer than that
 * @param groupShown the version that the group's latest ticket shows
 * @param groupReleased whether the group's ticket blocks it no longer
 * @param groupHeld whether a breaker holds the group
 * @param groupDead whether the group's ticket was refused for good
 * @param groupOpen whether a ticket of a group that is released or dead is open; of others nobody asks
 * @param accepted whether a ticket that was closed as an accepted risk covers it
 * @param runId the run that wrote it last; below zero if that ended it by its absence
 * @param groupIsOld whether the group was formed by a grouping that is not the flow's any more
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
        boolean groupReleased,
        boolean groupHeld,
        boolean groupDead,
        boolean groupOpen,
        boolean accepted,
        long runId,
        boolean groupIsOld) {
    /** Of a group g, asked only where it matters: an intended ticket is the latest, and the others are none of those that block. */
    static final String GROUP_OPEN =
            """
            case when g.released or g.dead then (select min(case t.phase when 'INTENDED' then 0 when 'OPEN' then 1 else 2 end)
                from ticket t where t.group_id = g.id) = 1 else false end""";

    /** The same, in a group that its finding would not be put into any more. */
    FindingRow inOldGroup() {
        return new FindingRow(
                id,
                groupId,
                content,
                result,
                severity,
                version,
                listed,
                groupShown,
                groupReleased,
                groupHeld,
                groupDead,
                groupOpen,
                accepted,
                runId,
                true);
    }

    /**
     * Whether a group of an older grouping keeps the failure: as long as that group has a ticket that blocks, or is to
     * have one, or was silenced, or the risk is accepted, the finding stays there, so that one problem keeps one ticket. What was
     * refused may be no more than a change of a ticket that is open.
     */
    boolean staysInOldGroup() {
        return groupIsOld && result == Result.FAIL && (!groupReleased || accepted) && (!groupDead || groupOpen);
    }

    /** Whether the group is of an older grouping and its ticket blocks no other: what still fails in it went on to another group. */
    boolean isLeft() {
        return groupIsOld && groupReleased && !accepted;
    }

    /** Whether no ticket of such a group is open, either: then nobody is to be told what becomes of it. */
    boolean isOver() {
        return isLeft() && !groupOpen;
    }

    /** Whether the filter lets an unchanged failure pass: no ticket blocks its group, or a breaker holds it. */
    boolean passesUnchanged() {
        return !groupIsOld && (groupReleased || groupHeld);
    }
}
