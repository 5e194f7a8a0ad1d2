package io.ticketbridge.ledger.pass;

import io.ticketbridge.fault.Causes;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.letter.UnreadableRecord;
import io.ticketbridge.ledger.run.Pages;
import io.ticketbridge.ledger.run.Run;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What becomes of a record that can't be used: a dead letter, and the page goes on (P4). */
public final class BadRecords {
    /** In the log, it is the scans that say it. */
    private static final Logger LOG = LoggerFactory.getLogger(Scans.class);

    private final Pages pages;
    private final DeadLetters deadLetters;
    private final RunListener listener;
    private final UnaryOperator<String> masked;
    private final Trail trail;

    /** @param masked takes secrets out of a text before it is kept or logged (P37) */
    public BadRecords(
            Pages pages, DeadLetters deadLetters, RunListener listener, UnaryOperator<String> masked, Trail trail) {
        this.pages = pages;
        this.deadLetters = deadLetters;
        this.listener = listener;
        this.masked = masked;
        this.trail = trail;
    }

    /** @throws UnreadableRecord for a record that is no finding, so that it takes the way of all that fail (P4) */
    public void requireReadable(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Unreadable unreadable) {
            throw new UnreadableRecord(unreadable.error());
        }
        new RecordOf(exchange).remember();
    }

    /** A record could not be used: it becomes a dead letter, and the page goes on (P4). */
    public void bury(Exchange exchange) {
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        SourceRecord record = new RecordOf(exchange).known().orElse(null);
        String raw = record instanceof Unreadable unreadable
                ? unreadable.raw()
                : record != null
                        ? Json.write(record)
                        : String.valueOf(exchange.getMessage().getBody());
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
