package io.ticketbridge.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.LedgerWorld;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ReadAheadTest {
    private final CountDownLatch filtered = new CountDownLatch(1);
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("check"));
    private Exchange scan;
    private ReadAhead readAhead;

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:source").process(exchange -> {
                    assertThat(filtered.await(20, TimeUnit.SECONDS)).isTrue();
                    exchange.getMessage()
                            .setBody(exchange.getMessage().getBody() + " of "
                                    + exchange.getProperty("flow", String.class) + ", run " + MDC.get("run"));
                    exchange.setProperty("own", true);
                });
                from("direct:broken").process(exchange -> {
                    throw new IOException("no answer");
                });
            }
        });
        context.start();
        readAhead = new ReadAhead(context);
        scan = new DefaultExchange(context);
        scan.setProperty("flow", "scc");
        scan.setProperty("run", world.runs.begin(Flow.NAME, "scan"));
    }

    @AfterEach
    void stop() {
        context.stop();
        world.close();
    }

    @Test
    void the_next_page_is_asked_for_while_the_last_is_worked_on() throws Exception {
        scan.getMessage().setBody("page 1");
        readAhead.ask(scan, "source", "page 2");
        assertThat(scan.getMessage().getBody()).isEqualTo("page 1");

        filtered.countDown();
        readAhead.await(scan);
        assertThat(scan.getMessage().getBody(String.class)).isEqualTo("page 2 of scc, run 1");
        assertThat(scan.getProperties()).doesNotContainKeys("own", "ahead");
    }

    @Test
    void a_page_that_could_not_be_read_fails_where_it_is_awaited() {
        readAhead.ask(scan, "broken", "page 2");

        assertThatThrownBy(() -> readAhead.await(scan))
                .isInstanceOf(IOException.class)
                .hasMessage("no answer");
    }
}
