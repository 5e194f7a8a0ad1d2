package io.ticketbridge.ledger;

/**
 * All columns of the tables that are read whole, by name: an older version goes on reading them while a newer one has added some, and
 * PostgreSQL's prepared statements stay valid.
 */
public final class Columns {
    public static final String TICKET =
            "group_id, generation, flow, profile, table_name, correlation_id, sys_id, number, state, phase, "
                    + "reached, opened_at, intended_at, recorded_at, seen_at, sent_fields, head, problem, accepted_as, "
                    + "accepted_until, acceptance_over, adopted";

    public static final String FINDING =
            "id, group_id, content, result, severity, version, listed, run_id, scope_id, source_scope, "
                    + "account, region, check_id, resource_uid, resource_name, resource_type, message, first_seen, "
                    + "changed_at, suppression, keeps_open, accepted_in";

    public static final String FINDING_GROUP =
            "id, flow, label, grouping, head, version, settled, shown, run_id, pending, released, silenced, "
                    + "held, let_go, dead, due_at, attempts, lease_owner, lease_until, fence, urgency, again, "
                    + "label_key, loose_end";

    public static final String ACTION =
            "id, group_id, generation, flow, run_id, kind, reason, reference, version, state, intended_at, "
                    + "ended_at, request, answer";

    /** {@code held_count} is not used; it stays, as older versions that run beside this one name it. */
    public static final String RUN =
            "id, flow, scan, state, started_at, seen_at, read_at, ended_at, error, read_count, "
                    + "unchanged_count, inconclusive_count, suppressed_count, filtered_count, held_count, dead_count, "
                    + "absent_count, account, failing_count, opened, resolved, pass, published_count, taken_count, incomplete";

    public static final String IDENTITY_DOUBT =
            "id, flow, kind, source, check_id, findings, example, run_id, first_at, seen_at";

    public static final String SOURCE_WRITE =
            "id, group_id, generation, flow, run_id, kind, reason, state, sent_at, ended_at, request, answer";

    public static final String DEAD_LETTER =
            "id, flow, stage, class, group_id, run_id, error, raw, died_at, replayed_at, answer, generation, "
                    + "note_id, digest";

    public static final String PAIR =
            "group_id, generation, flow, agreement, version, closed, mark, seen_mark, source_updated_at, "
                    + "ended, agreed_at";

    private Columns() {}
}
