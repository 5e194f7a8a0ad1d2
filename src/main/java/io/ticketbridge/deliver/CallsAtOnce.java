package io.ticketbridge.deliver;

import io.ticketbridge.ledger.ticket.Groups;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Lets so many calls of deliveries be under way at once as {@code servicenow.deliveries} says, whoever came first before the others. More
 * deliveries than that are worked on, so that what the ledger takes for one goes on while others wait for ServiceNow. Thread-safe.
 */
public final class CallsAtOnce implements Policy {
    /** A claim outlasts a call by five seconds; well before that it is renewed. */
    private static final Duration LONG = Duration.ofSeconds(1);

    private final Semaphore free;
    private final Groups groups;
    private final Duration longWait;

    public CallsAtOnce(int most, Groups groups) {
        this(most, groups, LONG);
    }

    CallsAtOnce(int most, Groups groups, Duration longWait) {
        this.free = new Semaphore(most, true);
        this.groups = groups;
        this.longWait = longWait;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {}

    @Override
    public Processor wrap(Route route, Processor steps) {
        return new DelegateAsyncProcessor(steps) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Delivery delivery = Delivery.of(exchange);
                if (delivery == null) {
                    // A poll asks for itself, however many tickets are waiting.
                    return super.process(exchange, callback);
                }
                try {
                    await(delivery);
                } catch (InterruptedException | RuntimeException e) {
                    exchange.setException(e);
                    callback.done(true);
                    return true;
                }
                return super.process(exchange, doneSync -> {
                    free.release();
                    callback.done(doneSync);
                });
            }
        };
    }

    private void await(Delivery delivery) throws InterruptedException {
        long began = System.nanoTime();
        free.acquire();
        boolean isKept = false;
        try {
            // What was intended is not sent on a claim that another may have taken meanwhile.
            if (System.nanoTime() - began > longWait.toNanos()) {
                groups.keep(delivery.claimed());
            }
            isKept = true;
        } finally {
            if (!isKept) {
                free.release();
            }
        }
    }
}
