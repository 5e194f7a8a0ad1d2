package io.ticketbridge.ledger;

import io.ticketbridge.finding.Subject;
import io.ticketbridge.ticket.GroupIdentity;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What the ledger has to know of a flow's settings.
 *
 * @param grouping how the flow groups now; kept with each group, so that a change of the setting can be told
 * @param joinsControls whether a map joins controls that are the same
 * @param silencesBacklog whether what the first run finds is recorded quietly (P13)
 * @param newTicketsPerRun how many tickets a run may open (P12)
 * @param newTicketsPerHour how many tickets may be opened in any hour, if that is limited (P12)
 * @param provesByCheck whether its scans read each check by itself, and prove by itself what is gone of it (P11)
 * @param resolves whether a ticket is resolved once nothing fails, and not by what it is kept in step with
 */
public record FlowFacts(
        String grouping,
        boolean joinsControls,
        boolean silencesBacklog,
        int newTicketsPerRun,
        OptionalInt newTicketsPerHour,
        boolean provesByCheck,
        boolean resolves) {
    private static final String JOINED = ", joined";

    /** Of a flow that joins no controls. */
    public FlowFacts(
            String grouping,
            boolean silencesBacklog,
            int newTicketsPerRun,
            OptionalInt newTicketsPerHour,
            boolean provesByCheck) {
        this(grouping, false, silencesBacklog, newTicketsPerRun, newTicketsPerHour, provesByCheck, true);
    }

    /** How a group is formed, in words: one of joined controls is told from others, so that it is old once nothing joins them. */
    public String groupingOf(GroupIdentity group) {
        return group.joined() == null ? grouping : grouping + JOINED;
    }

    /** Whether the flow forms groups like that one now. */
    public boolean forms(String groupingOfGroup) {
        return groupingOfGroup.equals(grouping) || joinsControls && groupingOfGroup.equals(grouping + JOINED);
    }

    /** The framework whose requirements are its controls; null where those are checks, the source's own, or joined by a map. */
    public String framework() {
        int begin = grouping.indexOf(" (");
        if (joinsControls || begin < 0) {
            return null;
        }
        String control = grouping.substring(begin + 2, grouping.length() - 1);
        return List.of("control", "check").contains(control) ? null : control;
    }

    /** Whether the scope of a finding says to which group it belongs. */
    public boolean groupsByScope() {
        return List.of(grouping.split("[, ]+")).contains("scope");
    }

    /** Whether what is closed is still followed: people go on working with a closed case or alert. */
    public boolean followsWhatPassed() {
        return Stream.of(Subject.values()).anyMatch(subject -> subject.word().equals(grouping));
    }
}
