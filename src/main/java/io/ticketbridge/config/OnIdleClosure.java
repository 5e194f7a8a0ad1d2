package io.ticketbridge.config;

/**
 * What becomes of a ticket when Vision One closes its case because nobody touched it for 60 days, which is no fix (P27). Its
 * text is the word used in the setting.
 */
public enum OnIdleClosure {
    COMMENT,
    RESOLVE;

    @Override
    public String toString() {
        return Words.of(this);
    }
}
