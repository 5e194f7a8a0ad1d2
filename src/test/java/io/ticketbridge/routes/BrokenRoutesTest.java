package io.ticketbridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each rule finds what breaks it: a real file is spoilt in one place. */
class BrokenRoutesTest {
    private static final List<RouteYaml> FILES = RouteYaml.all();
    private static final String SPLIT = "45-split-groups.camel.yaml";
    private static final String RUN = "06-run-flow.camel.yaml";

    @Test
    void an_option_that_camel_does_not_know_is_found() {
        CamelSchema schema = CamelSchema.asItIs();
        assertFound(files -> files.stream().flatMap(schema::faults), SPLIT, "- split:", "- spilt:", "spilt");
    }

    @Test
    void short_forms_are_found_though_camel_reads_them() {
        CamelSchema asItIs = CamelSchema.asItIs();
        CamelSchema canonical = CamelSchema.canonical();
        String step =
                """
                - to:
                                  id: to-aggregate-findings
                                  uri: direct
                                  parameters:
                                    name: aggregate-findings""";
        List<RouteYaml> shortStep = spoilt(SPLIT, step, "- to: direct:aggregate-findings");
        List<RouteYaml> bareExpression =
                spoilt("50-aggregate-findings.camel.yaml", "expression: keyOfGroup", "expression: \"${body}\"");
        assertThat(shortStep.stream().flatMap(asItIs::faults)).isEmpty();
        assertThat(shortStep.stream().flatMap(canonical::faults)).isNotEmpty();
        assertThat(bareExpression.stream().flatMap(canonical::faults)).isEmpty();
        assertFound(
                files -> files.stream().flatMap(canonical::faults),
                "20-read-ticket-states.camel.yaml",
                """
                expression:
                                            simple:
                                              expression: "${body}\"""",
                "simple: \"${body}\"",
                "20-read-ticket-states");
    }

    @Test
    void comments_are_found_and_hashes_in_texts_are_not() {
        assertFound(
                HouseRules::noComments, SPLIT, "    group: split", "    group: split # why", "line 3 has a comment");
        assertThat(HouseRules.noComments(spoilt(SPLIT, "A finding, once per group of its", "\"A finding (no #1)\"")))
                .isEmpty();
    }

    @Test
    void a_file_with_another_name_than_its_route_is_found() {
        assertFound(HouseRules::oneThingPerFile, SPLIT, "    id: split-groups", "    id: splitting", "NN-splitting");
    }

    @Test
    void a_route_that_listens_on_another_name_is_found() {
        assertFound(HouseRules::listensOnItsName, SPLIT, "name: split-groups", "name: groups", "name: split-groups");
        assertFound(HouseRules::listensOnItsName, RUN, "\"run-{{flow}}\"", "\"run\"", "name: run-{{flow}}");
    }

    @Test
    void misspelt_error_handling_and_long_descriptions_are_found() {
        assertFound(HouseRules::saysWhatItIs, SPLIT, ": finding-errors", ": findings-errors", "ignore it silently");
        assertFound(HouseRules::saysWhatItIs, SPLIT, "group: split", "group: splitting", "group must be one of");
        assertFound(
                HouseRules::saysWhatItIs,
                SPLIT,
                "A finding, once per group of its",
                "A finding, once per group that it belongs to",
                "at most 40 characters");
    }

    @Test
    void a_step_without_id_is_found() {
        assertFound(HouseRules::stepsHaveIds, SPLIT, "id: each-group\n            ", "", "give it an id");
    }

    @Test
    void ids_that_are_not_kebab_case_are_found() {
        assertFound(HouseRules::namesAreKebab, SPLIT, "id: each-group", "id: eachGroup", "write each-group");
    }

    @Test
    void a_header_that_chooses_the_destination_is_found() {
        String header = "- setHeader:\n            id: spoil\n            name: CamelHttpUri\n        - split:";
        assertFound(HouseRules::setsNoHeaderThatChooses, SPLIT, "- split:", header, "must not choose the destination");
    }

    @Test
    void a_direct_that_nobody_calls_is_found() {
        assertFound(
                HouseRules::everyDirectIsConnected,
                "40-dedupe-findings.camel.yaml",
                "name: split-groups",
                "name: aggregate-findings",
                "direct split-groups: nobody calls it");
    }

    @Test
    void a_default_in_a_route_is_found() {
        assertFound(HouseRules::settingsHaveOneHome, RUN, "\"poll-{{flow}}\"", "\"poll-{{flow:x}}\"", "{{flow:x}}");
    }

    private static void assertFound(
            Function<List<RouteYaml>, Stream<String>> rule, String file, String good, String bad, String said) {
        assertThat(rule.apply(spoilt(file, good, bad))).isNotEmpty().anySatisfy(fault -> assertThat(fault)
                .contains(said));
    }

    private static List<RouteYaml> spoilt(String name, String good, String bad) {
        List<RouteYaml> files = new ArrayList<>(FILES);
        files.replaceAll(file -> file.name().equals(name) ? spoilt(file, good, bad) : file);
        return files;
    }

    private static RouteYaml spoilt(RouteYaml file, String good, String bad) {
        assertThat(file.text()).contains(good);
        return RouteYaml.of(file.name(), file.text().replace(good, bad));
    }
}
