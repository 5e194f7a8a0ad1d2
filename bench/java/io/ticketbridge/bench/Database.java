package io.ticketbridge.bench;

/** An empty database for one contender. */
record Database(Kind kind, String url, String user, String password) {
    enum Kind {
        H2("H2"),
        POSTGRESQL("PostgreSQL");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }
}
