package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Streamed;
import io.ticketbridge.ledger.identity.Identities;
import java.util.BitSet;
import java.util.UUID;

/**
 * Reads what the ledger has of a flow at once, into its run's sightings: where a scan names a good part of it that is cheaper than a
 * look-up for each page. It reads the table as it lies, for through an index each row would cost some page reads of its own.
 */
final class KnownFindings {
    /** So many are looked up page by page in any case. */
    static final long MANY = 2000;

    /** A row that is read with all others costs a tenth of one that is looked up, or less. */
    private static final int CHEAPER = 20;

    private final LedgerDatabase database;
    private final long many;

    KnownFindings(LedgerDatabase database, long many) {
        this.database = database;
        this.many = many;
    }

    void readIfWorthIt(Run run) {
        Sightings sightings = run.sightings();
        if (sightings.isLoaded() || run.read() < Math.max(many, sightings.worthLoadingAt())) {
            return;
        }
        if (sightings.worthLoadingAt() == 0) {
            sightings.worthLoadingAt(size() / CHEAPER);
        }
        if (run.read() >= sightings.worthLoadingAt() && !isReplayed(run.flow())) {
            read(run);
        }
    }

    /** What a replay beside the pass writes from now on would not be known. One that died is ended by the next pass. */
    private boolean isReplayed(String flow) {
        return database.client()
                        .sql("select count(*) from run where flow = :flow and pass is null and state = 'reading'")
                        .param("flow", flow)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private long size() {
        return database.client()
                .sql("select count(*) from finding")
                .query(Long.class)
                .single();
    }

    void read(Run run) {
        run.unwritten().await();
        Sightings sightings = run.sightings();
        sightings.load();
        Identities groups = new Identities();
        BitSet plain = new BitSet();
        Streamed.rows(
                database,
                "select id, released, held, dead, grouping from finding_group where flow = ?",
                row -> {
                    // A ticket that does not block, a breaker, or an older grouping may make news of what is known.
                    boolean isPlain = !row.getBoolean(2)
                            && row.getString(3) == null
                            && !row.getBoolean(4)
                            && run.facts().forms(row.getString(5));
                    plain.set(groups.add(row.getObject(1, UUID.class)), isPlain);
                },
                run.flow());
        if (groups.size() > 0) {
            Streamed.rows(
                    database,
                    "select id, group_id, content, result, severity, scope_id, source_scope from finding",
                    row -> {
                        UUID group = row.getObject(2, UUID.class);
                        int number = groups.find(group);
                        if (number < 0) {
                            return;
                        }
                        Result result = Result.values()[row.getInt(4)];
                        sightings.take(
                                row.getObject(1, UUID.class),
                                result,
                                plain.get(number),
                                Sightings.print(group, row.getObject(3, UUID.class), Severity.values()[row.getInt(5)]),
                                run.coverage().numberOf(row.getObject(6, UUID.class), row.getObject(7, UUID.class)));
                    });
        }
        sightings.loaded();
    }
}
