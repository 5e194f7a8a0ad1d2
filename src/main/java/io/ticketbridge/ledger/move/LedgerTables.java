package io.ticketbridge.ledger.move;

import java.util.List;
import java.util.Map;

/** Which tables are the ledger, for whoever copies it. A table that is in neither list fails a test. */
final class LedgerTables {
    /** A body's parts, of a quarter of a megabyte each. */
    static final String PARTS = "intake_part";

    static final List<String> COPIED = List.of(
            "run",
            "watermark",
            "finding",
            "finding_group",
            "ticket",
            "action",
            "dead_letter",
            "pair",
            "carried",
            "source_write",
            "reconciliation",
            "request_count",
            "request_limit",
            "stray_record",
            "event",
            "intake",
            PARTS,
            "identity_doubt",
            "last_end");

    /** Beginnings of the names of tables that stay where they are, and why. */
    static final Map<String, String> LEFT_OUT = Map.of(
            "flyway_schema_history", "the migration of each database writes its own",
            "arrival", "how far runs came that are under way in a topic: they are read again",
            "qrtz_", "the schedule of processes that run: each start makes it anew");

    private LedgerTables() {}
}
