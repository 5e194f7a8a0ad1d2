package io.ticketbridge.ledger.pass;

import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.letter.DeadRecords;
import io.ticketbridge.ledger.run.NamedFrameworks;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ledger.run.Runs;
import java.io.File;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger's side of a pass over a source, from its beginning to its end, as the routes call it. The run travels as the exchange property
 * {@code run}. {@link PageSteps} does what is between.
 */
public final class Scans {
    private static final Logger LOG = LoggerFactory.getLogger(Scans.class);

    private final Runs runs;
    private final Watermarks watermarks;
    private final OutdatedLetters outdated;
    private final RunListener listener;
    private final PassFailures failures;
    private final Trail trail;
    private final Barrier barrier;
    /** Of the flows whose passes are under way, what their whole scans have. */
    private final Map<String, NamedFrameworks> frameworks = new ConcurrentHashMap<>();

    /** @param barrier where a pass waits for what it published; null where pages are filtered by whoever reads them */
    public Scans(
            Runs runs,
            Watermarks watermarks,
            DeadLetters deadLetters,
            DeadRecords deadRecords,
            RunListener listener,
            PassFailures failures,
            Trail trail,
            Barrier barrier) {
        this.runs = runs;
        this.watermarks = watermarks;
        this.outdated = new OutdatedLetters(deadLetters, deadRecords);
        this.listener = listener;
        this.failures = failures;
        this.trail = trail;
        this.barrier = barrier;
    }

    /** A pass of the exchange's flow begins; it may consist of several runs. */
    public void beginPass(Exchange exchange) {
        PassOf pass = new PassOf(exchange);
        failures.forget(pass.flow());
        frameworks.remove(pass.flow());
        trail.leave();
        pass.begin();
    }

    /** Begins a run of the exchange's flow over a scan: a file, or whatever names it. */
    public void begin(Exchange exchange, Object scan) {
        String name = scan instanceof File file
                ? file.getName()
                : exchange.getMessage().getHeader(Exchange.FILE_NAME, String.valueOf(scan), String.class);
        PassOf pass = new PassOf(exchange);
        Run run = pass.pass() == null ? runs.begin(pass.flow(), name) : runs.begin(pass.flow(), name, pass.pass());
        pass.run(run);
        trail.follow(run.id());
        if (barrier != null) {
            Runnable keep = pass.keep();
            run.isPublished(() -> barrier.await(run, keep));
        }
    }

    /**
     * Moves the flow's watermark to the exchange's {@code position}: every page before it is durable by now (P1). What has a
     * watermark is read by and by: what such a pass does not name is not gone (P11).
     */
    public void moveWatermark(Exchange exchange) {
        PassOf pass = new PassOf(exchange);
        Run run = pass.run();
        run.awaitWorkers();
        run.incomplete();
        String position = pass.position();
        runs.whileOurs(run, () -> watermarks.move(run.flow(), position));
    }

    public void end(Exchange exchange) {
        Run run = new PassOf(exchange).run();
        run.awaitWorkers();
        if (run.hidden() > 0) {
            LOG.warn(
                    "A scan has records that can't be used: what it says counts, and what it does not name is not taken for gone."
                            + " flow={} scan=\"{}\" deadLetters={}",
                    run.flow(),
                    run.scan(),
                    run.hidden());
        }
        if (run.isComplete()) {
            frameworks.merge(run.flow(), run.frameworks(), NamedFrameworks::and);
        }
        runs.endReading(run);
        outdated.close(run);
        trail.leave();
    }

    /** Hands out the groups of everything that the flow's pass read. */
    public void endPass(Exchange exchange) {
        PassOf pass = new PassOf(exchange);
        String flow = pass.flow();
        if (pass.isReplay()) {
            runs.endReplay(flow);
        } else {
            runs.endPass(flow, pass.pass(), !failures.has(flow));
        }
        runs.outage().ended();
        NamedFrameworks named = frameworks.remove(flow);
        if (named != null && named.isMissing()) {
            LOG.warn(
                    "No finding has a control of the framework that the flow names: each goes by its check. flow={} control=\"{}\" frameworks={}",
                    flow,
                    named.wanted(),
                    named.others());
        }
        if (pass.isOfSource() && !failures.has(flow)) {
            runs.lastEnds().passEnded(flow);
            listener.passEnded(flow);
        }
    }
}
