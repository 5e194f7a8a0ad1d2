package io.ticketbridge.ledger;

import java.util.OptionalInt;

/**
 * What the ledger has to know of a flow's settings.
 *
 * @param grouping how the flow groups now; kept with each group, so that a change of the setting can be told
 * @param silencesBacklog whether what the first run finds is recorded quietly (P13)
 * @param newTicketsPerRun how many tickets a run may open (P12)
 * @param newTicketsPerHour how many tickets may be opened in any hour, if that is limited (P12)
 */
public record FlowFacts(String grouping, boolean silencesBacklog, int newTicketsPerRun, OptionalInt newTicketsPerHour) {

    /** Whether what is closed is still followed: people go on working with a closed case or alert. */
    boolean followsWhatPassed() {
        return grouping.equals("case") || grouping.equals("alert");
    }
}
