package io.ticketbridge.deliver.servicenow;

/** What a source wrote can't stand in a query: it is the fault of that one group, not of its profile (P18). */
public final class UnusableValue extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public UnusableValue(String message) {
        super(message);
    }
}
