package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The alerts. Callers hold its monitor around whatever must be seen as one step. */
final class AlertStore {
    private static final int TENANT = 11_542;
    private static final Map<String, Integer> SCORES = Map.of("critical", 86, "high", 64, "medium", 42, "low", 21);
    private static final List<String> COUNTS = List.of(
            "desktopCount", "serverCount", "accountCount", "emailAddressCount", "containerCount", "cloudIdentityCount");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final Map<String, StoredAlert> alerts = new LinkedHashMap<>();
    private long versions;
    private int numbers = 500;

    AlertStore(Clock clock) {
        this.clock = clock;
    }

    synchronized Collection<StoredAlert> all() {
        return List.copyOf(alerts.values());
    }

    synchronized Optional<StoredAlert> find(String id) {
        return Optional.ofNullable(alerts.get(id));
    }

    synchronized StoredAlert get(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("There is no alert " + id));
    }

    /** Adds an alert with these fields over the defaults of a new one. */
    synchronized StoredAlert add(ObjectNode fields, Instant createdAt) {
        String id = fields.path("id").asText(String.format("WB-%d-%s-%05d", TENANT, DAY.format(createdAt), ++numbers));
        String at = createdAt.truncatedTo(ChronoUnit.SECONDS).toString();
        String model = fields.path("model").asText();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("schemaVersion", "1.12")
                .put("id", id)
                .put("investigationStatus", "New")
                .put("status", "Open")
                .put("investigationResult", "No Findings")
                .put("workbenchLink", "https://portal.xdr.trendmicro.com/index.html#/workbench/alerts/" + id)
                .put("alertProvider", "SAE")
                .put(
                        "modelId",
                        UUID.nameUUIDFromBytes(model.getBytes(StandardCharsets.UTF_8))
                                .toString())
                .put("model", model)
                .put("modelType", "preset")
                .put("score", SCORES.getOrDefault(fields.path("severity").asText(), SCORES.get("medium")))
                .put("severity", "medium")
                .put("createdDateTime", at)
                .put("updatedDateTime", at);
        ObjectNode scope = json.putObject("impactScope");
        COUNTS.forEach(count -> scope.put(count, 0));
        scope.putArray("entities");
        json.putArray("indicators");
        json.setAll(fields);
        json.put("investigationStatus", AlertRules.investigationStatus(json));
        StoredAlert added = new StoredAlert(json, ++versions);
        alerts.put(id, added);
        return added;
    }

    /** Sets these fields; the deprecated status follows, and the first time that it is worked on is kept. */
    synchronized void update(StoredAlert changed, ObjectNode fields) {
        ObjectNode json = changed.entry.json;
        json.setAll(fields);
        json.put("investigationStatus", AlertRules.investigationStatus(json));
        touch(changed);
        if (!json.path("status").asText().equals("Open") && !json.has("firstInvestigatedDateTime")) {
            json.put("firstInvestigatedDateTime", json.get("updatedDateTime").asText());
        }
    }

    synchronized void remove(String id) {
        alerts.remove(get(id).id());
    }

    /** @param mail null for an API key */
    synchronized Entry addNote(StoredAlert on, String author, String mail, String content) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", ++on.lastNote)
                .put("content", content)
                .put("creatorMailAddress", mail)
                .put("creatorName", author)
                .put("createdDateTime", now())
                .putNull("lastUpdatedBy")
                .putNull("lastUpdatedDateTime");
        Entry note = new Entry(json, ++versions);
        on.notes.put(on.lastNote, note);
        touch(on);
        return note;
    }

    synchronized void changeNote(StoredAlert on, Entry note, String content, String author) {
        note.json.put("content", content).put("lastUpdatedBy", author).put("lastUpdatedDateTime", now());
        note.version = ++versions;
        touch(on);
    }

    synchronized void deleteNotes(StoredAlert on, List<Integer> ids) {
        ids.forEach(on.notes::remove);
        touch(on);
    }

    private void touch(StoredAlert changed) {
        changed.entry.json.put("updatedDateTime", now());
        changed.entry.version = ++versions;
    }

    /** Whole seconds, so two changes may bear one time. */
    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
