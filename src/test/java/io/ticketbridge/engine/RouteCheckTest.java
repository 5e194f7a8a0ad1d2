package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.fault.Checked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with an engineer's route files is said with file, line, reason and remedy, before anything is started (P30, P34). */
class RouteCheckTest {
    private static final String SPLIT = "45-split-groups.camel.yaml";

    @TempDir
    private Path folder;

    /** The rules over all files, one of them spoilt in one place. */
    private List<String> spoilt(String file, String good, String bad) throws IOException {
        String text = Files.readString(Path.of("routes").resolve(file));
        assertThat(text).contains(good);
        Files.writeString(folder.resolve(file), text.replace(good, bad));
        return problems();
    }

    private List<String> own(String text) throws IOException {
        Files.writeString(folder.resolve("my-own.camel.yaml"), text);
        return problems();
    }

    private List<String> problems() {
        return RouteCheck.of(folder).stream()
                .filter(each -> each.verdict() == Checked.Verdict.PROBLEM)
                .map(Checked::text)
                .toList();
    }

    private static String step(String step) {
        return "- route:\n    id: mine\n    from:\n      uri: direct:mine\n      steps:\n" + step.indent(8);
    }

    @Test
    void the_shipped_files_keep_every_rule() {
        assertThat(RouteCheck.of(Path.of("routes"))).singleElement().satisfies(each -> assertThat(each.verdict())
                .isEqualTo(Checked.Verdict.OK));
    }

    @Test
    void every_bean_that_a_route_may_name_is_there() {
        try (SimulatedWorld world = new SimulatedWorld(folder);
                Engine engine = world.with("http.port", "0").start(true, false)) {
            assertThat(Beans.NAMES.stream()
                            .filter(name ->
                                    !List.of("plannedWrites", "kafkaClients").contains(name))
                            .filter(name -> engine.context().getRegistry().lookupByName(name) == null))
                    .isEmpty();
        }
    }

    @Test
    void an_own_route_that_uses_what_is_there_is_fine() throws IOException {
        assertThat(
                        own(
                                step(
                                        "- bean:\n    ref: scans\n- to:\n    uri: direct:split-findings\n- log:\n    message:"
                                                + " \"{{ticketbridge.servicenow.url}} {{?ticketbridge.scc.emea.url}} {{env:HOME}} {{my.own.key}}\"")))
                .isEmpty();
    }

    @Test
    void a_file_that_does_not_parse_is_named_with_its_line() throws IOException {
        assertThat(own(step("- too:\n    uri: direct:mine")))
                .singleElement()
                .asString()
                .contains("my-own.camel.yaml")
                .contains("line 6");
    }

    @Test
    void an_id_that_is_taken_is_found() throws IOException {
        assertThat(own(step("- log:\n    id: each-group\n    message: x")))
                .singleElement()
                .asString()
                .contains("my-own.camel.yaml: line 7: the id each-group is taken by")
                .contains(SPLIT);
    }

    @Test
    void a_bean_that_is_not_there_is_found_with_the_nearest_that_is() throws IOException {
        assertThat(own(step("- bean:\n    ref: scanz")))
                .containsExactly("file:" + folder.resolve("my-own.camel.yaml")
                        + ": line 7: there is no bean scanz; the nearest is scans");
        assertThat(spoilt(SPLIT, "expression: membershipsOfFinding", "expression: membershipOfFinding"))
                .anyMatch(problem ->
                        problem.contains("there is no bean membershipOfFinding; the nearest is membershipsOfFinding"));
        assertThat(own(step("- bean:\n    ref: \"#bean:nothing\"")))
                .anyMatch(problem -> problem.contains("there is no bean nothing"));
    }

    @Test
    void a_bean_of_the_file_itself_is_known() throws IOException {
        assertThat(own("- beans:\n    - name: mine\n      type: java.util.ArrayList\n"
                        + step("- bean:\n    ref: mine\n    method: size")))
                .isEmpty();
    }

    @Test
    void a_direct_that_leads_nowhere_is_found() throws IOException {
        assertThat(own(step("- to:\n    uri: direct\n    parameters:\n      name: split-finding")))
                .singleElement()
                .asString()
                .contains("line 7: nothing listens on direct split-finding; the nearest is split-findings");
        assertThat(own(step("- to:\n    uri: direct:run-cases\n- to:\n    uri: direct:run-${body}")))
                .isEmpty();
    }

    @Test
    void a_direct_of_a_flow_is_met_by_the_same_of_that_flow_alone() throws IOException {
        assertThat(spoilt("08-call-api.camel.yaml", "\"send-signed-{{flow}}\"", "\"get-api-{{flow}}\""))
                .singleElement()
                .asString()
                .contains(
                        "08-call-api.camel.yaml: line ", "nothing listens on direct get-api-{{flow}}; the nearest is");
    }

    @Test
    void a_route_that_ticketbridge_calls_must_stay() throws IOException {
        assertThat(spoilt("55-complete-run.camel.yaml", "name: complete-run", "name: complete-it"))
                .anyMatch(problem ->
                        problem.contains("nothing listens on direct complete-run, which ticketbridge itself calls"));
    }

    @Test
    void a_placeholder_that_is_nothing_is_found() throws IOException {
        assertThat(own(step("- log:\n    message: \"{{ticketbridge.servicenow.ulr}}\"")))
                .singleElement()
                .asString()
                .contains("line 7: {{ticketbridge.servicenow.ulr}} is no setting; the nearest is"
                        + " ticketbridge.servicenow.url");
        assertThat(spoilt("06-run-flow.camel.yaml", "\"poll-{{flow}}\"", "\"poll-{{fool}}\""))
                .anyMatch(problem -> problem.contains("{{fool}} is no parameter of the template"));
    }

    @Test
    void a_split_that_swallows_what_follows_is_found() throws IOException {
        assertThat(own(step("- split:\n    expression:\n      simple:\n        expression: \"${body}\"\n"
                        + "- log:\n    message: x")))
                .anyMatch(problem -> problem.contains("line 7: split needs steps: of its own"));
    }

    @Test
    void a_second_way_to_servicenow_is_found() throws IOException {
        assertThat(own(step("- to:\n    uri: servicenow:mine")))
                .anyMatch(problem -> problem.contains("send to direct call-servicenow instead"));
    }

    @Test
    void a_file_that_can_not_be_read_is_named_with_the_cure_and_so_are_the_others() throws IOException {
        Files.write(folder.resolve("latin.camel.yaml"), "# f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1));
        Files.createSymbolicLink(folder.resolve("loop"), folder);

        assertThat(own("- rout: {}"))
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).contains("latin.camel.yaml: must be UTF-8"))
                .anySatisfy(problem -> assertThat(problem).contains("loop: can't be read: ", "FileSystemLoop"))
                .anySatisfy(problem -> assertThat(problem).contains("my-own.camel.yaml"));
    }

    @Test
    void what_a_volume_or_a_config_map_keeps_for_itself_is_passed_over() throws IOException {
        for (String name : List.of("lost+found", "..data", ".hidden")) {
            Files.writeString(Files.createDirectories(folder.resolve(name)).resolve("x.camel.yaml"), "- rout: {}");
        }

        assertThat(problems()).isEmpty();
    }
}
