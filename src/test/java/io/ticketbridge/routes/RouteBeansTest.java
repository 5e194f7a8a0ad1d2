package io.ticketbridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.engine.Engine;
import io.ticketbridge.engine.Planning;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route files together with the beans that the engine binds: everything that is named is there, and it starts. */
class RouteBeansTest {
    private static final Set<String> REFERENCES = Set.of(
            "aggregationRepository",
            "aggregationStrategy",
            "executorService",
            "idempotentRepository",
            "onExceptionOccurredRef");

    @TempDir
    private static Path folder;

    private static Engine cases;

    @BeforeAll
    static void start() {
        cases = start("vision-one-cases");
    }

    @AfterAll
    static void stop() {
        cases.close();
    }

    @Test
    void every_bean_and_method_that_a_route_names_is_there() {
        assertThat(RouteYaml.all().stream().flatMap(file -> faults(file, cases.context())))
                .isEmpty();
    }

    @Test
    void every_bean_and_method_that_a_route_of_a_plan_names_is_there() {
        List<String> faults = new ArrayList<>();
        List<RouteYaml> files = Stream.of("plan", "plan-offline")
                .flatMap(each -> RouteYaml.in(Path.of("src/main/resources", each)).stream())
                .toList();
        assertThat(files).hasSizeGreaterThan(5);
        AtomicBoolean looked = new AtomicBoolean();

        new Planning(settings("vision-one-cases"), Path.of("routes"), Clock.systemUTC())
                .offline()
                .watchedBy(engine -> {
                    files.forEach(file -> faults(file, engine.context()).forEach(faults::add));
                    looked.set(true);
                    return () -> {};
                })
                .ofImport("files", List.of(), false);

        assertThat(looked).isTrue();
        assertThat(faults).isEmpty();
    }

    @Test
    void a_name_that_nothing_is_bound_to_is_found() {
        String text = "- route:\n    steps:\n      - bean: {ref: %s, method: \"%s\"}\n";
        assertThat(Stream.of("scan end", "scans finish", "scans end(${exchange})")
                        .map(name -> text.formatted((Object[]) name.split(" ")))
                        .flatMap(yaml -> faults(RouteYaml.of("spoilt", yaml), cases.context())))
                .containsExactly(
                        "spoilt: no bean is bound to scan: bind it in engine.Beans or correct the name",
                        "spoilt: scans has no public method finish: correct the name or make it public");
    }

    @Test
    void every_route_starts_with_every_flow() {
        try (Engine alerts = start("vision-one-alerts")) {
            List<String> started = Stream.of(cases, alerts)
                    .flatMap(engine -> engine.context().getRoutes().stream())
                    .map(Route::getRouteId)
                    .toList();
            for (RouteYaml file : RouteYaml.all()) {
                file.of("route").forEach(route -> assertThat(started).contains(String.valueOf(route.get("id"))));
                file.templates().stream()
                        .map(template -> String.valueOf(template.get("id")))
                        .filter(template -> !template.matches("(schedule|serve)-.*|(publish|take)-findings"))
                        .forEach(template -> assertThat(started).anyMatch(id -> id.startsWith(template + "-")));
            }
        }
    }

    private static Stream<String> faults(RouteYaml file, CamelContext context) {
        List<String> faults = new ArrayList<>();
        Map<String, String> last = new HashMap<>();
        file.texts((key, text) -> {
            if (key.equals("ref") || REFERENCES.contains(key)) {
                String name = text.replace("{{tokens}}", "iamTokens");
                last.put("ref", name);
                if (context.getRegistry().lookupByName(name) == null) {
                    faults.add(file.name() + ": no bean is bound to " + text
                            + ": bind it in engine.Beans or correct the name");
                }
            } else if (key.equals("beanType")) {
                last.put("ref", text);
            } else if (key.equals("method")) {
                String method = text.replaceFirst("\\(.*", "");
                Class<?> type = type(last.get("ref"), context);
                if (type != null
                        && Arrays.stream(type.getMethods())
                                .noneMatch(each -> each.getName().equals(method))) {
                    faults.add(file.name() + ": " + last.get("ref") + " has no public method " + method
                            + ": correct the name or make it public");
                }
            }
        });
        return faults.stream();
    }

    private static Class<?> type(String name, CamelContext context) {
        Object bean = context.getRegistry().lookupByName(name);
        return bean != null ? bean.getClass() : context.getClassResolver().resolveClass(name);
    }

    private static Engine start(String visionOne) {
        return Engine.start(
                settings(visionOne), new Engine.Options(Path.of("routes"), false, false, Clock.systemUTC()));
    }

    /** Cases or alerts: both together are refused. */
    private static Settings settings(String visionOne) {
        String nowhere = "http://127.0.0.1:9";
        Map<String, String> settings = new HashMap<>();
        settings.put("database.url", "jdbc:h2:file:" + folder.resolve("ledger-" + visionOne));
        settings.put("servicenow.url", nowhere);
        settings.put("servicenow.client-id", "client");
        settings.put("servicenow.client-secret", "secret");
        settings.put("vision-one.url", nowhere);
        settings.put("vision-one.token", "token");
        settings.put("scc.url", nowhere + "/instances/00000000-0000-0000-0000-000000000000/v3");
        settings.put("scc.iam-url", nowhere);
        settings.put("scc.api-key", "key");
        settings.put("workload-protection.url", nowhere);
        settings.put("workload-protection.token", "token");
        settings.put("flow.workloads.source", "workload-protection");
        settings.put("flow.cases.source", visionOne);
        settings.put("flow.scc.source", "scc");
        settings.put("flow.posture.source", "cloud-posture");
        settings.put("api.url", nowhere);
        settings.put("flow.api.source", "api");
        settings.put("flow.api.mapping", "security-hub.yaml");
        settings.put("flow.files.source", "files");
        settings.put("flow.files.folder", ".");
        settings.put("flow.sent.source", "http");
        settings.put("flow.sent.token", "0123456789abcdef");
        List.of("cases", "scc", "workloads", "posture", "api", "files", "sent")
                .forEach(flow -> settings.put("flow." + flow + ".profile", "tickets"));
        settings.put("profile.tickets.table", "incident");
        Map<String, String> full = new HashMap<>();
        settings.forEach((key, value) -> full.put("ticketbridge." + key, value));
        return Settings.load(Sources.only(full));
    }
}
