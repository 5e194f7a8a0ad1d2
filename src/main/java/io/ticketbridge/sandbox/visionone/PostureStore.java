package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The cloud accounts and their checks, in the order of their ids. Callers hold its monitor around whatever is one step. */
final class PostureStore {
    private static final int API_LIMIT = 10_000;

    private final Clock clock;
    private final Map<String, ObjectNode> accounts = new TreeMap<>();
    private final Map<String, ObjectNode> checks = new TreeMap<>();
    private int queryLimit = API_LIMIT;
    private boolean countIsTotal;

    PostureStore(Clock clock) {
        this.clock = clock;
    }

    synchronized Collection<ObjectNode> accounts() {
        return List.copyOf(accounts.values());
    }

    /** As they are now: a suppression whose time is over has ended. */
    synchronized Collection<ObjectNode> checks() {
        checks.values().forEach(this::expire);
        return List.copyOf(checks.values());
    }

    synchronized Optional<ObjectNode> check(String id) {
        Optional<ObjectNode> found = Optional.ofNullable(checks.get(id));
        found.ifPresent(this::expire);
        return found;
    }

    synchronized ObjectNode get(String id) {
        return check(id).orElseThrow(() -> new IllegalArgumentException("There is no check " + id));
    }

    synchronized void addAccount(ObjectNode account) {
        accounts.put(account.get("id").asText(), account);
    }

    synchronized void removeAccount(String id) {
        accounts.remove(id);
        checks.values().removeIf(check -> check.path("accountId").asText().equals(id));
    }

    /** Adds a check with these fields over the defaults of one that passes. */
    synchronized ObjectNode add(String account, ObjectNode fields, Instant createdAt) {
        String at = createdAt.truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("accountId", account)
                .put("provider", "aws")
                .put("service", "S3")
                .put("region", "us-east-1")
                .put("ruleId", "S3-016")
                .put("status", "SUCCESS")
                .put("riskLevel", "MEDIUM");
        json.putArray("categories").add("security");
        json.putArray("tags");
        for (String flag : List.of("isCustom", "suppressed", "excluded", "ignored", "notScored")) {
            json.put(flag, false);
        }
        json.put("createdDateTime", at).put("updatedDateTime", at).put("statusUpdatedDateTime", at);
        json.setAll(fields);
        String resource = json.path("resource").asText(UUID.randomUUID().toString());
        json.put("resource", resource);
        json.put("resourceId", json.path("resourceId").asText(resource.replaceFirst(".*/", "")));
        json.put(
                "id",
                String.join(
                        ":",
                        "ccc",
                        account,
                        json.get("ruleId").asText(),
                        json.get("service").asText(),
                        json.get("region").asText(),
                        resource));
        checks.put(json.get("id").asText(), json);
        return json;
    }

    synchronized void update(String id, ObjectNode fields) {
        ObjectNode json = get(id);
        String before = json.get("status").asText();
        json.setAll(fields);
        json.put("updatedDateTime", now());
        String status = json.get("status").asText();
        if (!status.equals(before)) {
            json.put("statusUpdatedDateTime", now());
            if (status.equals("SUCCESS")) {
                json.put("resolvedDateTime", now()).put("resolvedBy", "SYSTEM");
            } else {
                json.put("failureDiscoveredDateTime", now());
                json.remove(List.of("resolvedDateTime", "resolvedBy"));
            }
        }
    }

    /** @param until null for good */
    synchronized void suppress(String id, boolean suppressed, String note, String until) {
        ObjectNode json = get(id);
        json.put("suppressed", suppressed);
        json.remove(List.of("note", "suppressedUntilDateTime"));
        if (note != null) {
            json.put("note", note);
        }
        if (suppressed && until != null) {
            json.put("suppressedUntilDateTime", until);
        }
        json.put("updatedDateTime", now());
    }

    synchronized void remove(String id) {
        checks.remove(get(id).get("id").asText());
    }

    synchronized int queryLimit() {
        return queryLimit;
    }

    synchronized void queryLimit(int most) {
        queryLimit = most;
    }

    synchronized boolean countIsTotal() {
        return countIsTotal;
    }

    synchronized void countIsTotal(boolean total) {
        countIsTotal = total;
    }

    private void expire(ObjectNode check) {
        String until = check.path("suppressedUntilDateTime").asText("");
        if (!until.isEmpty() && !Instant.parse(until).isAfter(clock.instant())) {
            check.put("suppressed", false);
            check.remove("suppressedUntilDateTime");
        }
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
