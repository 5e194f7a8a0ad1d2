package io.ticketbridge.ledger;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;

/** Says for the route that forgets what is over from when on it is kept, and forgets what takes more than one statement. */
public final class Retention {
    /** Rows of one statement: none may take longer than a connection waits for its answer, however much there is to forget. */
    private static final int ROWS = 10_000;

    private final LedgerDatabase database;
    private final Clock clock;
    private final int rows;

    public Retention(LedgerDatabase database, Clock clock) {
        this(database, clock, ROWS);
    }

    Retention(LedgerDatabase database, Clock clock, int rows) {
        this.database = database;
        this.clock = clock;
        this.rows = rows;
    }

    /** @param days for which something is kept after it ended */
    public OffsetDateTime before(int days) {
        return Times.sql(clock.instant().minus(Duration.ofDays(days)));
    }

    /**
     * Forgets what was sent with each write that has ended, and what was answered. That there was one, why, and under which reference
     * stays: by that a note is known as ours, however old it is (P25).
     */
    public void forgetTexts(OffsetDateTime before) {
        forgetTexts("action", "ended_at < :before and state in ('done', 'refused', 'withdrawn')", before);
        forgetTexts("source_write", "sent_at < :before", before);
    }

    /** Along the numbers, which only grow: each row is looked at once, and what was forgotten before is not written again. */
    private void forgetTexts(String table, String which, OffsetDateTime before) {
        long done = 0;
        for (long last = end(table, done); last > done; last = end(table, done)) {
            database.client()
                    .sql("update " + table + " set request = null, answer = null where id > :done and id <= :last and "
                            + which + " and (request is not null or answer is not null)")
                    .param("done", done)
                    .param("last", last)
                    .param("before", before)
                    .update();
            done = last;
        }
    }

    private long end(String table, long done) {
        return database.client()
                .sql("select coalesce(max(id), 0) from (select id from " + table
                        + " where id > :done order by id limit :rows) as looked_at")
                .param("done", done)
                .param("rows", rows)
                .query(Long.class)
                .single();
    }
}
