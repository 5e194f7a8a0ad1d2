package io.ticketbridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.engine.RouteCheck;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.recipes.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the recipes make of the route files keeps the rules that ours keep, and opens in Kaoto. */
class RecipesKeepTheRulesTest {
    @TempDir
    private Path folder;

    static List<String> recipes() {
        return Recipes.withRoutes();
    }

    /** Each by itself keeps the rules; whoever follows two of them would find at the next start that they do not go together. */
    @Test
    void no_two_recipes_have_a_step_of_the_same_id() throws IOException {
        Map<String, String> owners = new HashMap<>();
        for (String recipe : recipes()) {
            Matcher id = Pattern.compile("(?m)^ +id: ([\\w-]+)$")
                    .matcher(Files.readString(Path.of("docs/recipes", recipe + ".md")));
            while (id.find()) {
                assertThat(owners.put(id.group(1), recipe))
                        .as("%s of %s", id.group(1), recipe)
                        .isNull();
            }
        }
        assertThat(owners).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void a_recipe_keeps_the_rules(String recipe) throws Exception {
        Recipes.write(recipe, folder);
        List<RouteYaml> files = new ArrayList<>(RouteYaml.all());
        try (Stream<Path> written = Files.list(folder)) {
            for (Path file : written.toList()) {
                String name = file.getFileName().toString();
                files.removeIf(shipped -> shipped.name().equals(name));
                files.add(RouteYaml.of(name, Files.readString(file)));
            }
        }
        CamelSchema schema = CamelSchema.canonical();
        List<Function<List<RouteYaml>, Stream<String>>> rules = List.of(
                all -> all.stream().flatMap(schema::faults),
                HouseRules::noComments,
                HouseRules::oneThingPerFile,
                HouseRules::listensOnItsName,
                HouseRules::saysWhatItIs,
                HouseRules::stepsHaveIds,
                HouseRules::namesAreKebab,
                HouseRules::setsNoHeaderThatChooses,
                HouseRules::textsAreInQuotes,
                HouseRules::everyDirectIsConnected);

        assertThat(rules.stream().flatMap(rule -> rule.apply(files))).isEmpty();
        assertThat(RouteCheck.of(folder))
                .allSatisfy(each -> assertThat(each.verdict()).as(each.text()).isEqualTo(Checked.Verdict.OK));
    }
}
