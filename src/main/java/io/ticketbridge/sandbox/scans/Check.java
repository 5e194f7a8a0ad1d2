package io.ticketbridge.sandbox.scans;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A check of the scanner.
 *
 * @param id Prowler's own id of it
 * @param kind what it looks at: {@code account}, {@code region}, {@code bucket}, ...
 * @param severity {@code Informational} to {@code Critical}
 * @param passes the message of a pass, with {@code {name}}, {@code {account}}, {@code {region}} and {@code {n}} in it
 * @param fails the message of a failure, likewise
 * @param compliance requirement ids by framework
 */
public record Check(
        String id,
        String service,
        String kind,
        String severity,
        String resourceType,
        List<String> types,
        List<String> categories,
        String title,
        String description,
        String risk,
        String remediation,
        String reference,
        String passes,
        String fails,
        Map<String, List<String>> compliance) {

    private static final List<String> SEVERITIES =
            List.of("Unknown", "Informational", "Low", "Medium", "High", "Critical");

    int severityId() {
        return SEVERITIES.indexOf(severity);
    }

    /** The checks that the simulated scanner knows, by id. */
    static List<Check> catalogue() {
        try (InputStream in = Check.class.getResourceAsStream("/sandbox/prowler-checks.json")) {
            return List.copyOf(new ObjectMapper().readValue(in, new TypeReference<List<Check>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException("sandbox/prowler-checks.json in the jar cannot be read", e);
        }
    }
}
