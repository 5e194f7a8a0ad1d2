package io.ticketbridge.deliver;

import io.ticketbridge.deliver.servicenow.HiddenRecords;
import io.ticketbridge.deliver.servicenow.UnusableValue;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.fault.NotEver;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.fault.PassingStatus;
import io.ticketbridge.ledger.budget.BudgetSpent;
import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.ticket.AnotherInstance;
import io.ticketbridge.ledger.ticket.LeaseLost;
import io.ticketbridge.ledger.ticket.WorseComesFirst;
import java.io.IOException;
import java.util.Set;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.RuntimeExpressionException;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Why a delivery failed, as its error tells; what becomes of it, {@link Failures} says (P18). */
enum DeliveryFault {
    /** The ledger can't be used for a while. */
    OUTAGE,
    /** Another replica has the group by now. */
    LOST,
    /** The ledger did not do what was asked, for a deadlock say. */
    LEDGER,
    /** Nothing was sent: the budget is used up, something worse comes first, or it goes to another instance. */
    NO_ROOM,
    /** A value of this group can't stand in a query; the profile is not at fault. */
    POISONED,
    /** Settings, templates or routes are not right. */
    MISTAKEN,
    /** Whoever threw it says that it may pass. */
    LATER,
    /** The source never takes it as it is. */
    SOURCE_REFUSED,
    /** The source could not be asked, or may take it later. */
    SOURCE_AWAY,
    /** ServiceNow answered what was not asked (P16). */
    WRONG,
    /** ServiceNow has the record, and does not show it. */
    HIDDEN,
    /** All else is of a call to ServiceNow, whose answer tells more. */
    SERVICENOW;

    /** 401 passes with another token; what is not there any more is told apart when it is read again. */
    private static final Set<Integer> OF_TOKEN_OR_PLACE = Set.of(401, 404);

    /** The first that fits: what the ledger says comes before what it was asked for. */
    static DeliveryFault of(Throwable thrown) {
        Throwable error = unwrapped(thrown);
        if (Outage.isCauseOf(error)) {
            return OUTAGE;
        }
        if (LeaseLost.isCauseOf(error)) {
            return LOST;
        }
        if (Outage.failureOfLedger(error).isPresent()) {
            return LEDGER;
        }
        if (BudgetSpent.isCauseOf(error) || error instanceof WorseComesFirst || AnotherInstance.isCauseOf(error)) {
            return NO_ROOM;
        }
        if (error instanceof UnusableValue) {
            return POISONED;
        }
        if (error instanceof IllegalArgumentException || error instanceof IllegalStateException && !isOfAnswer(error)) {
            return MISTAKEN;
        }
        if (error instanceof NotNow) {
            return LATER;
        }
        if (isRefusedBySource(error)) {
            return SOURCE_REFUSED;
        }
        if (error instanceof HttpOperationFailedException || error instanceof IOException) {
            // ServiceNow's come wrapped by its component.
            return SOURCE_AWAY;
        }
        if (error instanceof WrongAnswer) {
            return WRONG;
        }
        return error instanceof HiddenRecords ? HIDDEN : SERVICENOW;
    }

    /** A split wraps what went wrong in it, and an expression what its bean threw. */
    static Throwable unwrapped(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CamelExchangeException || cause instanceof RuntimeExpressionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isRefusedBySource(Throwable error) {
        return error instanceof NotEver
                || error instanceof HttpOperationFailedException http
                        && http.getStatusCode() / 100 == 4
                        && !OF_TOKEN_OR_PLACE.contains(http.getStatusCode())
                        && !PassingStatus.is(http.getStatusCode());
    }

    /** The component's HTTP client says so of an answer without a body, a 202 for one: it tells nothing of the ticket. */
    private static boolean isOfAnswer(Throwable error) {
        return error.getStackTrace().length > 0
                && error.getStackTrace()[0].getClassName().startsWith("org.apache.cxf.");
    }
}
