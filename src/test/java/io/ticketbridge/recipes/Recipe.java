package io.ticketbridge.recipes;

import io.ticketbridge.recipes.Page.Block;
import io.ticketbridge.testing.Bridge;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** A page of {@code docs/recipes}, done as it says: its route files written, its settings set. */
final class Recipe {
    static final Path FOLDER = Path.of("docs", "recipes");

    private final Page page;

    private Recipe(Page page) {
        this.page = page;
    }

    static Recipe of(String name) {
        return new Recipe(Page.read(FOLDER.resolve(name + ".md")));
    }

    /** Writes the route files into a folder that ticketbridge then takes, and sets the settings. */
    void apply(Bridge bridge, Path routes) {
        for (Block block : page.blocks()) {
            switch (block.language()) {
                case "properties" -> set(block, bridge);
                case "", "json", "sh", "text", "xml", "yaml" -> {}
                default -> throw new IllegalArgumentException(page.name() + " has a block that nobody runs: " + block);
            }
        }
        writeRoutes(routes);
        writeFiles(bridge.folder());
        bridge.withRoutes(routes);
    }

    boolean hasRoutes() {
        return page.blocks().stream().anyMatch(Recipe::isRoute);
    }

    private static boolean isRoute(Block block) {
        return block.language().equals("yaml") && Place.of(block.lead()).file().startsWith("routes/");
    }

    /** What is neither a route nor a setting: mappings, and what they are tried on. */
    private void writeFiles(Path folder) {
        page.blocks().stream()
                .filter(block -> List.of("yaml", "json").contains(block.language()) && !isRoute(block))
                .forEach(block -> {
                    try {
                        Path file = folder.resolve(Place.of(block.lead()).file());
                        Files.createDirectories(file.getParent());
                        Files.writeString(file, block.text());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    void writeRoutes(Path routes) {
        try {
            Files.createDirectories(routes);
            for (Block block : page.blocks()) {
                if (isRoute(block)) {
                    write(block, routes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Block block, Path routes) throws IOException {
        Place place = Place.of(block.lead());
        Path file = routes.resolve(Path.of("routes").relativize(Path.of(place.file())));
        if (place.isNewFile()) {
            if (Files.exists(file) || Files.exists(Path.of(place.file()))) {
                throw new IllegalArgumentException(place.file() + " is no new file");
            }
            Files.writeString(file, block.text());
        } else {
            String before = Files.readString(Files.exists(file) ? file : Path.of(place.file()));
            Files.writeString(file, place.put(block.text(), before));
        }
    }

    private static void set(Block block, Bridge bridge) {
        if (!Place.of(block.lead()).file().equals("config/application.properties")) {
            throw new IllegalArgumentException("Settings belong into config/application.properties: " + block);
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(block.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties.forEach((key, value) -> bridge.withProperty(String.valueOf(key), String.valueOf(value)));
    }

    /** What the page shows as output, block by block. */
    List<String> outputs() {
        return page.blocks().stream()
                .filter(block -> block.language().isEmpty())
                .map(Block::text)
                .toList();
    }
}
