package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only who runs the schedule starts routes that read by themselves (P29, P30). */
class OwnConsumersTest {
    @TempDir
    private Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void what_reads_by_itself_stands_still_and_what_is_called_answers() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            OwnConsumers.holdBack(context);
            context.addRoutes(routes());
            context.start();
            OwnConsumers.sayWhatStandsStill(context);
            context.addRoutes(reading("added-later"));
            TemplatedRouteBuilder.builder(context, "template")
                    .routeId("of-a-template")
                    .add();

            assertThat(runs("reading")).isFalse();
            assertThat(runs("meant-to-stand-still")).isFalse();
            assertThat(runs("added-later")).isFalse();
            assertThat(runs("of-a-template")).isFalse();
            assertThat(context.createProducerTemplate().requestBody("direct:called", "x", String.class))
                    .isEqualTo("x, called");
            assertThat(runs("queued")).isTrue();
            assertThat(log.lines(Level.INFO))
                    .containsExactly("INFO A route that reads by itself is started by run alone, not here."
                            + " route=reading from=file");
        }
    }

    @Test
    void what_the_engineer_excludes_stays_excluded() throws Exception {
        context.setAutoStartupExcludePattern("queued");
        OwnConsumers.holdBack(context);
        context.addRoutes(routes());
        context.start();

        assertThat(runs("reading")).isFalse();
        assertThat(runs("queued")).isFalse();
        assertThat(runs("called")).isTrue();
    }

    private boolean runs(String route) {
        return context.getRouteController().getRouteStatus(route).isStarted();
    }

    private RoutesBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:called").routeId("called").setBody(simple("${body}, called"));
                from("seda:queued").routeId("queued").log("${body}");
                from(folder("one") + "?delete=true").routeId("reading").log("${body}");
                from(folder("two"))
                        .routeId("meant-to-stand-still")
                        .autoStartup(false)
                        .log("${body}");
                routeTemplate("template").from(folder("three")).log("${body}");
            }
        };
    }

    private RoutesBuilder reading(String id) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(folder(id)).routeId(id).log("${body}");
            }
        };
    }

    private String folder(String name) {
        return "file:" + folder.resolve(name);
    }
}
