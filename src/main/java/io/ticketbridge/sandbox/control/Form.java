package io.ticketbridge.sandbox.control;

import java.util.List;
import java.util.Map;

/** What a form sent. */
record Form(Map<String, String> fields) {

    /** @throws IllegalArgumentException when it is missing or blank */
    String required(String name) {
        String value = optional(name);
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is missing: fill it in");
        }
        return value;
    }

    /** The value, or "". */
    String optional(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    /** @throws IllegalArgumentException when it is none of these */
    String oneOf(String name, List<String> allowed) {
        String value = required(name);
        if (!allowed.contains(value)) {
            throw new IllegalArgumentException(name + " must be one of " + String.join(", ", allowed));
        }
        return value;
    }
}
