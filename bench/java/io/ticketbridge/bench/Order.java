package io.ticketbridge.bench;

import java.net.URI;

/** What the driver tells a worker, as one line of JSON. */
record Order(What what, Contenders contender, Database database, URI source) {
    enum What {
        /** Makes the contender on an empty database. */
        OPEN,
        PASS,
        CLOSE
    }
}
