package io.ticketbridge.sandbox.workloadprotection;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** What is checked, by which policy, and where. */
record Catalogue(List<Zone> zones, List<Policy> policies, List<Kind> kinds, List<Control> controls) {

    /** @param accounts what the names of its accounts begin with; empty for all */
    record Zone(String id, String name, String accounts) {
        boolean has(SimulatedResource resource) {
            return resource.account().startsWith(accounts);
        }
    }

    record Policy(String id, String name, List<String> zones) {}

    record Kind(String kind, String type, String target, String name, int count) {}

    /**
     * @param failing how many resources fail at the start, besides those that are accepted
     * @param requirements the names of the requirements that it serves, by the id of the policy
     */
    record Control(
            String id,
            String name,
            String kind,
            String severity,
            int failing,
            int accepted,
            boolean manual,
            String description,
            Map<String, List<String>> requirements) {}

    static Catalogue load() {
        try (InputStream in = Catalogue.class.getResourceAsStream("/sandbox/posture-catalogue.json")) {
            return new ObjectMapper().readValue(in, Catalogue.class);
        } catch (IOException e) {
            throw new UncheckedIOException("sandbox/posture-catalogue.json in the jar cannot be read", e);
        }
    }

    Control control(String id) {
        return controls.stream()
                .filter(control -> control.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no control " + id));
    }

    Kind kindOf(Control control) {
        return kinds.stream()
                .filter(kind -> kind.kind().equals(control.kind()))
                .findFirst()
                .orElseThrow();
    }

    Zone zone(String id) {
        return zones.stream()
                .filter(zone -> zone.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no zone " + id));
    }
}
