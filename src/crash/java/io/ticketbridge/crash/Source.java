package io.ticketbridge.crash;

/** The flows of which every ticket is known. A further flow counts by its failing controls: see {@link Verdict}. */
enum Source {
    CASES("cases", true),
    COMPLIANCE("compliance", false),
    REOPENING("reopening", true);

    final String flow;
    /** What a recurrence does: reopens the ticket, or opens another. */
    final boolean reopens;

    Source(String flow, boolean reopens) {
        this.flow = flow;
        this.reopens = reopens;
    }
}
