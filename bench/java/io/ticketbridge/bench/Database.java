package io.ticketbridge.bench;

/** An empty database for one contender. */
record Database(Kind kind, String url, String user, String password) {
    enum Kind {
        H2,
        POSTGRESQL
    }
}
