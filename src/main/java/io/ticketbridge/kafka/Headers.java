package io.ticketbridge.kafka;

import org.apache.camel.Message;

/** What a message says besides its record. The names stay as they are: old and new versions read the same topic. */
final class Headers {
    static final String FORMAT = "ticketbridge-format";
    static final String RUN = "ticketbridge-run";
    static final String FLOW = "ticketbridge-flow";
    /** Random, and the same for all runs of a pass: a ledger from a back-up gives numbers of runs out again. */
    static final String PASS = "ticketbridge-pass";
    /** Whether the run is the first of its flow or scope. */
    static final String BASELINE = "ticketbridge-baseline";
    /** {@code finding}, or {@code unreadable} for a record that is none. */
    static final String KIND = "ticketbridge-kind";
    /** The worst that the scan had said of the same identity before. */
    static final String BEFORE = "ticketbridge-before";

    static final String CURRENT_FORMAT = "1";
    static final String FINDING = "finding";
    static final String UNREADABLE = "unreadable";

    private Headers() {}

    /** Null if the message has none of that name. */
    static String text(Message message, String name) {
        return message.getHeader(name, String.class);
    }
}
