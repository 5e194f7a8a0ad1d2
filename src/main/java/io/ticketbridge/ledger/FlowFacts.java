package io.ticketbridge.ledger;

/**
 * What the ledger has to know of a flow's settings.
 *
 * @param grouping how the flow groups now; kept with each group, so that a change of the setting can be told
 * @param silencesBacklog whether what the first run finds is recorded quietly (P13)
 */
public record FlowFacts(String grouping, boolean silencesBacklog) {}
