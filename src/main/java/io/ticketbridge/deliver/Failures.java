package io.ticketbridge.deliver;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.servicenow.Fault;
import io.ticketbridge.deliver.servicenow.Faults;
import io.ticketbridge.deliver.servicenow.HiddenRecords;
import io.ticketbridge.deliver.servicenow.UnusableValue;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.fault.NotEver;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.fault.PassingStatus;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ledger.BudgetSpent;
import io.ticketbridge.ledger.DeadLetters;
import io.ticketbridge.ledger.Groups;
import io.ticketbridge.ledger.Intents;
import io.ticketbridge.ledger.LeaseLost;
import io.ticketbridge.ledger.Outage;
import io.ticketbridge.ledger.Tickets;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.WorseComesFirst;
import io.ticketbridge.ticket.Intent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeExpressionException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What becomes of a delivery that failed (P18): tried again when it may pass, looked up when it is unclear, buried when not. */
public final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int AT_ONCE = 3;
    private static final Set<Integer> OF_TOKEN_OR_PLACE = Set.of(401, 404);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Groups groups;
    private final Tickets tickets;
    private final Intents intents;
    private final DeadLetters deadLetters;
    private final Faults faults;
    private final Circuits circuits;
    private final ServiceNowSettings serviceNow;
    private final Trail trail;
    private final Clock clock;

    public Failures(
            Groups groups,
            Tickets tickets,
            Intents intents,
            DeadLetters deadLetters,
            Faults faults,
            Circuits circuits,
            ServiceNowSettings serviceNow,
            Trail trail,
            Clock clock) {
        this.groups = groups;
        this.tickets = tickets;
        this.intents = intents;
        this.deadLetters = deadLetters;
        this.faults = faults;
        this.circuits = circuits;
        this.serviceNow = serviceNow;
        this.trail = trail;
        this.clock = clock;
    }

    /** Called by the error route; the body may be anything by now, so the delivery comes as a property. */
    public void handle(Exchange exchange) {
        Delivery delivery = exchange.getProperty("delivery", Delivery.class);
        Throwable error = unwrapped(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        if (Outage.isCauseOf(error)) {
            // Its claim, if it came so far, runs out, and what it intended is looked up.
            groups.outage().began(error);
            return;
        }
        Optional<String> ofLedger = Outage.failureOfLedger(error);
        if (delivery == null) {
            LOG.warn(
                    "A group could not be claimed; it is handed out again. cause=\"{}\"",
                    PlainText.oneLine(ofLedger.orElseGet(() -> String.valueOf(error))));
            return;
        }
        if (LeaseLost.isCauseOf(error)) {
            LOG.warn(
                    "A delivery was given up and goes on elsewhere. cause=\"{}\"",
                    PlainText.oneLine(String.valueOf(error)));
            return;
        }
        if (ofLedger.isPresent()) {
            // What was to be noted may have been of a request that was carried out: it is looked up.
            retry(delivery, max(rest(), backOff(delivery)), "the ledger: " + PlainText.oneLine(ofLedger.get()));
            return;
        }
        if (BudgetSpent.isCauseOf(error) || error instanceof WorseComesFirst) {
            postpone(delivery);
            return;
        }
        if (error instanceof UnusableValue) {
            // Poisoned, and no fault of its profile: the others go on.
            bury(delivery, "error", PlainText.oneLine(String.valueOf(error.getMessage())), null);
            return;
        }
        if (error instanceof IllegalArgumentException || error instanceof IllegalStateException && !isOfAnswer(error)) {
            refuse(delivery, "error", PlainText.oneLine(String.valueOf(error.getMessage())), null);
            return;
        }
        if (error instanceof NotNow later) {
            retry(
                    delivery,
                    max(later.getWait(), mayRepeatAtOnce(delivery, later) ? Duration.ZERO : backOff(delivery)),
                    later.getMessage());
            return;
        }
        if (isRefusedBySource(error)) {
            bury(delivery, "refused-by-source", Causes.sentence(error), Causes.answer(error));
            return;
        }
        if (error instanceof HttpOperationFailedException || error instanceof IOException) {
            // Of a source: ServiceNow's come wrapped by its component.
            retry(delivery, backOff(delivery), Causes.sentence(error));
            return;
        }
        if (error instanceof WrongAnswer) {
            retry(delivery, max(rest(), backOff(delivery)), PlainText.oneLine(error.getMessage()));
            return;
        }
        if (error instanceof HiddenRecords) {
            bury(delivery, "refused", PlainText.oneLine(error.getMessage()), null);
            return;
        }
        sorted(delivery, faults.of(exchange), Causes.answer(error));
    }

    /** What was overtaken is read again at once; what is overtaken again and again has to wait like everything else. */
    private boolean mayRepeatAtOnce(Delivery delivery, NotNow later) {
        return later.getWait().isZero() && groups.attempts(delivery.group().id()) < AT_ONCE;
    }

    /** 401 passes with another token; what is not there any more is told apart when it is read again. */
    private static boolean isRefusedBySource(Throwable error) {
        return error instanceof NotEver
                || error instanceof HttpOperationFailedException http
                        && http.getStatusCode() / 100 == 4
                        && !OF_TOKEN_OR_PLACE.contains(http.getStatusCode())
                        && !PassingStatus.is(http.getStatusCode());
    }

    /** A split wraps what went wrong in it, and an expression what its bean threw. */
    private static Throwable unwrapped(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CamelExchangeException || cause instanceof RuntimeExpressionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The component's HTTP client says so of an answer without a body, a 202 for one: it tells nothing of the ticket. */
    private static boolean isOfAnswer(Throwable error) {
        return error.getStackTrace().length > 0
                && error.getStackTrace()[0].getClassName().startsWith("org.apache.cxf.");
    }

    private void sorted(Delivery delivery, Fault fault, String answer) {
        switch (fault.kind()) {
            case REFUSED -> refuse(delivery, "refused", fault.message() + cure(delivery, fault), answer);
            case NOT_FOUND -> gone(delivery, fault.message(), answer);
            case RATE_LIMITED -> {
                withdrawUnless(fault, delivery);
                Duration wait = fault.retryAfter().isZero() ? backOff(delivery) : fault.retryAfter();
                retry(delivery, fault.mayHaveHappened() ? max(rest(), wait) : wait, fault.message());
            }
            case AMBIGUOUS, TRUNCATED -> retry(delivery, max(rest(), backOff(delivery)), fault.message());
            case NOT_SENT, TOKEN_REFUSED, CREDENTIALS_REFUSED -> {
                withdrawUnless(fault, delivery);
                retry(delivery, backOff(delivery), fault.message());
            }
        }
    }

    /** ServiceNow names a field by its label, and only of one it wants that it can be said where it is set. */
    private static String cure(Delivery delivery, Fault fault) {
        return fault.message().toLowerCase(Locale.ROOT).contains("mandatory")
                ? "; set ticketbridge.profile." + delivery.profile().name() + "."
                        + Circuits.Kind.of(delivery).columns() + ".COLUMN for the column of each of these fields"
                : "";
    }

    /** The request certainly did nothing: there is nothing to look up. */
    private void withdrawUnless(Fault fault, Delivery delivery) {
        if (!fault.mayHaveHappened() && isOwnAndUnwritten(delivery)) {
            intents.withdraw(delivery.getIntent(), fault.message());
        }
    }

    /** An intent that was found when the group was claimed is in doubt: a look-up that failed tells nothing of it. */
    private boolean isOwnAndUnwritten(Delivery delivery) {
        Intent intent = delivery.getIntent();
        return intent != null
                && delivery.claimed()
                        .intent()
                        .filter(found -> found.id() == intent.id())
                        .isEmpty()
                && !tickets.openIntent(delivery.group().id())
                        .map(Intent::written)
                        .orElse(false);
    }

    /** Nothing was sent for want of room in the budget: no error, and no attempt (P19). */
    private void postpone(Delivery delivery) {
        if (isOwnAndUnwritten(delivery)) {
            intents.withdraw(delivery.getIntent(), "the rate budget was used up before it was sent");
        }
        groups.postpone(delivery.claimed());
    }

    private void retry(Delivery delivery, Duration wait, String message) {
        Instant due = clock.instant().plus(wait);
        if (!groups.retry(delivery.claimed(), due)) {
            LOG.warn("A delivery was given up and goes on elsewhere. cause=\"{}\"", message);
            return;
        }
        LOG.warn(
                "A delivery did not come through; it is tried again. flow={} group=\"{}\" due={} cause=\"{}\"",
                delivery.flow().name(),
                delivery.label(),
                due,
                message);
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
            intents.refused(delivery.getIntent(), message);
        }
        deadLetters.refused(
                delivery.flow().name(),
                delivery.group().runId(),
                kind,
                delivery.group().id(),
                message,
                delivery.sent().toString(),
                answer);
        groups.bury(delivery.claimed());
    }

    /** The record that was to be changed is not there any more, or hidden: a look-up tells which, and the policy decides anew. */
    private void gone(Delivery delivery, String message, String answer) {
        Intent intent = delivery.getIntent();
        if (intent == null || intent.kind() == Intent.Kind.OPENED) {
            refuse(delivery, "refused", message, answer);
            return;
        }
        UUID group = delivery.group().id();
        if (tickets.openIntent(group).filter(Intent::written).isPresent()) {
            // Of what was to be attached, the record is not there.
            intents.refused(intent, message);
        }
        retry(delivery, groups.attempts(group) < AT_ONCE ? Duration.ZERO : backOff(delivery), message);
    }

    /** As long as a request can still be under way at ServiceNow after we gave up on it. */
    private Duration rest() {
        return serviceNow.requestTimeout();
    }

    private Duration backOff(Delivery delivery) {
        int attempts = Math.min(groups.attempts(delivery.group().id()), 20);
        long seconds = Math.min(LONGEST_WAIT.toSeconds(), 1L << Math.min(attempts, 9));
        return Duration.ofMillis(
                (long) (seconds * 1000 * ThreadLocalRandom.current().nextDouble(0.5, 1.0)));
    }

    private static Duration max(Duration one, Duration two) {
        return one.compareTo(two) > 0 ? one : two;
    }
}
