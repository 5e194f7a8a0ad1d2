package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.config.ServiceNowSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The routes of {@code calls.camel.yaml} in a context of their own, over an installed connection. */
final class Calls implements AutoCloseable {
    final CamelContext context = new DefaultCamelContext();
    final ServiceNowConnection connection;
    private final ProducerTemplate producer;

    Calls(ServiceNowSettings access, Network network, Clock clock) {
        connection = new ServiceNowConnection(access, network, clock).install(context);
        Properties properties = new Properties();
        properties.setProperty("ticketbridge.servicenow.url", access.url().toString());
        context.getPropertiesComponent().setInitialProperties(properties);
        try {
            Resource routes = ResourceHelper.resolveMandatoryResource(
                    context, "classpath:io/ticketbridge/deliver/servicenow/calls.camel.yaml");
            PluginHelper.getRoutesLoader(context).loadRoutes(routes);
            context.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        producer = context.createProducerTemplate();
    }

    Exchange create(Object body) {
        return call("create-record", body, Map.of());
    }

    Exchange update(String sysId, Object body) {
        return call("update-record", body, Map.of("sysId", sysId));
    }

    Exchange read(String sysId) {
        return call("read-record", null, Map.of("sysId", sysId));
    }

    Exchange find(EncodedQuery query) {
        return call("find-records", null, Map.of("query", query.header()));
    }

    Exchange attach(String sysId, Object body) {
        return call("attach-file", body, Map.of("sysId", sysId));
    }

    Exchange call(String route, Object body, Map<String, Object> variables) {
        LastAnswer.forget();
        return producer.send("direct:" + route, exchange -> {
            exchange.getMessage().setBody(body);
            variables.forEach(exchange::setVariable);
        });
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> record(Exchange exchange) {
        return (Map<String, Object>) exchange.getMessage().getBody();
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> records(Exchange exchange) {
        return (List<Map<String, Object>>) exchange.getMessage().getBody();
    }

    static Fault fault(Exchange exchange) {
        return exchange.getException() == null
                ? null
                : FaultSorter.sort(exchange.getException(), LastAnswer.current(), Instant.now());
    }

    @Override
    public void close() throws Exception {
        context.close();
        connection.close();
    }
}
