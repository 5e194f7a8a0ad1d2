package io.ticketbridge.engine;

import io.ticketbridge.config.Settings;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.ticket.TicketInstance;
import io.ticketbridge.observe.Meters;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;

/**
 * What the beans of every stage are made with.
 *
 * @param planned null if this is no plan (P29)
 * @param owner tells this process from every other
 * @param clock the one that replicas share
 * @param own this machine's
 */
record Surroundings(
        Settings settings,
        LedgerDatabase database,
        TicketInstance instance,
        CamelContext context,
        Meters meters,
        Rehearsal planned,
        Shortcut shortcut,
        String owner,
        boolean scheduled,
        Clock clock,
        Clock own,
        Masking masking) {

    /** From now on routes find it by the name, which is one of {@link Beans#NAMES}. */
    void bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
    }

    /** @throws CannotStart naming all of the problems, unless whoever starts collects them (P30) */
    void refuse(List<String> problems) {
        if (planned != null && planned.problems() != null) {
            planned.problems().addAll(problems);
        } else if (!problems.isEmpty()) {
            throw new CannotStart(problems);
        }
    }

    boolean isOffline() {
        return planned != null && planned.isOffline();
    }

    Trail trail() {
        return planned == null ? Trail.OF_RUNS : Trail.OF_PLAN;
    }

    /** Whether what is read goes through a topic. */
    boolean publishes() {
        return scheduled && settings.kafka().isOn();
    }
}
