package io.ticketbridge.deliver.servicenow;

/** ServiceNow said 200, but the answer is not the whole result: for a read try again, after a write look the record up. */
public final class TruncatedAnswer extends RuntimeException {
    TruncatedAnswer(String message) {
        super(message);
    }
}
