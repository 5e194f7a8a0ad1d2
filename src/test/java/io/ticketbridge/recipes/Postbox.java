package io.ticketbridge.recipes;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Stands for a component that is not in the jar: keeps what would be mailed, and prints it. */
public final class Postbox extends DefaultComponent {
    static final List<String> MAILS = new CopyOnWriteArrayList<>();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String options = parameters.get("from") + " to " + parameters.get("to") + " by " + parameters.get("host") + ":"
                + parameters.get("port");
        parameters.keySet().removeAll(List.of("from", "to", "host", "port"));
        return new Box(uri, this, options);
    }

    private static final class Box extends DefaultEndpoint {
        private final String options;

        private Box(String uri, Postbox component, String options) {
            super(uri, component);
            this.options = options;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    String mail = options + "\n" + exchange.getMessage().getHeaders() + "\n"
                            + exchange.getMessage().getBody(String.class);
                    MAILS.add(mail);
                    System.out.println("MAILED " + mail);
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("Nobody writes back");
        }
    }
}
