package io.ticketbridge.recipes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the documentation, read for its fenced blocks.
 *
 * @param text all of it
 * @param blocks in their order
 */
record Page(String name, String text, List<Block> blocks) {

    /**
     * @param language of the fence, empty for output
     * @param lead the last line of text before the fence: it says where the block belongs
     */
    record Block(String language, String lead, String text) {}

    static Page read(Path file) {
        try {
            String text = Files.readString(file);
            return new Page(file.getFileName().toString(), text, blocks(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        StringBuilder inside = null;
        String language = "";
        String lead = "";
        for (String written : text.lines().toList()) {
            // Blocks of a list are indented.
            String line = written.startsWith("   ```") ? written.strip() : written;
            if (line.startsWith("```")) {
                if (inside == null) {
                    language = line.substring(3).strip();
                    inside = new StringBuilder();
                } else {
                    blocks.add(new Block(language, lead, inside.toString()));
                    inside = null;
                }
            } else if (inside != null) {
                inside.append(line).append('\n');
            } else if (!line.isBlank()) {
                lead = line;
            }
        }
        if (inside != null) {
            throw new IllegalArgumentException("A block is not closed: " + lead);
        }
        return List.copyOf(blocks);
    }
}
