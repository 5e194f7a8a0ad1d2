package io.ticketbridge.engine;

import java.util.concurrent.ThreadPoolExecutor;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;

/**
 * The threads that deliver. Whoever hands out keeps what waits for them short: Camel's own bound would have the thread of a pass deliver,
 * under the lock that all other passes wait for.
 */
final class DeliveryThreads {
    private DeliveryThreads() {}

    /** @param atOnce how many calls may be under way at once */
    static ThreadPoolExecutor of(CamelContext context, int atOnce) {
        // One at a time keeps the order in which they are handed out, as a plan tells it.
        int atWork = atOnce == 1 ? 1 : 2 * atOnce;
        return (ThreadPoolExecutor) context.getExecutorServiceManager()
                .newThreadPool(
                        DeliveryThreads.class,
                        "deliveries",
                        new ThreadPoolProfileBuilder("deliveries")
                                .poolSize(atWork)
                                .maxPoolSize(atWork)
                                .maxQueueSize(Integer.MAX_VALUE)
                                .build());
    }
}
