package io.ticketbridge.engine;

import io.ticketbridge.deliver.PlannedWrites;
import java.util.List;

/**
 * What makes an engine one that only plans.
 *
 * @param writes stands where the routes would write
 * @param trace follows each finding, and ServiceNow is not asked; null where it is
 * @param problems takes what the stages can't work with in the settings, and the engine starts all the same; null where it must not
 */
record Rehearsal(PlannedWrites writes, FindingTrace trace, List<String> problems) {
    Rehearsal(PlannedWrites writes, FindingTrace trace) {
        this(writes, trace, null);
    }

    boolean isOffline() {
        return trace != null;
    }
}
