package io.ticketbridge.bench;

/** What is measured: the passes that follow each other on one database. */
enum Phase {
    FIRST("first scan"),
    RESCAN("rescan, unchanged"),
    CHANGED("rescan, 1 % changed");

    private final String title;

    Phase(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
