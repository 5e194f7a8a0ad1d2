package io.ticketbridge.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a {@link Colleague} did in one go.
 *
 * @param id the ticket's sys_id, or the case's id
 * @param name what a person calls it: the ticket's number, or the case's id
 * @param fields what was set, by the names of that system's API; a note on a case is {@code comment}, a file on a ticket
 *     {@code attachment}
 */
public record Edit(Side side, String id, String name, Map<String, String> fields) {
    private static final int SHOWN = 60;

    /** Where a thing was edited. */
    public enum Side {
        /** In ServiceNow. */
        TICKET,
        /** In Vision One. */
        CASE
    }

    public Edit {
        fields = new LinkedHashMap<>(fields);
    }

    /** One line, with long values cut. */
    @Override
    public String toString() {
        return name + ": "
                + fields.entrySet().stream()
                        .map(field -> field.getKey() + " = " + shown(field.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String shown(String value) {
        String line = value.replace('\n', ' ');
        return line.length() > SHOWN ? line.substring(0, SHOWN - 1) + "…" : line;
    }
}
