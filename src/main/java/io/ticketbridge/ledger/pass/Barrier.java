package io.ticketbridge.ledger.pass;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.run.FailedByWorker;
import io.ticketbridge.ledger.run.PassLost;
import io.ticketbridge.ledger.run.Run;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets a pass wait until workers have written all that it published: before that no watermark moves and nothing is taken for gone
 * (P1, P11). Workers count what they write with each page, so it is one short question now and then.
 */
public final class Barrier {
    private static final long SHORTEST_MILLIS = 20;
    private static final long LONGEST_MILLIS = 500;
    /** So long others may be at work in which nothing of this run comes: what is before it in the topic is taken first. */
    private static final int OTHERS_PATIENCES = 6;

    private static final long MEANWHILE_EVERY = Duration.ofSeconds(10).toNanos();

    private final LedgerDatabase database;
    private final Duration patience;
    private final BooleanSupplier stopping;

    /**
     * @param patience how long nothing may move, in this run or any other, until the pass gives up; where others do move, nothing
     *     of this run may be taken for six times as long
     * @param stopping whether this process is about to end
     */
    public Barrier(LedgerDatabase database, Duration patience, BooleanSupplier stopping) {
        this.database = database;
        this.patience = patience;
        this.stopping = stopping;
    }

    /** @param moved changes while any worker does anything */
    private record State(String state, String error, long taken, boolean incomplete, long moved) {
        boolean hasTakenMoreThan(State before) {
            return before == null || taken != before.taken;
        }
    }

    /**
     * @param meanwhile done every ten seconds
     * @throws NotTaken if no worker takes what is left
     * @throws FailedByWorker if one could not write it
     * @throws PassLost if another pass has taken its place
     */
    void await(Run run, Runnable meanwhile) {
        long pause = SHORTEST_MILLIS;
        long movedAt = System.nanoTime();
        long takenAt = movedAt;
        long meanwhileAt = movedAt;
        State before = null;
        while (true) {
            State now = look(run);
            if (isThrough(run, now)) {
                return;
            }
            if (now == null) {
                // Workers wait for the ledger too: that is not their silence.
                movedAt = System.nanoTime();
                takenAt = movedAt;
            } else if (!now.equals(before)) {
                movedAt = System.nanoTime();
                takenAt = now.hasTakenMoreThan(before) ? movedAt : takenAt;
                before = now;
                pause = SHORTEST_MILLIS;
            }
            if (System.nanoTime() - movedAt > patience.toNanos()) {
                throw new NotTaken(silence(run, before));
            }
            if (System.nanoTime() - takenAt > OTHERS_PATIENCES * patience.toNanos()) {
                throw new NotTaken(loss(run, before));
            }
            sleep(pause);
            pause = Math.min(2 * pause, LONGEST_MILLIS);
            if (now != null && System.nanoTime() - meanwhileAt > MEANWHILE_EVERY) {
                meanwhile.run();
                meanwhileAt = System.nanoTime();
            }
        }
    }

    private static boolean isThrough(Run run, State now) {
        if (now == null) {
            return false;
        }
        if (now.state().equals("interrupted")) {
            throw new PassLost();
        }
        if (!now.state().equals("reading")) {
            throw new FailedByWorker(String.valueOf(now.error()));
        }
        if (now.taken() > run.published()) {
            throw new NotTaken("More findings came from the topic than were published, " + now.taken() + " and "
                    + run.published() + ": see that nothing else writes to ticketbridge.kafka.topic");
        }
        if (now.taken() == run.published() && now.incomplete()) {
            run.incomplete();
        }
        return now.taken() == run.published();
    }

    /** A ledger that can't be used for a while is waited for like workers, who wait for it too. */
    private State look(Run run) {
        try {
            State now = database.client()
                    .sql(
                            """
                            select state, error, taken_count, incomplete,
                                (select coalesce(sum(next_offset), 0) from arrival_position) as moved
                            from run where id = :id""")
                    .param("id", run.id())
                    .query((row, number) -> new State(
                            row.getString("state"),
                            row.getString("error"),
                            row.getLong("taken_count"),
                            row.getBoolean("incomplete"),
                            row.getLong("moved")))
                    .single();
            database.outage().ended();
            return now;
        } catch (RuntimeException e) {
            if (!Outage.isCauseOf(e)) {
                throw e;
            }
            database.outage().began(e);
            return null;
        }
    }

    private String silence(Run run, State last) {
        return "No worker took findings for " + patience.toSeconds() + " s, and " + missing(run, last)
                + " did not come into the ledger: see that a ticketbridge with the same ticketbridge.kafka settings and the"
                + " same ledger runs and can reach the brokers, and that none with another ledger has the same"
                + " ticketbridge.kafka.topic and .group";
    }

    private String loss(Run run, State last) {
        return "No worker took findings of this run for "
                + patience.multipliedBy(OTHERS_PATIENCES).toSeconds()
                + " s, while others were taken, and " + missing(run, last)
                + " did not come into the ledger: where what is before them in the topic takes longer than that, raise"
                + " ticketbridge.kafka.patience; else see that no ticketbridge with another ledger has the same"
                + " ticketbridge.kafka.topic and .group, and that the topic was not made anew";
    }

    private static String missing(Run run, State last) {
        return run.published() - (last == null ? 0 : last.taken()) + " of " + run.published();
    }

    private void sleep(long millis) {
        if (stopping.getAsBoolean()) {
            throw new RejectedExecutionException("It was stopped");
        }
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("It was stopped", e);
        }
    }
}
