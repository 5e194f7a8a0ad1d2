package io.ticketbridge.config;

import java.util.Locale;

/** How log lines are written. */
public enum LogFormat {
    TEXT,
    JSON;

    /** As the settings spell it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
