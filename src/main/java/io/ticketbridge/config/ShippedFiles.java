package io.ticketbridge.config;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Migrations and route files that came with the application. The build lists them: to look for them in the jar takes longer than to read them. */
public final class ShippedFiles {
    private static final String LIST = "META-INF/ticketbridge/files";

    private ShippedFiles() {}

    /** @return names, from the root of the jar on, of all that begin and end so */
    public static List<String> names(String beginning, String ending) throws IOException {
        return text(LIST)
                .lines()
                .filter(name -> name.startsWith(beginning) && name.endsWith(ending))
                .toList();
    }

    public static String text(String name) throws IOException {
        try (InputStream in = ShippedFiles.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the jar has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
