package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.ManyGroups;
import io.ticketbridge.ledger.run.LedgerWorld;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What waits for the threads that deliver, while ServiceNow holds its answers. */
class DeliveryThreadsTest {
    private final CountDownLatch answers = new CountDownLatch(1);
    private final Set<String> delivering = ConcurrentHashMap.newKeySet();
    private final Set<Object> delivered = ConcurrentHashMap.newKeySet();

    @Test
    void passes_deliver_nothing_themselves_however_many_end_while_servicenow_is_slow() throws Exception {
        try (LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("check"));
                CamelContext camel = new DefaultCamelContext()) {
            ThreadPoolExecutor threads = DeliveryThreads.of(camel, 1);
            world.waiting = () -> threads.getQueue().size();
            world.pending.setRecoveryInterval(20);
            new ManyGroups(world.database, Flow.NAME).pending("1", 600, Severity.HIGH.ordinal());
            camel.addRoutes(aggregate(world, threads));
            camel.start();

            for (int pass = 0; pass < 4; pass++) {
                Future<Object> ended = camel.createProducerTemplate()
                        .asyncRequestBodyAndHeader(
                                "direct:aggregate", null, Exchange.AGGREGATION_COMPLETE_ALL_GROUPS, true);
                ended.get(20, TimeUnit.SECONDS);
            }
            assertThat(threads.getQueue()).hasSizeBetween(1, 500);

            answers.countDown();
            await().atMost(Duration.ofSeconds(20)).until(() -> delivered.size() == 600);
            assertThat(delivering).singleElement().asString().contains("deliveries");
        }
    }

    private RouteBuilder aggregate(LedgerWorld world, ThreadPoolExecutor threads) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:aggregate")
                        .aggregate(constant("one"), (older, newer) -> newer)
                        .aggregationRepository(world.pending)
                        .executorService(threads)
                        .completionPredicate(constant(false))
                        .process(exchange -> {
                            delivering.add(Thread.currentThread().getName());
                            answers.await(40, TimeUnit.SECONDS);
                            Object group = exchange.getMessage().getBody();
                            delivered.add(group);
                            world.left("update finding_group set pending = false where id = '" + group + "'");
                        });
            }
        };
    }
}
