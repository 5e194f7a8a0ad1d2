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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One route by itself: a decision takes its own way, and exactly one. Shows how to try a route without the rest. */
class DeliverTicketRouteTest extends CamelTestSupport {
    private static final String OPEN = "mock:direct:open-ticket";
    private static final String CHANGE = "mock:direct:change-ticket";
    private static final String SYNC = "mock:direct:sync-pair-cases";

    /** What the route sees of a delivery. */
    public record Decided(Decision decision, Named flow) {
        public record Named(String name) {}

        static Decided on(Action action) {
            return new Decided(new Decision(action, 1, "because"), new Named("cases"));
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

    private final Recorder settling = new Recorder();

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        testConfiguration().withDumpRouteCoverage(false);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        camelContextConfiguration().withMockEndpointsAndSkip("direct:(open-ticket|change-ticket|sync-pair-.*)");
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind("settling", settling);
        context.getRegistry().bind("failures", new Object());
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(
                        context,
                        "file:" + Path.of("routes/70-deliver-ticket.camel.yaml").toAbsolutePath()));
        return context;
    }

    @ParameterizedTest
    @EnumSource
    void a_decision_takes_its_own_way_and_exactly_one(Action action) {
        template().sendBody("direct:deliver-ticket", Decided.on(action));

        List<String> taken = new ArrayList<>(settling.calls);
        for (String way : List.of(OPEN, CHANGE, SYNC)) {
            getMockEndpoint(way).getExchanges().forEach(exchange -> taken.add(way));
        }
        assertThat(taken).containsExactly(wayOf(action));
    }

    /** What is written is settled by the route that writes it. */
    private static String wayOf(Action action) {
        return switch (action) {
            case OPEN -> OPEN;
            case UPDATE, REOPEN, RESOLVE -> CHANGE;
            case SYNC -> SYNC;
            case HOLD -> "hold";
            case NOTHING -> "settle";
        };
    }
}
