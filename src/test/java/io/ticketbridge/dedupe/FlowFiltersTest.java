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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private List<String> problemsOf(String filter) {
        problems.clear();
        new FlowFilters(Flow.settings(Map.of("filter", filter)), context, problems);
        return problems;
    }

    /** Else each finding would be a dead letter (P30). */
    @Test
    void what_a_finding_does_not_have_is_named_with_what_there_is() {
        assertThat(problemsOf("${body.sevrity} != \"LOW\""))
                .singleElement()
                .asString()
                .startsWith("ticketbridge.flow.compliance.filter asks for ${body.sevrity}, which a finding does not"
                        + " have: choose one of [scope, account, region, check, ");
        assertThat(problemsOf("${body.severity} == 'NONE' && ${body.titel} == 'x' && ${body.titel} == 'y'"))
                .as("what stands behind something that is false, once")
                .singleElement()
                .asString()
                .contains("${body.titel}");
        assertThat(problemsOf("${body.resource.nam} == 'x' || ${body.controls[0].framwork} == 'CIS'"))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("${body.resource.nam}, which a resource does not have: choose one of [uid, "),
                        second -> assertThat(second).contains("framwork", "a control", "[framework, id, title]"));
        assertThat(problemsOf("${trim(${body.notes[0].autor})} == 'x'"))
                .singleElement()
                .asString()
                .contains("autor", "a note");
        assertThat(problemsOf("${body.severity.level} > 3"))
                .singleElement()
                .asString()
                .contains("${body.severity.level}", "a severity does not have");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${body.attributes[provider]} == 'aws'",
                "${body.attributes['provider']} == 'aws'",
                "${body.attributes.provider} == 'aws'",
                "${body.attributes.get('x').length} > 0",
                "${body.attributes[x].y} == 'z'",
                "${body.attributes?.x?.y} == null",
                "${body.attributes[${body.check}]} != null",
                "${body.controls[3].id} == '1.20'",
                "${body.controls.size} > 1",
                "${body.notes[last].text} contains 'x'",
                "${body.observedAt} > ${date:now}",
                "${body.observedAt.epochSecond} > 0",
                "${body.id} != ${body.content}",
                "${body.title.length} > 3 && ${body.url} == null",
                "${body.severity.name} == 'HIGH'",
                "${body.title} contains 'body.titel'",
                "${exchangeProperty.flow} == 'compliance'",
            })
    void what_only_some_findings_have_is_no_problem(String filter) {
        assertThat(problemsOf(filter)).isEmpty();
    }

    @Test
    void a_flow_that_is_not_enabled_ends_no_start() {
        new FlowFilters(
                Flow.settings(Map.of("filter", "${body.sevrity} != \"LOW\"", "enabled", "false")), context, problems);

        assertThat(problems).isEmpty();
    }
}
