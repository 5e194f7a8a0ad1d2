package io.ticketbridge.source.files;

import io.ticketbridge.finding.Severity;
import java.util.Locale;

/** Severity labels, as ASFF and OCSF captions write them. */
final class Severities {
    private Severities() {}

    static Severity of(String label) {
        return switch (label.strip().toUpperCase(Locale.ROOT)) {
            case "INFORMATIONAL", "INFO" -> Severity.INFORMATIONAL;
            case "LOW" -> Severity.LOW;
            case "MEDIUM" -> Severity.MEDIUM;
            case "HIGH" -> Severity.HIGH;
            case "CRITICAL", "FATAL" -> Severity.CRITICAL;
            default -> Severity.UNKNOWN;
        };
    }
}
