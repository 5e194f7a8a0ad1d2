package io.ticketbridge.recipes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All pages of {@code docs/recipes}, for tests that look at each. */
public final class Recipes {
    private Recipes() {}

    static List<String> all() {
        try (Stream<Path> pages = Files.list(Recipe.FOLDER)) {
            return pages.map(page -> page.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .map(name -> name.replace(".md", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of those that edit or add a route file. */
    public static List<String> withRoutes() {
        return all().stream().filter(name -> Recipe.of(name).hasRoutes()).toList();
    }

    /** Writes the route files that a recipe edits or adds. */
    public static void write(String recipe, Path routes) {
        Recipe.of(recipe).writeRoutes(routes);
    }
}
