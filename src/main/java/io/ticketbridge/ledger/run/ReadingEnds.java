package io.ticketbridge.ledger.run;

import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.identity.FormerOrigins;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the reading of a run ends: what it proves is concluded, or why it failed is kept. */
final class ReadingEnds {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingEnds.class);

    private final LedgerDatabase database;
    private final RunFigures figures;
    private final FurtherControls furtherControls;
    private final Absences absences;
    private final FormerOrigins former;
    private final IdentityDoubts doubts;
    private final Watermarks watermarks;
    private final Arrivals arrivals;
    private final Clock clock;

    ReadingEnds(
            LedgerDatabase database,
            Absences absences,
            FormerOrigins former,
            RunFigures figures,
            Watermarks watermarks,
            Clock clock) {
        this.database = database;
        this.figures = figures;
        this.furtherControls = new FurtherControls(database, figures);
        this.absences = absences;
        this.former = former;
        this.doubts = new IdentityDoubts(database, clock);
        this.watermarks = watermarks;
        this.arrivals = new Arrivals(database);
        this.clock = clock;
    }

    /**
     * What the scan shows to be gone, and only then the watermarks that it moves.
     *
     * @throws PassLost if another took it for dead while it stood still: nothing is concluded from then on (P11)
     */
    void conclude(Run run) {
        run.unwritten().await();
        figures.write(run);
        furtherControls.write(run);
        absences.conclude(run);
        doubts.note(run);
        database.transaction().executeWithoutResult(status -> {
            read(run);
            run.positions().forEach(watermarks::move);
        });
        former.read(run.flow(), run.pass(), run.coverage().isSpoiled(), run.sightings()::isNamed);
        forgetArrivals(run);
    }

    /**
     * A pass is over; where a person says that what the flow read before is gone, that is so once all is read that it reads now. It is the
     * work of a run that reads nothing.
     *
     * @param begin a run of the pass
     */
    void concludePass(String flow, String pass, Supplier<Run> begin) {
        Set<UUID> gone = former.endPass(flow, pass);
        if (!gone.isEmpty()) {
            Run run = begin.get();
            absences.end(run, gone);
            read(run);
            former.forget(flow);
        }
    }

    private void read(Run run) {
        int ended = database.client()
                .sql(
                        "update run set state = 'read', read_at = :now, incomplete = :incomplete where id = :id and state = 'reading'")
                .param("incomplete", !run.isComplete())
                .param("now", Times.sql(clock.instant()))
                .param("id", run.id())
                .update();
        if (ended == 0) {
            throw new PassLost();
        }
    }

    /** Keeps why reading failed; of a run that is not ours any more, nothing is said. */
    void fail(Run run, String error) {
        awaitQuietly(run);
        try {
            figures.write(run);
            furtherControls.write(run);
        } catch (PassLost | FailedByWorker e) {
            return;
        }
        database.client()
                .sql(
                        "update run set state = 'failed', read_at = :now, ended_at = :now, error = :error where id = :id and state in ('reading', 'read')")
                .param("now", Times.sql(clock.instant()))
                .param("error", Text.cut(error, 4000))
                .param("id", run.id())
                .update();
        forgetArrivals(run);
    }

    /** Its last page may be under way; whether that is kept changes nothing of why the run failed. */
    private static void awaitQuietly(Run run) {
        try {
            run.unwritten().await();
        } catch (RuntimeException e) {
            LOG.debug("The last page of a run that failed was not written either; it is read next time", e);
        }
    }

    private void forgetArrivals(Run run) {
        if (run.isPublished()) {
            arrivals.forget();
        }
    }
}
