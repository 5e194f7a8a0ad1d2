package io.ticketbridge.ledger.run;

import io.ticketbridge.ledger.budget.Room;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.ticket.Groups;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.RecoverableAggregationRepository;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The aggregate's repository and, with it, the outbox: there is no second queue. While a page is open it collects what
 * changed per group; closing the page makes the groups pending in the ledger. A pending group is handed out when its scan
 * has been read to the end, and again after every failure or crash, until what it owes ServiceNow is recorded.
 */
public final class PendingGroups extends ServiceSupport implements RecoverableAggregationRepository {
    /** So many wait for a thread at most; the rest follows at the next recovery, so that memory stays bounded (P36). */
    private static final int BATCH = 500;

    private static final Logger LOG = LoggerFactory.getLogger(PendingGroups.class);

    private final Pages pages;
    private final LedgerDatabase database;
    private final DueGroups groups;
    private final Supplier<Room> room;
    private final IntSupplier waiting;
    private final Clock clock;
    private final AtomicBoolean failing = new AtomicBoolean();
    private long recoveryInterval = 500;

    /**
     * @param served which flows this process delivers for
     * @param room how many requests may be sent now: no more groups are handed out (P19)
     * @param waiting how many were handed out that no thread has begun with
     */
    public PendingGroups(
            Pages pages,
            LedgerDatabase database,
            Predicate<String> served,
            Supplier<Room> room,
            IntSupplier waiting,
            Clock clock) {
        this.pages = pages;
        this.database = database;
        this.groups = new DueGroups(database, served);
        this.room = room;
        this.waiting = waiting;
        this.clock = clock;
    }

    @Override
    public Exchange add(CamelContext context, String key, Exchange exchange) {
        return pages.session().collected.put(key, exchange);
    }

    @Override
    public Exchange get(CamelContext context, String key) {
        return pages.isOpen() ? pages.session().collected.get(key) : group(context, key);
    }

    /** Nothing to do: a group stays pending until {@link Groups#settle} says otherwise. */
    @Override
    public void remove(CamelContext context, String key, Exchange exchange) {}

    /** Nothing to do: what was recorded is settled already, and what failed must stay pending. */
    @Override
    public void confirm(CamelContext context, String exchangeId) {}

    @Override
    public Set<String> getKeys() {
        return due();
    }

    @Override
    public Set<String> scan(CamelContext context) {
        return due();
    }

    @Override
    public Exchange recover(CamelContext context, String exchangeId) {
        return group(context, exchangeId);
    }

    /** Camel looks again only as long as no look has thrown (CAMEL-24141): one that fails finds nothing, and the next is due soon. */
    private Set<String> due() {
        try {
            Set<String> due = next();
            failing.set(false);
            return due;
        } catch (RuntimeException | Error e) {
            tell(e);
            return Set.of();
        }
    }

    private void tell(Throwable error) {
        if (database.isClosed()) {
            return;
        }
        if (Outage.isCauseOf(error)) {
            database.outage().began(error);
        } else if (failing.compareAndSet(false, true)) {
            LOG.warn(
                    "What is owed to ServiceNow can't be looked for; it is tried again. cause=\"{}\"",
                    Outage.rootOf(error));
        }
    }

    private Set<String> next() {
        Set<String> ids = new LinkedHashSet<>();
        if (isFull()) {
            return ids;
        }
        Room left = room.get();
        if (!left.isSpent()) {
            groups.next(clock.instant(), left.leastUrgency(), Math.min(BATCH, left.groups()))
                    .forEach(id -> ids.add(id.toString()));
        }
        return ids;
    }

    private boolean isFull() {
        return waiting.getAsInt() >= BATCH;
    }

    /**
     * The exchange's id is the group's, by which the aggregate keeps one group from being worked on twice at once. That holds for what
     * recovery finds, and not for what the end of a pass asks for: that are the same groups once more. Camel comes here under its lock just
     * before it queues each of them, so that there are never more than fit, whoever asks.
     *
     * @return null, which Camel passes over, if there is no place
     */
    private Exchange group(CamelContext context, String key) {
        if (isFull()) {
            return null;
        }
        Exchange exchange = new DefaultExchange(context);
        exchange.setExchangeId(key);
        exchange.setProperty(Exchange.AGGREGATED_CORRELATION_KEY, key);
        exchange.setProperty(Exchange.AGGREGATED_COMPLETED_BY, "force");
        exchange.getMessage().setBody(UUID.fromString(key));
        return exchange;
    }

    @Override
    @Deprecated
    public void setRecoveryInterval(long interval, TimeUnit unit) {
        recoveryInterval = unit.toMillis(interval);
    }

    @Override
    public void setRecoveryInterval(long millis) {
        recoveryInterval = millis;
    }

    @Override
    public long getRecoveryInterval() {
        return recoveryInterval;
    }

    @Override
    public void setUseRecovery(boolean useRecovery) {
        throw new UnsupportedOperationException("Recovery is what keeps a killed delivery from being lost");
    }

    @Override
    public boolean isUseRecovery() {
        return true;
    }

    @Override
    public void setDeadLetterUri(String uri) {
        throw new UnsupportedOperationException("Dead letters are written by the error routes");
    }

    @Override
    public String getDeadLetterUri() {
        return null;
    }

    @Override
    public void setMaximumRedeliveries(int maximum) {
        throw new UnsupportedOperationException("What is owed stays owed: the ledger says when it is tried again");
    }

    @Override
    public int getMaximumRedeliveries() {
        return 0;
    }
}
