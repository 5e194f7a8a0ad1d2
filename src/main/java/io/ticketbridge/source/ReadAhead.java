package io.ticketbridge.source;

import io.ticketbridge.ledger.Run;
import io.ticketbridge.ledger.Trail;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * Asks for the next page of a source while the last one is on its way through the filter. One question of a scan is under way at a
 * time; it travels as the exchange property {@code ahead}.
 */
public final class ReadAhead {
    private static final String AHEAD = "ahead";

    private final ProducerTemplate producer;
    private final ExecutorService threads;

    public ReadAhead(CamelContext context) {
        producer = context.createProducerTemplate();
        threads = context.getExecutorServiceManager().newCachedThreadPool(this, "read-ahead");
    }

    /** Sends the question to a direct route, and does not wait for the answer. */
    public void ask(Exchange exchange, String route, Object question) {
        Map<String, Object> properties = Map.copyOf(exchange.getProperties());
        Run run = exchange.getProperty("run", Run.class);
        exchange.setProperty(AHEAD, threads.submit(() -> {
            Trail.follow(run.id());
            try {
                return producer.send("direct:" + route, asked -> {
                    properties.forEach(asked::setProperty);
                    asked.getMessage().setBody(question);
                });
            } finally {
                Trail.leave();
            }
        }));
    }

    /**
     * Waits for the answer to the question that was asked last, and puts it into the body.
     *
     * @throws Exception what the route failed with
     */
    public void await(Exchange exchange) throws Exception {
        Exchange answer = answer(exchange.getProperty(AHEAD, Future.class));
        exchange.removeProperty(AHEAD);
        if (answer.getException() != null) {
            throw answer.getException();
        }
        exchange.getMessage().setBody(answer.getMessage().getBody());
    }

    private static Exchange answer(Future<?> asked) throws ExecutionException {
        try {
            return (Exchange) asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("It was interrupted", e);
        }
    }
}
