package io.ticketbridge.bench;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.deliver.servicenow.Network;
import io.ticketbridge.deliver.servicenow.ServiceNowConnection;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.apache.camel.impl.DefaultCamelContext;

/** What a call of the {@code servicenow:} component costs, as ticketbridge uses it, against the same call by a bare client. */
public final class ComponentBench {
    private static final int CALLS = 5000;

    private ComponentBench() {}

    /** {@code [rounds]} */
    public static void main(String[] arguments) throws Exception {
        System.out.println(DeliveryRow.HEADINGS);
        run(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5);
    }

    /** @return one row for one call at a time and one for eight, of an instance that answers at once */
    public static List<DeliveryRow> run(int rounds) throws Exception {
        List<DeliveryRow> rows = new ArrayList<>();
        try (Instance instance = Instance.start();
                CamelContext context = new DefaultCamelContext();
                ServiceNowConnection connection =
                        new ServiceNowConnection(settings(instance), Network.DIRECT, Clock.systemUTC())) {
            connection.install(context);
            context.start();
            ProducerTemplate producer = context.createProducerTemplate();
            String component = "servicenow:ticketbridge?excludeReferenceLink=true&apiUrl=" + instance.url() + "/api";
            Calls.Call ours = () -> create(producer, component);
            ours.make();
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpRequest write = instance.lastWrite();
            Calls.Call bare = () -> client.send(write, BodyHandlers.ofString());
            for (int atOnce : List.of(1, 8)) {
                DeliveryRow row = compare(atOnce, rounds, ours, bare);
                System.out.println(row);
                rows.add(row);
            }
        }
        return rows;
    }

    private static DeliveryRow compare(int atOnce, int rounds, Calls.Call ours, Calls.Call bare) throws Exception {
        Calls.make(CALLS, atOnce, ours);
        Calls.make(CALLS, atOnce, bare);
        List<Stopwatch> component = new ArrayList<>();
        List<Stopwatch> client = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            component.add(Stopwatch.of(CALLS, () -> Calls.make(CALLS, atOnce, ours)));
            client.add(Stopwatch.of(CALLS, () -> Calls.make(CALLS, atOnce, bare)));
        }
        return DeliveryRow.of("component", atOnce, 0, component, client);
    }

    private static ServiceNowSettings settings(Instance instance) {
        Map<String, String> keys = Map.of(
                "ticketbridge.servicenow.url", instance.url().toString(),
                "ticketbridge.servicenow.client-id", "bench",
                "ticketbridge.servicenow.client-secret", "bench");
        return Settings.load(Sources.only(keys), Requirement.LEDGER_ONLY).serviceNow();
    }

    private static void create(ProducerTemplate producer, String component) throws IOException {
        Map<String, String> ticket = new LinkedHashMap<>();
        ticket.put("short_description", "Rule control-1 is not kept by resource-1");
        ticket.put("description", "What the rule is for. ".repeat(20));
        ticket.put("impact", "2");
        ticket.put("urgency", "2");
        ticket.put("correlation_id", "ticketbridge-0123456789abcdef0123456789abcdef-1");
        Exchange answer = producer.request(component, exchange -> {
            exchange.getMessage().setHeader(ServiceNowConstants.RESOURCE, "table");
            exchange.getMessage().setHeader(ServiceNowConstants.ACTION, "create");
            exchange.getMessage().setHeader(ServiceNowConstants.PARAM_TABLE_NAME, "incident");
            exchange.getMessage().setBody(ticket);
        });
        if (answer.getException() != null || !(answer.getMessage().getBody() instanceof Map<?, ?>)) {
            throw new IOException("A call of the component failed", answer.getException());
        }
    }
}
