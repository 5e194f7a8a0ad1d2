package io.ticketbridge.bench;

/** What is started, in the order of a round. */
enum Starter {
    HELLO("bare Camel Main"),
    NEW_LEDGER("ticketbridge, new ledger"),
    KNOWN_LEDGER("ticketbridge, its ledger is there"),
    HELLO_ARCHIVED("bare Camel Main, with a class archive"),
    ARCHIVED("ticketbridge, with a class archive, its ledger is there");

    private final String title;

    Starter(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    boolean isHello() {
        return this == HELLO || this == HELLO_ARCHIVED;
    }

    boolean isArchived() {
        return this == HELLO_ARCHIVED || this == ARCHIVED;
    }

    /** What it is measured against: the same, started in the same way. */
    Starter hello() {
        return isArchived() ? HELLO_ARCHIVED : HELLO;
    }
}
