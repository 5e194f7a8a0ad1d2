package io.ticketbridge.finding;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who suppressed, muted or accepted a finding at its source, why and until when, as far as the source says it.
 *
 * @param until an ISO instant, or what the source has in its place; empty if it names none
 */
public record Suppression(String by, String reason, String until) {
    /** Sources call it by either word; it is one and the same here. */
    private static final List<String> WORDS = List.of("suppressed", "accepted");

    public Suppression {
        by = by == null ? "" : by;
        reason = reason == null ? "" : reason;
        until = until == null ? "" : until;
    }

    /** Empty for what is not suppressed. */
    public static Optional<Suppression> of(Finding finding) {
        return finding.result() == Result.SUPPRESSED
                ? Optional.of(new Suppression(
                        said(finding.attributes(), "By"),
                        said(finding.attributes(), "Reason"),
                        said(finding.attributes(), "Until")))
                : Optional.empty();
    }

    private static String said(Map<String, String> attributes, String what) {
        return WORDS.stream()
                .map(word -> attributes.getOrDefault(word + what, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("");
    }

    /** As it was said, whatever became of its date. */
    public String told() {
        return told(Instant.MIN);
    }

    /** For people: {@code REASON, by WHO, until WHEN}; empty where the source says nothing. */
    public String told(Instant now) {
        StringBuilder told = new StringBuilder(reason.strip());
        add(told, "by ", by);
        add(told, "until ", until);
        if (hasPassed(now)) {
            told.append(", which has passed: the source still says so, and it decides");
        }
        return told.toString();
    }

    private static void add(StringBuilder told, String word, String value) {
        if (!value.isBlank()) {
            told.append(told.isEmpty() ? "" : ", ").append(word).append(value.strip());
        }
    }

    private boolean hasPassed(Instant now) {
        try {
            return !until.isBlank() && Instant.parse(until.strip()).isBefore(now);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
