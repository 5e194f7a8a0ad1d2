package io.ticketbridge.config;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads {@code application.properties} as UTF-8. Where there is none nothing is set: the jar holds none. */
final class PropertiesFile {
    private static final String NAME = "application.properties";

    private final Problems problems;

    PropertiesFile(Problems problems) {
        this.problems = problems;
    }

    Map<String, String> read(Sources sources) {
        if (!sources.withFile()) {
            return Map.of();
        }
        Path folder = folderOf(sources);
        Path file = folder.resolve(NAME);
        try {
            return Files.exists(file) ? parse(file.toString(), Files.readAllBytes(file)) : Map.of();
        } catch (IOException e) {
            problems.add(file.toString(), "must be readable", "let the user that runs ticketbridge read it");
            return Map.of();
        }
    }

    private Path folderOf(Sources sources) {
        String variable = sources.environment().getOrDefault(Sources.CONFIG, "");
        Path folder = sources.configFolder();
        boolean named = sources.folder().isPresent() || !variable.isEmpty();
        if (named && !Files.isDirectory(folder)) {
            String by = sources.folder().isPresent() ? "--config" : Sources.CONFIG;
            problems.add(by, "must name a folder", folder.toString(), "", "name the folder that holds " + NAME);
        }
        return folder;
    }

    private Map<String, String> parse(String file, byte[] bytes) throws IOException {
        Map<String, String> values = new TreeMap<>();
        try (Reader reader = new StringReader(decode(bytes))) {
            new Unique(values, problems).load(reader);
        } catch (CharacterCodingException e) {
            problems.add(file, "must be UTF-8", "save it as UTF-8");
        } catch (IllegalArgumentException e) {
            problems.add(file, "must not hold \\u without four hex digits", "write \\\\u for a backslash and a u");
        }
        return values;
    }

    /** Strictly, and without the mark that some editors put at the beginning. */
    private static String decode(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Tells of keys that are there twice, of which {@link Properties} silently takes the last. */
    private static final class Unique extends Properties {
        private final transient Map<String, String> values;
        private final transient Problems problems;

        Unique(Map<String, String> values, Problems problems) {
            this.values = values;
            this.problems = problems;
        }

        @Override
        public synchronized Object put(Object key, Object value) {
            String before = values.put(Keys.spelt((String) key), (String) value);
            if (before != null) {
                problems.add((String) key, "must be there once", "remove all but one of its lines");
            }
            return before;
        }
    }
}
