package io.ticketbridge.deliver;

import io.ticketbridge.deliver.servicenow.Faults;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.TicketFile;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a file that ServiceNow refused for good: a dead letter, and everything else about its ticket goes on (P18).
 * What is kept in step is tried again by a replay alone, a list of resources with the next one, too.
 */
public final class RefusedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedFiles.class);

    /** Antivirus holds back what it has not looked at. */
    private static final Duration SCANNED_BY = Duration.ofHours(1);

    private static final String UPLOADS =
            "glide.attachment.extensions, glide.security.file.mime_type.validation, com.glide.attachment.max_size,"
                    + " glide.attachment.role";
    private static final String DOWNLOADS = "glide.attachment.role, the table's access rules, its antivirus scan";

    private final Pairs pairs;
    private final DeadLetters deadLetters;
    private final Faults faults;
    private final Clock clock;

    public RefusedFiles(Pairs pairs, DeadLetters deadLetters, Faults faults, Clock clock) {
        this.pairs = pairs;
        this.deadLetters = deadLetters;
        this.faults = faults;
        this.clock = clock;
    }

    /** A file of the case did not reach the ticket, which is told of it. */
    public void ofCase(Delivery delivery, Sourced.SourceFile file, Exchange exchange) {
        String name = PlainText.oneLine(file.name());
        refused(
                delivery,
                file.id(),
                name,
                "to attach the file " + name + " of " + delivery.group().label(),
                UPLOADS,
                exchange);
        delivery.plan(
                delivery.plan().telling("a file that ServiceNow refused stays at the source: " + name),
                delivery.sourced(),
                delivery.record());
        delivery.decide(new Decision(
                delivery.plan().action(), delivery.generation(), delivery.plan().reason()));
    }

    /** A file of the ticket can't be read, so that the case does not get it. A young one may only wait for its scan. */
    public void ofTicket(Delivery delivery, TicketFile file, Exchange exchange) {
        String name = PlainText.oneLine(file.name());
        if (file.at() != null && file.at().isAfter(clock.instant().minus(SCANNED_BY))) {
            delivery.awaitFile();
            LOG.warn(
                    "A file is not handed out, perhaps not yet; it is asked for again with the next pass. flow={} number={} file=\"{}\" cause=\"{}\"",
                    delivery.flow().name(),
                    delivery.ticket().number(),
                    name,
                    faults.of(exchange).message());
            return;
        }
        refused(delivery, file.sysId(), name, "to hand out the file " + name, DOWNLOADS, exchange);
    }

    /** The list of resources, or a text that is too long for its column. */
    public void own(Delivery delivery, Exchange exchange) {
        delivery.fileRefused();
        refused(
                delivery,
                Attachments.ID,
                "the whole list or text of the ticket",
                "to attach the whole list or text",
                UPLOADS,
                exchange);
    }

    private void refused(Delivery delivery, String id, String what, String doing, String by, Exchange exchange) {
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String number = delivery.number().isEmpty() ? delivery.ticket().number() : delivery.number();
        String message = PlainText.cut("ServiceNow refused " + doing + ", ticket " + number, 500) + ": "
                + faults.of(exchange).message()
                + "; allow it there (" + by + "), then replay";
        LOG.error(
                "A file is in the dead letters, and the rest of its ticket goes on. flow={} cause=\"{}\"",
                delivery.flow().name(),
                message);
        if (delivery.isInStep()) {
            deadLetters.fileRefused(delivery.group(), delivery.generation(), id, message, what, Causes.answer(error));
            pairs.refused(delivery.group().id(), delivery.generation(), id);
        } else {
            // Closed when a later list is taken.
            delivery.notTaken();
            deadLetters.refused(
                    delivery.flow().name(),
                    delivery.group().runId(),
                    DeadLetters.REFUSED_FILE,
                    delivery.group().id(),
                    message,
                    what,
                    Causes.answer(error));
        }
    }
}
