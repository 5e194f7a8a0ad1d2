package io.ticketbridge.config;

/** How the brokers are spoken to, in Kafka's own words. */
public enum KafkaSecurity {
    PLAINTEXT,
    SSL,
    SASL_PLAINTEXT,
    SASL_SSL;

    public boolean signsIn() {
        return this == SASL_PLAINTEXT || this == SASL_SSL;
    }

    public boolean encrypts() {
        return this == SSL || this == SASL_SSL;
    }

    @Override
    public String toString() {
        return Words.of(this);
    }
}
