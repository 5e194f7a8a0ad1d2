package io.ticketbridge.ticket;

import io.ticketbridge.finding.Digest;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

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

    /** What a decision will write, before it is recorded: it has no id and no time yet. */
    public static Intent of(GroupCase claimed, Decision decision) {
        Kind kind = Kind.of(decision.action());
        return new Intent(
                0,
                kind,
                decision.generation(),
                reference(kind, claimed, decision),
                claimed.group().version(),
                false,
                null,
                decision.reason());
    }

    public Intent recorded(long as, Instant at) {
        return new Intent(as, kind, generation, reference, version, written, at, reason);
    }

    /** An open's reference is the record's correlation id, however often it is tried; a later write's is short and its own. */
    private static String reference(Kind kind, GroupCase claimed, Decision decision) {
        UUID group = claimed.group().id();
        if (kind == Kind.OPENED) {
            return Ticket.correlationId(group, decision.generation()) + "/" + claimed.fence();
        }
        return "tb-"
                + Digest.of(
                                group.toString(),
                                String.valueOf(decision.generation()),
                                kind.word(),
                                String.valueOf(claimed.fence()))
                        .toString()
                        .substring(0, 13);
    }

    public enum Kind {
        OPENED,
        UPDATED,
        REOPENED,
        RESOLVED;

        /** As the ledger, the account and the logs name it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
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
