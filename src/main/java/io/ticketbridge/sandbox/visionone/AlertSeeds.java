package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The alerts that a simulator starts with: those that its cases name, which name their case in turn, and for every third case
 * one more that belongs to none.
 */
final class AlertSeeds {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> RESULTS =
            List.of("True Positive", "Benign True Positive", "False Positive", "Noteworthy");

    private final AlertStore store;
    private final List<JsonNode> patterns = new ArrayList<>();
    private final Random random;

    private AlertSeeds(AlertStore store, long seed) {
        this.store = store;
        this.random = new Random(seed);
        try (InputStream in = AlertSeeds.class.getResourceAsStream("alerts.json")) {
            JSON.readTree(in).forEach(patterns::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void fill(AlertStore store, List<SimulatedCase> cases, long seed, Instant now) {
        AlertSeeds seeds = new AlertSeeds(store, seed);
        for (int i = 0; i < cases.size(); i++) {
            SimulatedCase each = cases.get(i);
            each.json().path("associatedItemIds").forEach(id -> seeds.ofCase(id.asText(), each));
            if (i % 3 == 2) {
                seeds.alone(i / 3, each.createdAt(), now);
            }
        }
    }

    private void ofCase(String id, SimulatedCase owner) {
        Instant created = owner.createdAt().minus(Duration.ofMinutes(7));
        ObjectNode fields = fields(pattern(owner.name()), created)
                .put("id", id)
                .put("caseId", owner.id())
                .put("status", owner.status().equals("In-progress") ? "In Progress" : owner.status());
        if (owner.status().equals("Closed")) {
            fields.put("investigationResult", RESULTS.get(random.nextInt(RESULTS.size())));
        }
        add(fields, created, owner.updatedAt());
    }

    private void alone(int number, Instant near, Instant now) {
        List<JsonNode> alone =
                patterns.stream().filter(pattern -> !pattern.has("case")).toList();
        Instant created = near.minus(Duration.ofHours(2));
        Instant updated =
                created.plusSeconds((long) (Duration.between(created, now).toSeconds() * random.nextDouble()));
        add(fields(alone.get(number % alone.size()), created), created, updated);
    }

    private void add(ObjectNode fields, Instant created, Instant updated) {
        fields.put("updatedDateTime", updated.truncatedTo(ChronoUnit.SECONDS).toString());
        if (!fields.path("status").asText("Open").equals("Open")) {
            fields.put(
                    "firstInvestigatedDateTime", fields.get("updatedDateTime").asText());
        }
        store.add(fields, created);
    }

    private JsonNode pattern(String caseName) {
        return patterns.stream()
                .filter(pattern -> pattern.has("case")
                        && caseName.startsWith(pattern.get("case").asText()))
                .findFirst()
                .orElse(patterns.get(0));
    }

    /** The pattern's fields, with times of its own. */
    private static ObjectNode fields(JsonNode pattern, Instant created) {
        try {
            String text = pattern.toString()
                    .replace("@seen@", created.minusSeconds(95).plusMillis(802).toString());
            return ((ObjectNode) JSON.readTree(text)).without("case");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
