package io.ticketbridge.sandbox.scc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The profile that is scanned for: its controls, and the assessments that they rest on. */
record SccProfile(List<Assessment> assessments, List<Control> controls) {
    static final String ID = "fe96bd4d-9b37-40f2-b39f-a62760e326a3";
    static final String LIBRARY = "531fc3e28bfc43c5a2cea07786d93f5c";

    /**
     * @param expected what the property should be; null where the operator needs nothing
     * @param bad what it is where the assessment fails
     * @param failing how many targets of a scope fail at the start
     */
    record Assessment(
            String id,
            String component,
            String description,
            String property,
            String operator,
            JsonNode expected,
            JsonNode bad,
            int failing) {}

    record Control(String id, String name, String description, String category, List<String> assessments) {}

    static SccProfile load() {
        try (InputStream in = SccProfile.class.getResourceAsStream("/sandbox/scc-profile.json")) {
            return new ObjectMapper().readValue(in, SccProfile.class);
        } catch (IOException e) {
            throw new UncheckedIOException("sandbox/scc-profile.json in the jar cannot be read", e);
        }
    }

    Map<String, Assessment> assessmentsById() {
        return assessments.stream().collect(Collectors.toMap(Assessment::id, Function.identity()));
    }

    /** The controls that an evaluation serves: several, one, or none when component and assessment do not match. */
    List<Control> controlsOf(String component, String assessmentId) {
        Optional<Assessment> matching = assessments.stream()
                .filter(assessment -> assessment.id().equals(assessmentId)
                        && assessment.component().equals(component))
                .findFirst();
        return matching.isEmpty()
                ? List.of()
                : controls.stream()
                        .filter(control -> control.assessments().contains(assessmentId))
                        .toList();
    }
}
