package io.ticketbridge.deliver.servicenow;

/** ServiceNow has records that it does not show to our user: they are there, whatever its answer looks like (P7, P15). */
public final class HiddenRecords extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HiddenRecords(String message) {
        super(message);
    }
}
