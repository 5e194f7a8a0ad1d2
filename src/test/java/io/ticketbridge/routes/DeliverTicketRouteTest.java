package io.ticketbridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One route by itself: a decision takes its own way, and exactly one. Shows how to try a route without the rest. */
class DeliverTicketRouteTest extends CamelTestSupport {
    private static final String OPEN = "mock:direct:open-ticket";
    private static final String CHANGE = "mock:direct:change-ticket";

    /** What the route sees of a delivery. */
    public record Decided(Decision decision) {
        static Decided on(Action action) {
            return new Decided(new Decision(action, 1, "because"));
        }
    }

    /** Stands in for the bean that the route calls. */
    public static final class Recorder {
        final List<String> calls = new ArrayList<>();

        public void settle(Object delivery) {
            calls.add("settle");
        }

        public void hold(Object delivery) {
            calls.add("hold");
        }
    }

    private final Recorder deliveries = new Recorder();

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        testConfiguration().withDumpRouteCoverage(false);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        camelContextConfiguration().withMockEndpointsAndSkip("direct:(open|change)-ticket");
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind("deliveries", deliveries);
        context.getRegistry().bind("failures", new Object());
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(
                        context,
                        "file:" + Path.of("routes/70-deliver-ticket.camel.yaml").toAbsolutePath()));
        return context;
    }

    @ParameterizedTest
    @CsvSource({"OPEN, 1, 0", "UPDATE, 0, 1", "REOPEN, 0, 1", "RESOLVE, 0, 1", "HOLD, 0, 0", "NOTHING, 0, 0"})
    void a_decision_takes_its_own_way(Action action, int opened, int changed) throws Exception {
        getMockEndpoint(OPEN).expectedMessageCount(opened);
        getMockEndpoint(CHANGE).expectedMessageCount(changed);

        template().sendBody("direct:deliver-ticket", Decided.on(action));

        getMockEndpoint(OPEN).assertIsSatisfied();
        getMockEndpoint(CHANGE).assertIsSatisfied();
    }

    @Test
    void what_is_held_is_not_settled() {
        template().sendBody("direct:deliver-ticket", Decided.on(Action.HOLD));

        assertThat(deliveries.calls).containsExactly("hold");
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"OPEN", "UPDATE", "REOPEN", "RESOLVE"})
    void a_write_is_settled_by_the_route_that_writes(Action action) {
        template().sendBody("direct:deliver-ticket", Decided.on(action));

        assertThat(deliveries.calls).isEmpty();
    }
}
