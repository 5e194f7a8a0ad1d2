package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Route files that change in one look are taken over as one, and nothing is taken over that the next start would refuse (P34). */
class ChangedTogetherTest {
    private static final String REFUSED = "ERROR An edited route file is refused";
    private static final String TAKEN = "INFO A route file was taken over. file=";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final CapturedLog log = new CapturedLog();
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private Map<String, RouteFile> folder = new TreeMap<>();
    private LiveRoutes live;

    @BeforeEach
    void start() throws Exception {
        context.getRegistry().bind("slow", (org.apache.camel.Processor) exchange -> mayEnd.await());
        has("71-caller", route("caller", "is-first", "old"));
        has("77-callee", route("callee", "is-second", "old"));
        has(
                "80-poll",
                route("poll", "is-poll", "old")
                        .replace("- route:", "- routeTemplate:")
                        .replace("    from:", "    parameters:\n      - name: flow\n    from:")
                        .replace("direct:poll", "direct:poll-{{flow}}"));
        live = new LiveRoutes(
                context,
                () -> new TreeMap<>(folder),
                List.of(new FlowRoutes.Instance("poll", "poll-mine", Map.of("flow", "mine"))),
                inEffect -> {},
                Duration.ofMillis(300));
        live.load(
                context,
                ParsedRoutes.begin(context, () -> new TreeMap<>(folder)).get());
        context.start();
    }

    @AfterEach
    void stop() {
        mayEnd.countDown();
        context.stop();
        log.close();
    }

    private void has(String name, String text) {
        folder.put(name, new RouteFile(name, "file:" + name + ".camel.yaml", text));
    }

    private static String route(String id, String step, String says) {
        return "- route:\n    id: " + id + "\n    from:\n      uri: direct:" + id
                + "\n      steps:\n        - setBody:\n"
                + "            id: " + step + "\n            expression:\n              constant:\n"
                + "                expression: \"" + says + "\"\n";
    }

    private static String asking(String configuration, String route) {
        return route.replaceFirst("    from:", "    routeConfigurationId: " + configuration + "\n    from:");
    }

    private static String configuration(String id) {
        return "- routeConfiguration:\n    id: " + id
                + "\n    onException:\n      - onException:\n          exception:\n            - java.lang.Exception\n"
                + "          handled:\n            constant:\n              expression: \"true\"\n";
    }

    /** Two that see the same. */
    private void look() {
        live.look();
        live.look();
    }

    private String says(String route) {
        return context.createFluentProducerTemplate().to("direct:" + route).request(String.class);
    }

    private List<String> lines(String start) {
        return log.lines(Level.INFO).stream()
                .filter(line -> line.startsWith(start))
                .toList();
    }

    @Test
    void a_route_that_moves_to_an_earlier_file_is_taken_over_with_it() {
        folder.remove("77-callee");
        has("70-moved", route("callee", "is-second", "moved"));

        look();

        assertThat(says("callee")).isEqualTo("moved");
        assertThat(lines(REFUSED)).isEmpty();
        assertThat(lines(TAKEN)).hasSize(2);
    }

    @Test
    void error_handling_and_the_routes_that_ask_for_it_are_taken_over_together() {
        has("71-caller", asking("ours", route("caller", "is-first", "new")));
        has("90-errors", configuration("ours"));

        look();

        assertThat(lines(REFUSED)).isEmpty();
        assertThat(says("caller")).isEqualTo("new");
    }

    @Test
    void what_was_refused_is_tried_again_once_what_it_lacks_is_there() {
        has("71-caller", asking("ours", route("caller", "is-first", "new")));
        look();
        look();
        assertThat(says("caller")).isEqualTo("old");
        has("77-callee", route("callee", "is-second", "new"));
        look();
        assertThat(lines(REFUSED)).as("said once").hasSize(1);
        assertThat(says("callee")).isEqualTo("new");

        has("90-errors", configuration("ours"));
        look();

        assertThat(says("caller")).isEqualTo("new");
    }

    @Test
    void one_that_does_not_parse_keeps_no_others_from_being_taken_over_together() {
        has("71-caller", route("caller", "is-second", "new"));
        has("77-callee", route("callee", "is-first", "new"));
        has("72-broken", "- route:\n    step: none\n");

        look();

        assertThat(says("caller")).as("the two exchange an id").isEqualTo("new");
        assertThat(says("callee")).isEqualTo("new");
        assertThat(lines(REFUSED)).singleElement().asString().contains("72-broken");
    }

    @Test
    void one_that_does_not_start_keeps_no_others_from_being_taken_over() {
        has("71-caller", route("caller", "is-first", "new"));
        has("72-broken", route("broken", "is-third", "new").replace("direct:broken", "nowhere:broken"));
        has("77-callee", route("callee", "is-second", "new"));

        look();

        assertThat(says("caller")).isEqualTo("new");
        assertThat(says("callee")).isEqualTo("new");
        assertThat(lines(REFUSED)).singleElement().asString().contains("72-broken", "nowhere");
    }

    @Test
    void files_that_are_still_being_copied_are_waited_for() {
        has("71-caller", asking("ours", route("caller", "is-first", "new")));
        live.look();
        has("90-errors", configuration("ours"));
        live.look();
        assertThat(lines(REFUSED)).isEmpty();

        live.look();

        assertThat(says("caller")).isEqualTo("new");
    }

    @Test
    void a_step_that_takes_the_id_of_another_files_is_refused_as_it_would_be_at_a_start() {
        has("77-callee", route("callee", "is-first", "new"));

        look();

        assertThat(lines(REFUSED))
                .singleElement()
                .asString()
                .contains(
                        "file:77-callee.camel.yaml: line 7: the id is-first is taken by file:71-caller.camel.yaml line 7; choose another");
        assertThat(says("callee")).isEqualTo("old");
    }

    @Test
    void a_template_that_a_flow_needs_is_not_taken_away() {
        has("80-poll", folder.get("80-poll").text().replace("id: poll\n", "id: poll-ours\n"));

        look();

        assertThat(lines(REFUSED))
                .singleElement()
                .asString()
                .contains("flow mine needs a route template poll, and no route file defines it");
        assertThat(context.getRoute("poll-mine")).isNotNull();
    }

    @Test
    void of_files_that_change_together_only_the_one_at_work_is_waited_for() {
        has(
                "77-callee",
                route("callee", "is-second", "old")
                        .replace(
                                "steps:\n",
                                "steps:\n        - process:\n            id: works\n            ref: slow\n"));
        look();
        CompletableFuture<String> work = CompletableFuture.supplyAsync(() -> says("callee"));
        await().until(() -> context.getInflightRepository().size("callee") > 0);
        has("71-caller", route("caller", "is-first", "new"));
        has("77-callee", route("callee", "is-second", "new"));

        look();

        assertThat(says("caller")).isEqualTo("new");
        assertThat(lines("INFO A route file is taken over as soon as"))
                .singleElement()
                .asString()
                .endsWith("file=77-callee");
        mayEnd.countDown();
        assertThat(work.join()).isEqualTo("old");
        await().untilAsserted(() -> {
            live.look();
            assertThat(lines(TAKEN + "77-callee")).hasSize(2);
        });
        assertThat(says("callee")).isEqualTo("new");
        assertThat(lines(REFUSED)).isEmpty();
    }
}
