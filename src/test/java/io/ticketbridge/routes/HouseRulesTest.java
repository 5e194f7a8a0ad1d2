package io.ticketbridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The route files keep the rules; a rule that is broken names every place and what to do about it. */
class HouseRulesTest {
    private static final List<RouteYaml> FILES = RouteYaml.all();

    @Test
    void every_file_is_what_camel_reads() {
        CamelSchema schema = CamelSchema.asItIs();
        assertKept(files -> files.stream().flatMap(schema::faults));
    }

    @Test
    void every_file_is_in_canonical_form_as_designers_write_it() {
        CamelSchema schema = CamelSchema.canonical();
        assertKept(files -> files.stream().flatMap(schema::faults));
    }

    @Test
    void meaning_is_in_descriptions_not_in_comments() {
        assertKept(HouseRules::noComments);
    }

    @Test
    void one_route_or_template_per_file_named_after_it() {
        assertKept(HouseRules::oneThingPerFile);
    }

    @Test
    void a_route_listens_on_its_own_name() {
        assertKept(HouseRules::listensOnItsName);
    }

    @Test
    void a_route_has_a_group_a_short_description_and_error_handling_that_exists() {
        assertKept(HouseRules::saysWhatItIs);
    }

    @Test
    void a_first_failure_is_not_logged_by_camel() {
        assertKept(HouseRules::firstFailuresAreNotLogged);
    }

    @Test
    void every_step_has_an_id() {
        assertKept(HouseRules::stepsHaveIds);
    }

    @Test
    void names_are_in_kebab_case() {
        assertKept(HouseRules::namesAreKebab);
    }

    @Test
    void no_route_sets_a_header_that_chooses_the_destination() {
        assertKept(HouseRules::setsNoHeaderThatChooses);
    }

    @Test
    void a_text_of_a_source_is_handed_over_in_quotes() {
        assertKept(HouseRules::textsAreInQuotes);
        String yaml =
                "- route:\n    steps:\n      - bean: {ref: a, method: \"b(${body}, %s${variable.file.name}%s, 'c')\"}\n";
        assertThat(HouseRules.textsAreInQuotes(List.of(RouteYaml.of("bare", yaml.formatted("", "")))))
                .singleElement()
                .asString()
                .startsWith("bare: b(${body}, ${variable.file.name}, 'c')")
                .endsWith("write '${variable.file.name}'");
        assertThat(HouseRules.textsAreInQuotes(List.of(RouteYaml.of("quoted", yaml.formatted("'", "'")))))
                .isEmpty();
    }

    @Test
    void every_direct_has_one_consumer_and_a_caller() {
        assertKept(HouseRules::everyDirectIsConnected);
    }

    @Test
    void settings_have_no_default_in_a_route() {
        assertKept(HouseRules::settingsHaveOneHome);
    }

    private static void assertKept(Function<List<RouteYaml>, Stream<String>> rule) {
        List<String> faults = rule.apply(FILES).toList();
        assertThat(faults)
                .as("violations: %s", String.join(System.lineSeparator(), faults))
                .isEmpty();
    }
}
