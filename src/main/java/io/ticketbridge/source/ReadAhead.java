package io.ticketbridge.source;

import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.pass.PassOf;
import io.ticketbridge.ledger.run.Run;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * Reads the next pages of a source while the last one is on its way through the filter. They travel as the exchange property
 * {@code pagesAhead}.
 */
public final class ReadAhead {
    private static final String PAGES = "pagesAhead";

    private final ProducerTemplate producer;
    private final ExecutorService threads;
    private final Trail trail;

    public ReadAhead(CamelContext context, Trail trail) {
        this.trail = trail;
        producer = context.createProducerTemplate();
        threads = context.getExecutorServiceManager().newCachedThreadPool(this, "read-ahead");
    }

    /** Begins to read, each page by a call of the direct route, which finds the properties of the exchange as they are now. */
    public void start(Exchange exchange, String route, PagedSource source) {
        PagesAhead pages = new PagesAhead();
        Map<String, Object> properties = Map.copyOf(exchange.getProperties());
        Run run = new PassOf(exchange).run();
        exchange.setProperty(PAGES, pages);
        threads.submit(() -> {
            trail.follow(run.id());
            try {
                pages.read(source, question -> ask(route, properties, question));
            } finally {
                trail.leave();
            }
            return null;
        });
    }

    private Object ask(String route, Map<String, Object> properties, Object question) throws Exception {
        Exchange answer = producer.send("direct:" + route, exchange -> {
            properties.forEach(exchange::setProperty);
            exchange.getMessage().setBody(question);
        });
        if (answer.getException() != null) {
            throw answer.getException();
        }
        return answer.getMessage().getBody();
    }

    /**
     * Puts the next page into the body.
     *
     * @throws Exception what the route failed with
     */
    public void next(Exchange exchange) throws Exception {
        exchange.getMessage().setBody(pages(exchange).next());
    }

    /** Nobody takes the pages any more; what is under way ends by itself. */
    public void stop(Exchange exchange) {
        pages(exchange).stop();
    }

    private static PagesAhead pages(Exchange exchange) {
        return exchange.getProperty(PAGES, PagesAhead.class);
    }
}
