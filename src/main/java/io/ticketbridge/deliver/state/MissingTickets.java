package io.ticketbridge.deliver.state;

import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.instance.InstanceUser;
import io.ticketbridge.deliver.servicenow.HiddenRecords;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells tickets that were deleted from those that ServiceNow has and does not show to our user (P7). All that read tickets share
 * one: it says of each ticket once that it is hidden. Thread-safe.
 */
public final class MissingTickets {
    private static final Logger LOG = LoggerFactory.getLogger(MissingTickets.class);
    /** So many are hardly deleted between two passes, with no other left. */
    private static final int MANY = 5;

    private final Settings settings;
    /** Tickets of which it was said that they are hidden: once is enough. */
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    public MissingTickets(Settings settings) {
        this.settings = settings;
    }

    /** What an empty answer of a query by key may hide. */
    public static void requireNoneHidden(List<Map<String, Object>> rows, String what, String table) {
        if (rows.isEmpty() && LastAnswer.current().hidden(0) > 0) {
            throw new HiddenRecords(
                    what + " is in ServiceNow, which does not show it to this user: " + InstanceUser.readAccess(table));
        }
    }

    /**
     * @param shown the sys_ids of the page that ServiceNow answered with
     * @return whether the others were deleted; else nothing is known of them
     * @throws HiddenRecords if the page had many tickets, and not one was shown
     */
    boolean areDeleted(List<Ticket> page, Set<String> shown) {
        return areDeleted(page, shown, LastAnswer.current().hidden(shown.size()));
    }

    /** @param hidden how many rows more than the shown ones the answer counted */
    boolean areDeleted(List<Ticket> page, Set<String> shown, int hidden) {
        said.removeAll(shown);
        List<Ticket> missing = page.stream()
                .filter(ticket -> ticket.phase() != Phase.DELETED && !shown.contains(ticket.sysId()))
                .toList();
        Ticket first = page.get(0);
        if (shown.isEmpty() && missing.size() >= MANY) {
            requireBelieved(first, missing.size(), hidden);
        }
        if (hidden > 0) {
            say(first, missing, hidden);
        }
        return hidden == 0;
    }

    private void requireBelieved(Ticket first, int missing, int hidden) {
        String none = "ServiceNow shows none of " + missing + " tickets of flow " + first.flow() + ": ";
        if (hidden > 0) {
            throw new HiddenRecords(none + InstanceUser.readAccess(first.table()));
        }
        if (!settings.flows().get(first.flow()).allDeleted()) {
            throw new HiddenRecords(
                    none + InstanceUser.readAccess(first.table()) + ", past its before-query rules and domains too; if"
                            + " ticketbridge.servicenow.url names another instance than the one that they were opened in, or"
                            + " that one was cloned over, begin with an empty ledger; or, if all of them were deleted, set"
                            + " ticketbridge.flow." + first.flow() + ".all-deleted=true for one pass");
        }
    }

    /** The same of some that are in another table, it seems. */
    void sayElsewhere(List<Ticket> missing, String why) {
        sayOnce(
                missing,
                () -> LOG.error(
                        "Tickets that are not in their table are not taken for deleted, and stay as they were: {}",
                        why));
    }

    private void say(Ticket first, List<Ticket> missing, int hidden) {
        sayOnce(
                missing,
                () -> LOG.error(
                        "ServiceNow has tickets that it does not show to this user; they stay as they were: {}. flow={}"
                                + " hidden={} among=\"{}\"",
                        InstanceUser.readAccess(first.table()),
                        first.flow(),
                        hidden,
                        missing.stream().limit(20).map(Ticket::number).collect(Collectors.joining(", "))));
    }

    /** Unless it was said of each of them since it was last shown. */
    void sayOnce(List<Ticket> missing, Runnable line) {
        if (missing.stream().filter(ticket -> said.add(ticket.sysId())).count() > 0) {
            line.run();
        }
    }
}
