package io.ticketbridge.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.run.LedgerWorld;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
        readAhead = new ReadAhead(context, Trail.OF_RUNS);
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
    void the_next_pages_are_read_while_the_last_is_worked_on() throws Exception {
        scan.getMessage().setBody("page 0");
        readAhead.start(scan, "source", new Counted(2));
        assertThat(scan.getMessage().getBody()).isEqualTo("page 0");

        filtered.countDown();
        PagesAhead pages = scan.getProperty("pagesAhead", PagesAhead.class);
        for (int page = 1; page <= 2; page++) {
            assertThat(pages.isHasNext()).isTrue();
            readAhead.next(scan);
            assertThat(scan.getMessage().getBody()).isEqualTo("page " + page + " of scc, run 1");
        }
        assertThat(pages.isHasNext()).isFalse();
        assertThat(scan.getProperties()).doesNotContainKey("own");
    }

    @Test
    void no_more_than_a_few_pages_are_read_ahead_and_none_once_nobody_takes_them() throws Exception {
        filtered.countDown();
        Counted source = new Counted(100);
        readAhead.start(scan, "source", source);
        await().atMost(20, TimeUnit.SECONDS).until(() -> source.asked.get() == 3);
        readAhead.next(scan);
        await().atMost(20, TimeUnit.SECONDS).until(() -> source.asked.get() == 4);

        readAhead.stop(scan);
        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> readers().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        assertThat(source.asked.get()).isLessThanOrEqualTo(5);
    }

    @Test
    void small_pages_are_read_further_ahead_than_large_ones() throws Exception {
        assertThat(readAhead(List.of())).isGreaterThan(100);
        assertThat(readAhead(Collections.nCopies(100, "finding"))).isEqualTo(11);
        assertThat(readAhead(Collections.nCopies(10_000, "finding"))).isEqualTo(3);
    }

    /** How many pages of that size are asked for while nobody takes one. */
    private static int readAhead(List<String> page) throws Exception {
        Counted source = new Counted(200);
        PagesAhead pages = new PagesAhead();
        Thread reader = new Thread(() -> {
            try {
                pages.read(source, question -> page);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.start();
        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> reader.getState() == Thread.State.TIMED_WAITING
                        || reader.getState() == Thread.State.TERMINATED);
        pages.stop();
        reader.join();
        return source.asked.get();
    }

    @Test
    void a_page_that_could_not_be_read_fails_where_it_is_taken_and_is_the_last() throws Exception {
        readAhead.start(scan, "broken", new Counted(2));
        PagesAhead pages = scan.getProperty("pagesAhead", PagesAhead.class);

        assertThat(pages.isHasNext()).isTrue();
        assertThatThrownBy(() -> readAhead.next(scan))
                .isInstanceOf(IOException.class)
                .hasMessage("no answer");
        assertThat(pages.isHasNext()).isFalse();
    }

    private static Stream<Thread> readers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("read-ahead"));
    }

    private static final class Counted implements PagedSource {
        private final AtomicInteger asked = new AtomicInteger();
        private final int pages;

        private Counted(int pages) {
            this.pages = pages;
        }

        @Override
        public boolean hasNext() {
            return asked.get() < pages;
        }

        @Override
        public Object nextCall() {
            return "page " + asked.incrementAndGet();
        }

        @Override
        public Object accept(Object answer) {
            return answer;
        }
    }
}
