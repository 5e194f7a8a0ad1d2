package io.ticketbridge.deliver;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.instance.InstanceUser;
import io.ticketbridge.deliver.servicenow.Fault;
import io.ticketbridge.deliver.servicenow.Faults;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.budget.BudgetSpent;
import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.ticket.Groups;
import io.ticketbridge.ledger.ticket.Intents;
import io.ticketbridge.ledger.ticket.Tickets;
import io.ticketbridge.ticket.Intent;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What becomes of a delivery that failed (P18): tried again when it may pass, looked up when it is unclear, buried when not. */
public final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Groups groups;
    private final Tickets tickets;
    private final Intents intents;
    private final DeadLetters deadLetters;
    private final Pairs pairs;
    private final Faults faults;
    private final Circuits circuits;
    private final Retries retries;
    private final Trail trail;

    public Failures(
            Groups groups,
            Tickets tickets,
            Intents intents,
            DeadLetters deadLetters,
            Pairs pairs,
            Faults faults,
            Circuits circuits,
            ServiceNowSettings serviceNow,
            Trail trail,
            Clock clock) {
        this.groups = groups;
        this.tickets = tickets;
        this.intents = intents;
        this.deadLetters = deadLetters;
        this.pairs = pairs;
        this.faults = faults;
        this.circuits = circuits;
        this.retries = new Retries(groups, serviceNow.requestTimeout(), clock);
        this.trail = trail;
    }

    /** Called by the error route; the body may be anything by now, so the delivery comes as a property. */
    public void handle(Exchange exchange) {
        try {
            judge(exchange);
        } catch (RuntimeException e) {
            if (!Outage.isCauseOf(e)) {
                throw e;
            }
            // What becomes of it can't be kept either: its claim runs out.
            groups.outage().began(e);
        }
    }

    private void judge(Exchange exchange) {
        Delivery delivery = Delivery.of(exchange);
        if (delivery != null) {
            delivery.failed();
        }
        Throwable error = DeliveryFault.unwrapped(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        DeliveryFault fault = DeliveryFault.of(error);
        if (delivery == null && fault != DeliveryFault.OUTAGE) {
            LOG.warn(
                    "A group could not be claimed; it is handed out again. cause=\"{}\"",
                    PlainText.oneLine(Outage.failureOfLedger(error).orElseGet(() -> String.valueOf(error))));
            return;
        }
        if (fault != DeliveryFault.OUTAGE && delivery.isSettled()) {
            sayBehind(exchange, delivery, error);
            return;
        }
        switch (fault) {
            // Its claim, if it came so far, runs out, and what it intended is looked up.
            case OUTAGE -> groups.outage().began(error);
            case LOST ->
                LOG.warn(
                        "A delivery was given up and goes on elsewhere. cause=\"{}\"",
                        PlainText.oneLine(String.valueOf(error)));
            // What was to be noted may have been of a request that was carried out: it is looked up.
            case LEDGER ->
                retries.again(
                        delivery,
                        retries.rested(delivery),
                        "the ledger: "
                                + PlainText.oneLine(
                                        Outage.failureOfLedger(error).orElse("")));
            case NO_ROOM -> postpone(delivery, error);
            case POISONED -> bury(delivery, "error", said(error), null);
            case MISTAKEN -> refuse(delivery, "error", said(error), null);
            case LATER -> later(delivery, (NotNow) error);
            case SOURCE_REFUSED -> bury(delivery, "refused-by-source", Causes.sentence(error), Causes.answer(error));
            case SOURCE_AWAY -> retries.again(delivery, retries.backOff(delivery), Causes.sentence(error));
            case WRONG -> retries.again(delivery, retries.rested(delivery), said(error));
            case HIDDEN -> bury(delivery, "refused", said(error), null);
            case SERVICENOW -> sorted(delivery, faults.of(exchange), Causes.answer(error));
        }
    }

    private static String said(Throwable error) {
        return PlainText.oneLine(String.valueOf(error.getMessage()));
    }

    /** What is recorded stays as it is, whatever a step behind it runs into: the group may be another's by now. */
    private static void sayBehind(Exchange exchange, Delivery delivery, Throwable error) {
        LOG.warn(
                "A step behind a delivery failed; what was delivered is recorded, and the step is not tried again."
                        + " route={} flow={} group=\"{}\" cause=\"{}\"",
                exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class),
                delivery.flow().name(),
                delivery.label(),
                Notices.sentence(error));
    }

    /** What was overtaken is read again at once. */
    private void later(Delivery delivery, NotNow error) {
        Duration wait = error.getWait().isZero()
                ? retries.atOnce(delivery)
                : Retries.max(error.getWait(), retries.backOff(delivery));
        retries.again(delivery, wait, error.getMessage());
    }

    private void sorted(Delivery delivery, Fault fault, String answer) {
        switch (fault.kind()) {
            case REFUSED -> refuse(delivery, "refused", fault.message() + cure(delivery, fault), answer);
            case NOT_FOUND -> gone(delivery, fault.message(), answer);
            case RATE_LIMITED -> {
                withdrawUnless(fault, delivery);
                Duration wait = fault.retryAfter().isZero() ? retries.backOff(delivery) : fault.retryAfter();
                retries.again(delivery, fault.mayHaveHappened() ? retries.rested(wait) : wait, fault.message());
            }
            case AMBIGUOUS, TRUNCATED -> retries.again(delivery, retries.rested(delivery), fault.message());
            case NOT_SENT, TOKEN_REFUSED, CREDENTIALS_REFUSED -> {
                withdrawUnless(fault, delivery);
                retries.again(delivery, retries.backOff(delivery), fault.message());
            }
        }
    }

    /**
     * What a person can do about the commonest refusals. ServiceNow names a field by its label, and only of one it wants that it can be said
     * where it is set.
     */
    private static String cure(Delivery delivery, Fault fault) {
        if (fault.message().contains(": ACL Exception ")) {
            String table = delivery.profile().table();
            return "; give the integration's user " + InstanceUser.needed(table)
                    + ", or a role of your own that may write " + table;
        }
        return fault.message().toLowerCase(Locale.ROOT).contains("mandatory")
                ? "; set ticketbridge.profile." + delivery.profile().name() + "."
                        + Circuits.Kind.of(delivery).columns() + ".COLUMN for the column of each of these fields"
                : "";
    }

    /** The request certainly did nothing: there is nothing to look up. */
    private void withdrawUnless(Fault fault, Delivery delivery) {
        if (!fault.mayHaveHappened() && isOwnAndUnwritten(delivery)) {
            intents.withdraw(delivery.intent(), fault.message());
        }
    }

    /** An intent that was found when the group was claimed is in doubt: a look-up that failed tells nothing of it. */
    private boolean isOwnAndUnwritten(Delivery delivery) {
        Intent intent = delivery.intent();
        return intent != null
                && delivery.claimed()
                        .intent()
                        .filter(found -> found.id() == intent.id())
                        .isEmpty()
                && tickets.openIntent(delivery.group().id())
                        .filter(open -> open.id() == intent.id() && !open.written())
                        .isPresent();
    }

    /** Nothing was sent for want of room in the budget: no error, and no attempt (P19). */
    private void postpone(Delivery delivery, Throwable error) {
        if (isOwnAndUnwritten(delivery)) {
            intents.withdraw(
                    delivery.intent(),
                    BudgetSpent.isCauseOf(error)
                            ? "the rate budget was used up before it was sent"
                            : "it was not sent: " + said(error));
        }
        groups.postpone(delivery.claimed());
    }

    /** Five of a profile's in a row that do the same open its circuit: it is at fault, not its tickets. */
    private void refuse(Delivery delivery, String kind, String message, String answer) {
        bury(delivery, kind, message, answer);
        circuits.refused(delivery, message);
    }

    private void bury(Delivery delivery, String kind, String message, String answer) {
        LOG.atLevel(trail.level(Level.ERROR))
                .log(
                        "A delivery is refused for good; it is in the dead letters. flow={} profile={} group=\"{}\" cause=\"{}\"",
                        delivery.flow().name(),
                        delivery.profile().name(),
                        delivery.label(),
                        message);
        if (isOwnAndUnwritten(delivery)) {
            intents.refused(delivery.intent(), message);
        }
        deadLetters.refused(
                delivery.flow().name(),
                delivery.group().runId(),
                kind,
                delivery.group().id(),
                message,
                delivery.sent().toString(),
                answer);
        // Before there is a plan nothing of the ticket has reached its case: its change stays owed.
        if (groups.bury(delivery.claimed()) && delivery.plan() != null) {
            delivery.claimed()
                    .latest()
                    .ifPresent(ticket -> pairs.refused(ticket, delivery.record().mark()));
        }
    }

    /** The record that was to be changed is not there any more, or hidden: a look-up tells which, and the policy decides anew. */
    private void gone(Delivery delivery, String message, String answer) {
        Intent intent = delivery.intent();
        if (intent == null || intent.kind() == Intent.Kind.OPENED) {
            refuse(delivery, "refused", message, answer);
            return;
        }
        if (tickets.openIntent(delivery.group().id()).filter(Intent::written).isPresent()) {
            // Of what was to be attached, the record is not there.
            intents.refused(intent, message);
        }
        retries.again(delivery, retries.atOnce(delivery), message);
    }
}
