package io.ticketbridge.ledger;

import io.ticketbridge.fault.Causes;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ticket.Membership;
import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The ledger's side of a pass over a source, as the routes call it. The run travels as the exchange property {@code run}. */
public final class Scans {
    private static final Logger LOG = LoggerFactory.getLogger(Scans.class);
    private static final String PUBLISHED = "published";

    private final Runs runs;
    private final Pages pages;
    private final SeenFindings seen;
    private final Predicate<String> shortcut;
    private final Watermarks watermarks;
    private final DeadLetters deadLetters;
    private final OutdatedLetters outdated;
    private final RunListener listener;
    private final UnaryOperator<String> masked;
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final Trail trail;
    private final Barrier barrier;
    private volatile String lostPass;

    /**
     * @param shortcut whether findings of a flow that are known and unchanged may be spared the way through the routes
     * @param masked takes secrets out of a text before it is kept or logged (P37)
     * @param barrier where a pass waits for what it published; null where pages are filtered by whoever reads them
     */
    public Scans(
            Runs runs,
            Pages pages,
            SeenFindings seen,
            Predicate<String> shortcut,
            Watermarks watermarks,
            DeadLetters deadLetters,
            DeadRecords deadRecords,
            RunListener listener,
            UnaryOperator<String> masked,
            Trail trail,
            Barrier barrier) {
        this.runs = runs;
        this.pages = pages;
        this.seen = seen;
        this.shortcut = shortcut;
        this.watermarks = watermarks;
        this.deadLetters = deadLetters;
        this.outdated = new OutdatedLetters(deadLetters, deadRecords);
        this.listener = listener;
        this.masked = masked;
        this.trail = trail;
        this.barrier = barrier;
    }

    /** A pass of the exchange's flow begins; it may consist of several runs. */
    public void beginPass(Exchange exchange) {
        PassOf pass = new PassOf(exchange);
        failed.remove(pass.flow());
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
            Runnable keep = exchange.getProperty(WaitingIntakes.KEEP, Runnable.class);
            run.isPublished(() -> barrier.await(run, keep == null ? () -> {} : keep));
        }
    }

    /** Whether the exchange's page is one that a worker filters; what came from the topic is with that worker. */
    public boolean isToBePublished(Exchange exchange) {
        PassOf pass = new PassOf(exchange);
        return pass.run().isPublished() && pass.arrival() == null;
    }

    /**
     * Takes in what a scan says of a page that a worker will filter.
     *
     * @return of each record the worst that the scan said of the same identity before
     */
    public List<Result> hear(Exchange exchange, List<SourceRecord> records) {
        exchange.setProperty(PUBLISHED, records.size());
        return seen.hear(new PassOf(exchange).run(), records);
    }

    /** The topic has the exchange's page for certain. */
    public void published(Exchange exchange) {
        runs.published(new PassOf(exchange).run(), exchange.getProperty(PUBLISHED, Integer.class));
    }

    /** A worker is about to filter a page that came from the topic, for whoever reads its run. */
    public void arrived(Exchange exchange, ArrivingPages.Page page) {
        new PassOf(exchange).arrived(page);
        trail.follow(page.run().id());
    }

    /** @return the records that have to go through the filter one by one */
    public List<SourceRecord> openPage(Exchange exchange, List<SourceRecord> records) {
        PassOf pass = new PassOf(exchange);
        boolean isShort = shortcut.test(pass.run().flow());
        if (isShort) {
            pages.begin(pass.run(), records, pass.arrival());
        } else {
            pages.open(pass.run(), records, pass.arrival());
        }
        listener.pageOpened(records);
        return isShort ? seen.withoutKnown(records) : records;
    }

    public void closePage() {
        pages.closeBehind();
    }

    public void dropPage() {
        pages.drop();
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
        if (run.coverage().hidden() > 0) {
            LOG.warn(
                    "A scan has records that can't be used: what it says counts, and what it does not name is not taken for gone."
                            + " flow={} scan=\"{}\" deadLetters={}",
                    run.flow(),
                    run.scan(),
                    run.coverage().hidden());
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
            runs.endPass(flow, pass.pass(), !failed.contains(flow));
        }
        runs.outage().ended();
        if (pass.isOfSource() && !failed.contains(flow)) {
            runs.lastEnds().passEnded(flow);
            listener.passEnded(flow);
        }
    }

    /** The pass failed: its run says why, what was stored is true and is delivered, the rest is read next time. */
    public void fail(Exchange exchange) {
        pages.drop();
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
            if (stopped) {
                LOG.info("A pass was stopped; what it did not read is read next time. flow={}", pass.flow());
            } else {
                tellFailed(pass, said);
                LOG.atLevel(trail.level(Level.ERROR))
                        .log(
                                "A pass failed; what it did not read is read next time. flow={} cause=\"{}\"",
                                pass.flow(),
                                said);
            }
            trail.leave();
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
        trail.leave();
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
        LOG.warn(
                "A pass could not read all; the rest is read by the next. flow={} missing=\"{}\"",
                pass.flow(),
                said);
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

    /** @throws UnreadableRecord for a record that is no finding, so that it takes the way of all that fail (P4) */
    public void requireReadable(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Unreadable unreadable) {
            throw new UnreadableRecord(unreadable.error());
        }
    }

    /** A record could not be used: it becomes a dead letter, and the page goes on (P4). */
    public void bury(Exchange exchange) {
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Object body = exchange.getMessage().getBody();
        SourceRecord record = body instanceof SourceRecord some
                ? some
                : body instanceof Membership membership ? membership.finding() : null;
        String raw = body instanceof Unreadable unreadable
                ? unreadable.raw()
                : record != null ? Json.write(record) : String.valueOf(body);
        String said = masked.apply(Causes.sentence(error));
        PassOf pass = new PassOf(exchange);
        Run run = pass.run();
        LOG.atLevel(trail.level(Level.WARN))
                .log(
                        "A record can't be used; it is in the dead letters and the page goes on. flow={} cause=\"{}\"",
                        run.flow(),
                        said);
        deadLetters.unreadable(
                run.flow(),
                run.id(),
                error instanceof UnreadableRecord ? "unreadable" : "error",
                said,
                masked.apply(raw),
                record instanceof Finding finding ? finding.id() : SameRecord.digest(raw));
        pages.countDead(record == null ? new Unreadable(raw, said) : record);
        if (record != null) {
            listener.buried(record);
        }
        // A worker does not see the whole scan.
        boolean isSeen = record instanceof Finding && pass.arrival() == null;
        run.hides(isSeen ? (Finding) record : null);
    }
}
