package io.ticketbridge.command;

import java.util.Map;

/** Writes settings as lines of an {@code application.properties} in UTF-8. */
final class PropertyLines {
    private PropertyLines() {}

    static String of(Map<String, String> properties) {
        StringBuilder lines = new StringBuilder();
        properties.forEach((key, value) ->
                lines.append(key).append('=').append(escaped(value)).append('\n'));
        return lines.toString();
    }

    private static String escaped(String value) {
        String text = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return text.startsWith(" ") || text.startsWith("\t") ? "\\" + text : text;
    }
}
