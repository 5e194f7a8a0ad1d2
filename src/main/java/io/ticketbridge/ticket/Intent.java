package io.ticketbridge.ticket;

import java.time.Instant;

/**
 * A write to ServiceNow, recorded before it is sent (P15).
 *
 * @param kind what kind of write
 * @param reference by which the write is found again in ServiceNow: the correlation id of a new record, or the short
 *     reference inside the journal entry that every later write carries
 * @param version the group's version that the write shows
 * @param written whether ServiceNow has it for sure, so that only attachments are owed
 */
public record Intent(
        long id,
        Kind kind,
        int generation,
        String reference,
        long version,
        boolean written,
        Instant intendedAt,
        String reason) {

    public enum Kind {
        OPENED,
        UPDATED,
        REOPENED,
        RESOLVED;

        /** As the ledger, the account and the logs name it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public static Kind of(Action action) {
            return switch (action) {
                case OPEN -> OPENED;
                case UPDATE -> UPDATED;
                case REOPEN -> REOPENED;
                case RESOLVE -> RESOLVED;
                default -> throw new IllegalArgumentException(action + " writes nothing");
            };
        }
    }
}
