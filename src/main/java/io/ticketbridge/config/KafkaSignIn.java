package io.ticketbridge.config;

import java.util.Locale;

/** The SASL mechanisms that a user and a password are enough for. */
public enum KafkaSignIn {
    PLAIN,
    SCRAM_SHA_256,
    SCRAM_SHA_512;

    /** As brokers call it. */
    public String mechanism() {
        return name().replace('_', '-').toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return Words.of(this);
    }
}
