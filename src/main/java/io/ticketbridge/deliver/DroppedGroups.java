package io.ticketbridge.deliver;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names a claimed group that a step of a route dropped. It stays owed and is handed out again and again, and whoever waits for its ticket
 * would find no other word of it. Said once a run, by a plan, too.
 */
final class DroppedGroups {
    private static final Logger LOG = LoggerFactory.getLogger(DroppedGroups.class);

    private final Set<Long> runs = ConcurrentHashMap.newKeySet();

    /** Looks at what becomes of the claimed delivery once the exchange has taken its way. */
    void watch(Exchange exchange) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange done) {
                look(Delivery.of(done));
            }
        });
    }

    private void look(Delivery delivery) {
        if (!delivery.isSettled()
                && !delivery.hasFailed()
                && runs.add(delivery.group().runId())) {
            LOG.warn(
                    "A step of a route dropped a group that was claimed: it stays owed, and is handed out again when its claim has run"
                            + " out. To wait, stop before claim-group; to want no ticket, drop findings in 40 or by the flow's"
                            + " filter. flow={} group=\"{}\"",
                    delivery.flow().name(),
                    delivery.label());
        }
    }
}
