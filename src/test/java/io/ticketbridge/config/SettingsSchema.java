package io.ticketbridge.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The catalogue as a JSON schema of an object from key to text: for editors, and for checks in a pipeline. */
final class SettingsSchema {
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    private SettingsSchema() {}

    static String text() {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode schema = mapper.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Settings of ticketbridge");
        schema.put(
                "description",
                "application.properties as an object from key to text. Every key of ticketbridge is known here; others are left alone.");
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("patternProperties");
        List<String> known = new ArrayList<>();
        for (Key<?> key : Keys.all()) {
            String regex = regex(key);
            known.add(regex);
            describe(key, properties.putObject("^" + regex + "$"));
            ObjectNode file = properties.putObject("^" + regex + "\\.file$");
            file.put("type", "string");
            file.put("description", "A file that holds it: " + key.meaning());
        }
        ObjectNode names = schema.putObject("propertyNames");
        var either = names.putArray("anyOf");
        either.addObject().putObject("not").put("pattern", "^ticketbridge\\.");
        either.addObject().put("pattern", "^(" + String.join("|", known) + ")(\\.file)?$");
        try {
            return mapper.writeValueAsString(schema) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String regex(Key<?> key) {
        List<String> shapes = key.shapes().stream()
                .map(parts -> parts.stream()
                        .map(part -> Key.isPlaceholder(part) ? "[^.]+" : part)
                        .collect(Collectors.joining("\\.")))
                .toList();
        return shapes.size() == 1 ? shapes.get(0) : "(" + String.join("|", shapes) + ")";
    }

    private static void describe(Key<?> key, ObjectNode property) {
        property.put("type", "string");
        property.put("description", key.meaning() + " It is " + key.type().words() + ".");
        if (!key.fallback().isEmpty()) {
            property.put("default", key.fallback());
        } else if (!key.isSecret() && !key.example().isEmpty()) {
            property.putArray("examples").add(key.example());
        }
        String words = key.type().words();
        Matcher word = WORD.matcher(words);
        if (words.matches("`[^`]+`((, | or )`[^`]+`)*")) {
            var choices = property.putArray("enum");
            while (word.find()) {
                choices.add(word.group(1));
            }
        } else if (words.startsWith("a number")) {
            property.put("pattern", "^-?[0-9]+$");
        } else if (words.equals("a sys_id")) {
            property.put("pattern", "^([0-9a-fA-F]{32})?$");
        }
    }
}
