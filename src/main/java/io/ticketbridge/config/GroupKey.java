package io.ticketbridge.config;

/** What findings of one group have in common (P6); none of them ever changes. Its text is the word used in the setting. */
public enum GroupKey {
    /** The account and uid of the resource. */
    RESOURCE,
    CONTROL,
    CHECK,
    ACCOUNT,
    REGION,
    SCOPE;

    @Override
    public String toString() {
        return Words.of(this);
    }
}
