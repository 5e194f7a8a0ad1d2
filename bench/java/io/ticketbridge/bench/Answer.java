package io.ticketbridge.bench;

/**
 * What a worker answers, as one line of JSON.
 *
 * @param tally what the pass did, null if the order was none
 * @param holdings what the ledger holds, null where that can't be compared
 * @param seconds how long the pass took
 * @param settling how long what came after it took, in seconds
 * @param peakBytes the most memory that the process ever held, as the system counts it
 * @param heapBytes the most heap that was in use after a garbage collection
 * @param error why it failed, null if it did not
 */
record Answer(
        Tally tally,
        Holdings holdings,
        double seconds,
        double settling,
        long peakBytes,
        long heapBytes,
        String error) {}
