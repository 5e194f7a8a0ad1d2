package io.ticketbridge.deliver.servicenow;

/**
 * What a source wrote can't stand in a query, or a template can't be filled with it: only what is about that one group is given up,
 * not its profile (P18).
 */
public final class UnusableValue extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public UnusableValue(String message) {
        super(message);
    }
}
