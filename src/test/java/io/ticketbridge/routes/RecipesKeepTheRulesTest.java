package io.ticketbridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.engine.RouteCheck;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.recipes.Recipes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
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
