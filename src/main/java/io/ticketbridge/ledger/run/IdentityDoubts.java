package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Digest;
import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.Columns;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Streamed;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what scans show to be doubtful about a source's ids, and keeps it for whoever asks (P3). Safe for threads. */
public final class IdentityDoubts {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityDoubts.class);

    /** Of so many that went others are looked for under the same name: it is a sign, and no account (P36). */
    private static final int MOST_GONE = 10_000;

    private final LedgerDatabase database;
    private final Clock clock;

    public IdentityDoubts(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Notes what the run, which is read to its end, came upon. */
    void note(Run run) {
        note(run, IdentityDoubt.Kind.COLLISION, run.collisions());
        if (run.isComplete()) {
            note(run, IdentityDoubt.Kind.CHANGED, changed(run));
        }
    }

    /** The failures that are new in the run and have the name of one that it showed to be gone, in the same place. */
    private DoubtfulIds changed(Run run) {
        DoubtfulIds changed = new DoubtfulIds();
        Map<UUID, String> gone = new HashMap<>();
        Streamed.rows(
                database,
                """
                        select account, region, check_id, resource_name, resource_uid, source_scope from finding
                        where run_id = ? and result = ? and resource_name <> ''""",
                row -> {
                    if (gone.size() >= MOST_GONE) {
                        return;
                    }
                    gone.put(
                            Digest.of(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(6)),
                            row.getString(5));
                },
                // A run's number below zero: it ended them, and did not read them.
                -run.id(),
                Result.PASS.ordinal());
        if (gone.isEmpty()) {
            return changed;
        }
        Set<UUID> counted = new HashSet<>();
        Streamed.rows(
                database,
                """
                        select id, account, region, check_id, resource_name, resource_uid, source_scope from finding
                        where run_id = ? and result = ? and first_seen >= (select started_at from run where id = ?)""",
                row -> {
                    String before = gone.get(Digest.of(
                            row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getString(7)));
                    if (before != null && counted.add(row.getObject(1, UUID.class))) {
                        changed.add(
                                run.scopes().nameOf(row.getObject(7, UUID.class)),
                                row.getString(4),
                                row.getString(5) + ": was " + before + ", is " + row.getString(6));
                    }
                },
                run.id(),
                Result.FAIL.ordinal(),
                run.id());
        return changed;
    }

    private void note(Run run, IdentityDoubt.Kind kind, DoubtfulIds ids) {
        ids.counts().forEach((check, count) -> note(run, kind, check, count));
    }

    private void note(Run run, IdentityDoubt.Kind kind, DoubtfulIds.Check check, DoubtfulIds.Count count) {
        OffsetDateTime now = Times.sql(clock.instant());
        UUID id = Digest.of(run.flow(), kind.name(), check.source(), check.check());
        int known = database.jdbc()
                .update(
                        "update identity_doubt set findings = ?, example = ?, run_id = ?, seen_at = ? where id = ?",
                        count.findings(),
                        Text.cut(count.example(), 1000),
                        run.id(),
                        now,
                        id);
        if (known > 0) {
            return;
        }
        database.jdbc()
                .update(
                        """
                        insert into identity_doubt (id, flow, kind, source, check_id, findings, example, run_id, first_at, seen_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                        id,
                        run.flow(),
                        kind.name(),
                        Text.cut(check.source(), 1000),
                        Text.cut(check.check(), 1000),
                        count.findings(),
                        Text.cut(count.example(), 1000),
                        run.id(),
                        now,
                        now);
        LOG.warn(
                "A source's ids are doubtful: {}. flow={} source=\"{}\" check=\"{}\" findings={} example=\"{}\"",
                kind.sentence(),
                run.flow(),
                check.source(),
                check.check(),
                count.findings(),
                Text.cut(count.example(), 200));
    }

    /** All that is kept, those seen last first. */
    public List<IdentityDoubt> all() {
        return database.client()
                .sql("select " + Columns.IDENTITY_DOUBT
                        + " from identity_doubt order by flow, seen_at desc, findings desc, id")
                .query((row, number) -> new IdentityDoubt(
                        row.getString("flow"),
                        IdentityDoubt.Kind.valueOf(row.getString("kind")),
                        row.getString("source"),
                        row.getString("check_id"),
                        row.getLong("findings"),
                        row.getString("example"),
                        row.getLong("run_id"),
                        Times.of(row, "first_at"),
                        Times.of(row, "seen_at")))
                .list();
    }
}
