package io.ticketbridge.finding;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a finding may be about besides a resource: something that people work on at the source. */
public enum Subject {
    CASE,
    ALERT;

    /** What stands for its check, and is the name of the attribute with its id. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A check of that name alone is a check like any other: only cases and alerts bear their id under it. */
    public static Optional<Subject> of(String check, Map<String, String> attributes) {
        return Stream.of(values())
                .filter(subject -> subject.word().equals(check) && attributes.containsKey(check))
                .findFirst();
    }
}
