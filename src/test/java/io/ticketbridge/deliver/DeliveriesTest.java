package io.ticketbridge.deliver;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.ticket.LapsedClaim;
import io.ticketbridge.ledger.ticket.Renewal;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** A claim is one delivery's, not its thread's. */
class DeliveriesTest {
    private static final Finding ONE = fail("s3-public", "one");

    @Test
    void what_a_thread_does_after_a_delivery_is_not_measured_by_its_claim() {
        try (DeliveryWorld world = new DeliveryWorld(Map.of())) {
            world.ledger.scan(ONE);
            Exchange exchange = new DefaultExchange(world.context);
            assertThat(world.deliveries().claim(world.ledger.groupOf(ONE), exchange))
                    .isNotNull();
            try (LapsedClaim lapsed = LapsedClaim.ofThisThread()) {
                exchange.getExchangeExtension()
                        .handoverCompletions()
                        .forEach(completion -> completion.onComplete(exchange));

                assertThatCode(Renewal::requireFresh).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void nor_what_it_does_when_there_is_nothing_to_claim() {
        try (DeliveryWorld world = new DeliveryWorld(Map.of());
                LapsedClaim lapsed = LapsedClaim.ofThisThread()) {
            assertThat(world.claim(ONE)).isNull();

            assertThatCode(Renewal::requireFresh).doesNotThrowAnyException();
        }
    }
}
