package io.ticketbridge.bench;

import java.net.URI;
import java.util.Optional;

/**
 * One way to turn the pages of a report into groups. Made once for a database; its passes follow each other. The source stands
 * where {@code https://REGION.compliance.cloud.ibm.com/instances/INSTANCE/v3} would.
 */
interface Contender extends AutoCloseable {
    /** Makes ready what is no part of a pass: tables, routes, connections. Called once, and not measured. */
    default void prepare(URI source) throws Exception {}

    /** Reads the newest report from the source and brings the database to its state. */
    Tally pass(URI source) throws Exception;

    /** Waits for what the pass left to other threads, delivery to nowhere and the run's account, or does it. Measured apart. */
    default void settle() throws Exception {}

    /** What its ledger holds; empty for a contender whose tables are of another kind. */
    default Optional<Holdings> holdings() throws Exception {
        return Optional.empty();
    }

    @Override
    void close();
}
