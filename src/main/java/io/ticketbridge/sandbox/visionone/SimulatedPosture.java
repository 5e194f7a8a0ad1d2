package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What tests and the control page do with the simulated Cloud Posture: they play its scans and the people who use it. */
public final class SimulatedPosture {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> NUMBERS =
            Map.of("aws", "awsAccountId", "azure", "azureSubscriptionId", "gcp", "gcpProjectId");

    private final PostureStore store;

    SimulatedPosture(PostureStore store) {
        this.store = store;
    }

    /** All checks, in the order of their ids. */
    public List<SimulatedCheck> checks() {
        synchronized (store) {
            return store.checks().stream()
                    .map(check -> new SimulatedCheck(check.deepCopy()))
                    .toList();
        }
    }

    /** Those that fail and are not muted. */
    public List<SimulatedCheck> open() {
        return checks().stream().filter(SimulatedCheck::isOpen).toList();
    }

    public SimulatedCheck check(String id) {
        synchronized (store) {
            return new SimulatedCheck(store.get(id).deepCopy());
        }
    }

    /** The ids of the accounts. */
    public List<String> accounts() {
        synchronized (store) {
            return store.accounts().stream()
                    .map(account -> account.get("id").asText())
                    .toList();
        }
    }

    /** A new account; its id follows from its name. */
    public String addAccount(String name, String provider, String number) {
        String id =
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        store.addAccount(JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", name)
                .put("provider", provider)
                .put(NUMBERS.get(provider), number));
        return id;
    }

    public void renameAccount(String id, String name) {
        synchronized (store) {
            store.accounts().stream()
                    .filter(account -> account.get("id").asText().equals(id))
                    .forEach(account -> account.put("name", name));
        }
    }

    public void removeAccount(String id) {
        store.removeAccount(id);
    }

    /** A new check with these fields, as the API names them, over the defaults of one that passes. */
    public SimulatedCheck addCheck(String account, Map<String, ?> fields) {
        synchronized (store) {
            return new SimulatedCheck(
                    store.add(account, JSON.valueToTree(fields), Instant.parse("2026-01-05T08:00:00Z"))
                            .deepCopy());
        }
    }

    /** The next evaluation of the check says this of it. */
    public void set(String id, String status) {
        update(id, Map.of("status", status));
    }

    public void fix(String id) {
        set(id, "SUCCESS");
    }

    public void breakAgain(String id) {
        set(id, "FAILURE");
    }

    /** Changes these fields, as the API names them. */
    public void update(String id, Map<String, ?> fields) {
        ObjectNode object = JSON.valueToTree(fields);
        store.update(id, object);
    }

    /** Somebody mutes the check. @param until null for good */
    public void suppress(String id, String note, Instant until) {
        store.suppress(id, true, note, until == null ? null : until.toString());
    }

    public void unsuppress(String id) {
        store.suppress(id, false, null, null);
    }

    /** The resource is gone, and its check with it. */
    public void remove(String id) {
        store.remove(id);
    }

    /** How many results a query yields at most; what goes beyond is cut off without a word. */
    public void queryLimit(int most) {
        store.queryLimit(most);
    }

    /** Whether {@code count} is the number of all results instead of those on the page: both have been seen. */
    public void countIsTotal(boolean total) {
        store.countIsTotal(total);
    }
}
