package io.ticketbridge.deliver;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.ticket.LeaseLost;
import io.ticketbridge.ticket.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More deliveries are worked on than call ServiceNow at once. */
class CallsAtOnceTest {
    private static final Finding ONE = fail("check-1", "one");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private DeliveryWorld world;
    private Delivery delivery;

    @BeforeEach
    void open() {
        world = new DeliveryWorld(Map.of());
        world.ledger.scan(ONE);
        delivery = world.intended(ONE, Action.OPEN, "1 finding fails");
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        world.close();
    }

    private Processor limited(int most, Duration longWait) {
        return new CallsAtOnce(most, world.ledger.groups, longWait).wrap(null, exchange -> {
            calls.incrementAndGet();
            goOn.await();
        });
    }

    private Exchange of(Delivery some) {
        Exchange exchange = new DefaultExchange(world.context);
        exchange.setProperty("delivery", some);
        return exchange;
    }

    private Future<Exchange> call(Processor limited, Exchange exchange) {
        return threads.submit(() -> {
            limited.process(exchange);
            return exchange;
        });
    }

    @Test
    void no_more_calls_are_under_way_than_the_setting_says() throws Exception {
        Processor limited = limited(2, Duration.ofMinutes(1));
        List<Future<Exchange>> ends = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            ends.add(call(limited, of(delivery)));
        }
        await().until(() -> calls.get() == 2);

        await().during(Duration.ofMillis(100)).until(() -> calls.get() == 2);

        goOn.countDown();
        for (Future<Exchange> end : ends) {
            assertThat(end.get().getException()).isNull();
        }
        assertThat(calls).hasValue(5);
    }

    @Test
    void a_poll_does_not_wait_for_tickets() {
        Processor limited = limited(1, Duration.ofMinutes(1));
        call(limited, of(delivery));
        await().until(() -> calls.get() == 1);

        call(limited, new DefaultExchange(world.context));

        await().until(() -> calls.get() == 2);
    }

    @Test
    void who_waited_long_makes_sure_of_its_claim_before_it_calls() throws Exception {
        Processor limited = limited(1, Duration.ZERO);
        goOn.countDown();
        world.ledger.clock.advance(LedgerWorld.LEASE.minusSeconds(1));

        assertThat(call(limited, of(delivery)).get().getException()).isNull();

        world.ledger.clock.advance(LedgerWorld.LEASE.minusSeconds(1));
        assertThat(world.ledger.groups.claim(world.ledger.groupOf(ONE))).isEmpty();

        world.ledger.clock.advance(LedgerWorld.LEASE);
        world.ledger.claim(ONE);

        assertThat(call(limited, of(delivery)).get().getException()).isInstanceOf(LeaseLost.class);
        assertThat(calls).hasValue(1);
    }
}
