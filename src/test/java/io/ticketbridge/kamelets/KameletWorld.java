package io.ticketbridge.kamelets;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;

/** A Camel that knows nothing of Ticketbridge but the files in {@code kamelets/}, as a user of theirs has it. */
public final class KameletWorld implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What came out of a source. */
    public record Message(String body, Map<String, Object> headers, Map<String, Object> variables) {}

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<Message> received = new CopyOnWriteArrayList<>();

    public KameletWorld() {
        // What is logged of a failure then holds all that could be.
        camel.setMessageHistory(true);
        camel.getComponent("kamelet", KameletComponent.class)
                .setLocation(KameletFile.FOLDER.toUri().toString());
    }

    /** The address of a Kamelet. */
    public static String kamelet(String name, Map<String, ?> properties) {
        return "kamelet:" + name + "?"
                + properties.entrySet().stream()
                        .map(property -> property.getKey() + "=RAW(" + property.getValue() + ")")
                        .collect(Collectors.joining("&"));
    }

    /** Collects what a source sends. */
    public KameletWorld read(String source) {
        return route(source, exchange -> received.add(message(exchange)));
    }

    KameletWorld route(String source, Processor end) {
        add(new RouteBuilder() {
            @Override
            public void configure() {
                from(source).process(end);
            }
        });
        return this;
    }

    /** {@code direct:send} leads to the sink, and so does each source. */
    KameletWorld send(String sink, String... sources) {
        add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:send").to(sink);
                for (String source : sources) {
                    from(source).to(sink);
                }
            }
        });
        return this;
    }

    private void add(RouteBuilder routes) {
        try {
            camel.addRoutes(routes);
            camel.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Exchange send(Object body, Map<String, Object> headers) {
        return sendTo("direct:send", body, headers);
    }

    Exchange sendTo(String uri, Object body, Map<String, Object> headers) {
        return camel.createProducerTemplate().request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new LinkedHashMap<>(headers));
        });
    }

    public List<Message> received() {
        return received;
    }

    public List<Message> await(int messages) {
        Awaitility.await().atMost(PATIENCE).until(() -> received.size() >= messages);
        return received;
    }

    private static Message message(Exchange exchange) {
        return new Message(
                exchange.getMessage().getBody(String.class),
                new LinkedHashMap<>(exchange.getMessage().getHeaders()),
                new LinkedHashMap<>(exchange.getVariables()));
    }

    @Override
    public void close() {
        camel.stop();
    }
}
