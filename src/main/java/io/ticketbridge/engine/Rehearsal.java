package io.ticketbridge.engine;

import io.ticketbridge.deliver.PlannedWrites;

/**
 * What makes an engine one that only plans.
 *
 * @param writes stands where the routes would write
 * @param trace follows each finding, and ServiceNow is not asked; null where it is
 */
record Rehearsal(PlannedWrites writes, FindingTrace trace) {

    boolean isOffline() {
        return trace != null;
    }
}
