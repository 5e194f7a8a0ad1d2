package io.ticketbridge.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlowFiltersTest {
    private final CamelContext context = new DefaultCamelContext();
    private final List<String> problems = new ArrayList<>();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private boolean accepts(String filter, Findings finding) {
        FlowFilters filters = new FlowFilters(
                Flow.settings(filter.isEmpty() ? Map.of() : Map.of("filter", filter)), context, problems);
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty("flow", Flow.NAME);
        exchange.getMessage().setBody(finding.finding());
        return filters.matches(exchange);
    }

    @Test
    void a_flow_without_a_filter_takes_all() {
        assertThat(accepts("", Findings.of("check", "one"))).isTrue();
    }

    @Test
    void a_filter_is_an_expression_on_the_finding() {
        Findings finding = Findings.of("check", "one");
        String filter = "${body.severity} == 'HIGH' && ${body.attributes[provider]} == 'aws'";

        assertThat(accepts(filter, finding.with(Severity.HIGH))).isTrue();
        assertThat(accepts(filter, finding)).isFalse();
        assertThat(accepts(filter, finding.with(Severity.HIGH).attributes(Map.of("provider", "gcp"))))
                .isFalse();
        assertThat(problems).isEmpty();
    }

    @Test
    void what_a_step_put_in_place_of_the_finding_is_named_with_the_cure() {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty("flow", Flow.NAME);
        exchange.getMessage().setBody("ok");

        assertThatIllegalStateException()
                .isThrownBy(() -> new FlowFilters(Flow.settings(Map.of()), context, problems).matches(exchange))
                .withMessage("A step of a route put a String in place of the finding: keep it in the body, with"
                        + " variableSend and variableReceive at what sends something");
    }

    @Test
    void a_filter_that_does_not_parse_is_named_by_its_key() {
        new FlowFilters(Flow.settings(Map.of("filter", "${body.severity == 'HIGH'")), context, problems);

        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("ticketbridge.flow.compliance.filter is not a Camel simple expression: ");
    }
}
