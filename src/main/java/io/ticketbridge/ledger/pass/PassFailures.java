package io.ticketbridge.ledger.pass;

import io.ticketbridge.fault.Causes;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.run.FailedByWorker;
import io.ticketbridge.ledger.run.Pages;
import io.ticketbridge.ledger.run.PassLost;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ledger.run.Runs;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What becomes of a pass that fails: said once, and kept for whoever asks how the last one ended. */
public final class PassFailures {
    /** In the log, it is the scans that say it. */
    private static final Logger LOG = LoggerFactory.getLogger(Scans.class);

    private final Runs runs;
    private final Pages pages;
    private final RunListener listener;
    private final UnaryOperator<String> masked;
    private final Trail trail;
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private volatile String lostPass;

    /** @param masked takes secrets out of a text before it is kept or logged (P37) */
    public PassFailures(Runs runs, Pages pages, RunListener listener, UnaryOperator<String> masked, Trail trail) {
        this.runs = runs;
        this.pages = pages;
        this.listener = listener;
        this.masked = masked;
        this.trail = trail;
    }

    /** A pass of the flow begins anew. */
    void forget(String flow) {
        failed.remove(flow);
    }

    /** Whether something failed in the flow's pass since it began, on whatever exchange. */
    boolean has(String flow) {
        return failed.contains(flow);
    }

    /** The pass failed: its run says why, what was stored is true and is delivered, the rest is read next time. */
    public void fail(Exchange exchange) {
        pages.drop();
        try {
            tell(exchange);
        } finally {
            // What the thread does next is of another run, or of none.
            trail.leave();
        }
    }

    private void tell(Exchange exchange) {
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        PassOf pass = new PassOf(exchange);
        if (Outage.isCauseOf(error)) {
            leave(pass);
            // Its next pass finds that the run was interrupted; to write so now would fail too.
            runs.outage().began(error);
            if (pass.failure().isEmpty()) {
                tellFailed(pass, "the ledger can't be used");
            }
            pass.fails("The ledger can't be used");
            return;
        }
        if (error instanceof PassLost) {
            leave(pass);
            lost(pass, error);
            return;
        }
        // What Camel throws where a wait for the next try is broken off.
        boolean stopped = error instanceof RejectedExecutionException;
        String said = stopped ? "It was stopped" : masked.apply(Causes.sentence(error));
        pass.runToFail().ifPresent(run -> {
            if (!stopped) {
                awaitWorkers(run, error);
            }
            runs.fail(run, said);
        });
        if (pass.failure().isEmpty()) {
            pass.fails(said);
            if (!stopped) {
                tellFailed(pass, said);
            }
            say(exchange, pass.flow(), stopped, said);
        }
    }

    /** What the schedule does beside the flows, as the sweep, is of none of them. */
    private void say(Exchange exchange, String flow, boolean stopped, String said) {
        if (stopped && flow != null) {
            LOG.info("A pass was stopped; what it did not read is read next time. flow={}", flow);
        } else if (flow != null) {
            LOG.atLevel(trail.level(Level.ERROR))
                    .log("A pass failed; what it did not read is read next time. flow={} cause=\"{}\"", flow, said);
        } else {
            LOG.atLevel(stopped ? Level.INFO : trail.level(Level.ERROR))
                    .log(
                            "Work of the schedule was broken off; it is done again next time. route={} cause=\"{}\"",
                            exchange.getFromRouteId(),
                            said);
        }
    }

    /** A worker's view of a run is not the run. */
    private void leave(PassOf pass) {
        if (pass.arrival() == null) {
            pass.begunRun().ifPresent(runs::leave);
        }
    }

    /** Once for a pass, however many files or reports it would have read: the run is another's to end. */
    private void lost(PassOf pass, Throwable error) {
        pass.fails(error.getMessage());
        String lost = pass.pass() != null
                ? pass.pass()
                : pass.begunRun().map(run -> String.valueOf(run.id())).orElse("");
        if (!lost.equals(lostPass)) {
            lostPass = lost;
            LOG.warn(
                    "Another replica took this pass over; what it has not stored is read there, and a file named to `import` is to be imported again. flow={}",
                    pass.flow());
        }
    }

    /** What was read before the failure counts: it is waited for, where it is known to be in the topic and somebody takes it. */
    private static void awaitWorkers(Run run, Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotPublished || cause instanceof NotTaken || cause instanceof FailedByWorker) {
                return;
            }
        }
        try {
            run.awaitWorkers();
        } catch (RuntimeException e) {
            LOG.debug("What is left in the topic is left alone, and read by the next pass", e);
        }
    }

    /** All was read but a part, of which the run proves nothing: the run goes on, and the pass says what is missing. */
    public void missed(Exchange exchange, String what) {
        PassOf pass = new PassOf(exchange);
        String said = masked.apply(what);
        pass.fails(said);
        tellFailed(pass, said);
        LOG.warn("A pass could not read all; the rest is read by the next. flow={} missing=\"{}\"", pass.flow(), said);
    }

    /**
     * What is no pass over a source fails here too: an import, or a route that closes accounts. What fails may be one account or file of several, on an exchange
     * that the pass does not see again: that it did is kept here, and told once a pass.
     */
    private void tellFailed(PassOf pass, String cause) {
        String flow = pass.flow();
        if (pass.isOfSource() && failed.add(flow)) {
            runs.lastEnds().passFailed(flow, cause);
            listener.passFailed(flow, cause);
        }
    }
}
