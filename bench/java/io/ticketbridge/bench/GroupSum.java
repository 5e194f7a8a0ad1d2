package io.ticketbridge.bench;

import java.io.Serializable;

/** What the peers aggregate of a group: the least of which a ticket could be made. A list of its findings would cost them far more. */
record GroupSum(String title, long changed, long failing) implements Serializable {
    static final GroupSum NONE = new GroupSum("", 0, 0);

    GroupSum plus(SmallEvaluation evaluation) {
        return new GroupSum(evaluation.title(), changed + 1, failing + (evaluation.failed() ? 1 : 0));
    }
}
