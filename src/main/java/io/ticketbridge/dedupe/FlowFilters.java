package io.ticketbridge.dedupe;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.ledger.pass.RecordOf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/** The filters of the flows: Camel simple expressions on the finding ({@code ${body.severity} == 'HIGH'}). */
public final class FlowFilters implements Predicate {
    private final Map<String, Predicate> filters = new HashMap<>();

    /** @param problems takes a sentence for each filter that does not parse, and for each name in it that no finding has */
    public FlowFilters(Settings settings, CamelContext context, List<String> problems) {
        for (FlowSettings flow : settings.flows().values()) {
            if (!flow.filter().isEmpty()) {
                try {
                    Predicate predicate = context.resolveLanguage("simple").createPredicate(flow.filter());
                    predicate.init(context);
                    filters.put(flow.name(), predicate);
                    // What is not enabled must not keep the others from starting.
                    if (flow.enabled()) {
                        FilterNames.misspelt(flow.filter(), context)
                                .forEach(misspelt -> problems.add(property(flow) + " " + misspelt));
                    }
                } catch (RuntimeException e) {
                    problems.add(property(flow) + " is not a Camel simple expression: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
                }
            }
        }
    }

    private static String property(FlowSettings flow) {
        return "ticketbridge.flow." + flow.name() + ".filter";
    }

    /** @throws IllegalStateException if a step put something else in place of the finding */
    @Override
    public boolean matches(Exchange exchange) {
        // Else the filter would fail on what the step left, and be blamed for it.
        new RecordOf(exchange).finding();
        Predicate filter = filters.get(exchange.getProperty("flow", String.class));
        return filter == null || filter.matches(exchange);
    }
}
