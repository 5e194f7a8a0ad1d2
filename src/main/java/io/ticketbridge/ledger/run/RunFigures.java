package io.ticketbridge.ledger.run;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Adds what became of pages to their run (P5), and with it says that the run is alive. Pages that bring no news need no transaction of
 * their own: theirs are added together, with the next news, at the end, or once a second.
 */
final class RunFigures {
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(1);

    private final LedgerDatabase database;
    private final Clock clock;

    RunFigures(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    boolean areDue(Run run) {
        Instant now = clock.instant();
        if (run.unwritten().figuresWrittenAt() == null) {
            run.unwritten().figuresWrittenAt(now);
        }
        return Duration.between(run.unwritten().figuresWrittenAt(), now).compareTo(AT_LEAST_EVERY) >= 0;
    }

    /** Writes what was kept back, too, and after that it is kept back no longer. */
    void write(Run run) {
        if (!run.unwritten().figures().isNothing()) {
            write(run, run.unwritten().figures());
            run.unwritten().written();
        }
    }

    /**
     * Inside a transaction, in which nothing is kept of a run that another has taken over; {@link UnwrittenPages#written} follows once that is
     * through.
     *
     * @throws PassLost if another pass has taken its place
     * @throws FailedByWorker if a worker could not write what was published of it
     */
    void write(Run run, PageFigures figures) {
        Instant now = clock.instant();
        if (!added(run, figures, 0, false, now)) {
            throw whyNot(run);
        }
        run.unwritten().figuresWrittenAt(now);
    }

    /** The same where there is nothing to add: whatever else the transaction writes is kept only while the run is ours. */
    void require(Run run) {
        if (!RunRows.isAlive(database, clock, run.id())) {
            throw whyNot(run);
        }
    }

    /**
     * Adds those of a page that came from a topic, and counts it as taken. The run's row is the last that the transaction locks.
     *
     * @throws RunIsOver if nobody waits for it any more
     */
    void add(Run run, PageFigures figures) {
        if (!added(run, figures, figures.read, run.coverage().isSpoiled(), clock.instant())) {
            throw new RunIsOver(run.id());
        }
    }

    private boolean added(Run run, PageFigures figures, long taken, boolean incomplete, Instant now) {
        return database.jdbc()
                        .update(
                                """
                        update run set read_count = read_count + ?, unchanged_count = unchanged_count + ?,
                            inconclusive_count = inconclusive_count + ?, suppressed_count = suppressed_count + ?,
                            filtered_count = filtered_count + ?, dead_count = dead_count + ?, seen_at = ?,
                            taken_count = taken_count + ?, incomplete = incomplete or ?
                        where id = ? and state = 'reading'""",
                                figures.read,
                                figures.unchanged,
                                figures.inconclusive,
                                figures.suppressed,
                                figures.filtered(),
                                figures.dead + figures.refused,
                                Times.sql(now),
                                taken,
                                incomplete,
                                run.id())
                > 0;
    }

    /**
     * How many records of the run were published so far.
     *
     * @throws PassLost if another pass has taken its place
     * @throws FailedByWorker if a worker could not write what was published of it
     */
    void published(Run run) {
        int ours = database.jdbc()
                .update(
                        "update run set published_count = ?, seen_at = ? where id = ? and state = 'reading'",
                        run.published(),
                        Times.sql(clock.instant()),
                        run.id());
        if (ours == 0) {
            throw whyNot(run);
        }
    }

    /** Why a run is not read any more. */
    private RuntimeException whyNot(Run run) {
        return database.client()
                .sql("select state, error from run where id = :id")
                .param("id", run.id())
                .query((row, number) -> row.getString("state").equals("failed")
                        ? new FailedByWorker(row.getString("error"))
                        : new PassLost())
                .single();
    }
}
