package io.ticketbridge.ledger;

import io.ticketbridge.ledger.database.LedgerDatabase;

/** Fills a ledger with so many groups by itself, far quicker than by scans; both databases take the same SQL. */
public final class ManyGroups {
    private static final String ID =
            "cast(concat(?, '0000000-0000-4000-8000-', lpad(cast(s.n as varchar), 12, '0')) as uuid)";

    private final LedgerDatabase database;
    private final String flow;

    public ManyGroups(LedgerDatabase database, String flow) {
        this.database = database;
        this.flow = flow;
    }

    /**
     * Pending ones of a finding that fails each, read by a run that there is.
     *
     * @param letter tells one filling from another, 0 to f
     */
    public void pending(String letter, int groups, int severity) {
        database.jdbc()
                .update(
                        """
                        insert into finding_group (id, flow, label, label_key, grouping, head, version, settled, shown, run_id,
                            pending, released, silenced, dead, due_at, attempts, fence)
                        select %s, ?, concat('group-', cast(s.n as varchar)), concat('group-', cast(s.n as varchar)), 'check', '{}',
                            1, 0, 0, 1, true, false, false, false, timestamp with time zone '2026-01-01 00:00:00+00', 0, 0
                        from %s"""
                                .formatted(ID, series(groups)),
                        letter,
                        flow);
        database.jdbc()
                .update(
                        """
                        insert into finding (id, group_id, content, result, severity, version, listed, run_id, scope_id, source_scope,
                            account, region, check_id, resource_uid, resource_name, resource_type, message, first_seen, changed_at)
                        select f.id, f.id, f.id, 0, ?, 1, false, 1, f.id, f.id, '', '', 'check',
                            concat('resource-', cast(f.n as varchar)), concat('resource-', cast(f.n as varchar)), '', '',
                            timestamp with time zone '2026-01-01 00:00:00+00', timestamp with time zone '2026-01-01 00:00:00+00'
                        from (select %s as id, s.n from %s) f"""
                                .formatted(ID, series(groups)),
                        severity,
                        letter);
    }

    private String series(int count) {
        return (database.isH2() ? "system_range" : "generate_series") + "(1, " + count + ") as s(n)";
    }
}
