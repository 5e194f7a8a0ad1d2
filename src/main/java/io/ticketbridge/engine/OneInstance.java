package io.ticketbridge.engine;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.ticket.TicketInstance;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/** A ledger belongs to one ServiceNow instance: one that holds tickets is not used with another. */
final class OneInstance {
    private static final String CURE =
            "begin with an empty ledger, by another ticketbridge.database.url, for a ledger belongs to one instance; if it is"
                    + " the same one, with the same records, at another address, set ticketbridge.servicenow.former-url to"
                    + " the one before";

    private OneInstance() {}

    /**
     * @param planned whether the ledger is a plan's, which nobody else uses
     * @throws CannotStart if its tickets are in another instance
     */
    static TicketInstance require(Settings settings, LedgerDatabase database, boolean planned, Clock clock) {
        ServiceNowSettings serviceNow = settings.serviceNow();
        TicketInstance instance = new TicketInstance(database, serviceNow.instance(), clock);
        try {
            (planned ? instance.alone() : instance)
                    .begin(serviceNow.formerInstance())
                    .ifPresent(theirs -> {
                        throw new CannotStart(cause(serviceNow, theirs) + ": " + CURE);
                    });
        } catch (RuntimeException e) {
            throw Outage.isCauseOf(e) ? new CannotStart("The ledger can't be used: " + Outage.rootOf(e)) : e;
        }
        return instance;
    }

    /** Of the ledger as it is; one that can't be read is told by those who look at that. */
    static Optional<Checked> check(Settings settings) {
        ServiceNowSettings serviceNow = settings.serviceNow();
        try {
            return TicketInstance.of(settings.database())
                    .filter(theirs -> serviceNow.url() != null
                            && !theirs.equals(serviceNow.instance())
                            && !theirs.equals(serviceNow.formerInstance()))
                    .map(theirs -> Checked.problem("ledger", "instance", cause(serviceNow, theirs), CURE));
        } catch (SQLException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String cause(ServiceNowSettings serviceNow, String theirs) {
        return "The ledger's tickets are in " + theirs + ", and ticketbridge.servicenow.url names "
                + serviceNow.instance()
                + (serviceNow.formerUrl() == null
                        ? ""
                        : ", ticketbridge.servicenow.former-url " + serviceNow.formerInstance());
    }
}
