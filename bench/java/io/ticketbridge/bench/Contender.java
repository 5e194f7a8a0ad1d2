package io.ticketbridge.bench;

import java.net.URI;

/** One way to turn the pages of a report into groups. Made once for a database; its passes follow each other. */
interface Contender extends AutoCloseable {
    /** Reads the newest report from the source and brings the database to its state. */
    Tally pass(URI source) throws Exception;

    @Override
    void close();
}
