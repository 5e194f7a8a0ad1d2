package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The accounts that a simulator starts with, and what the rules of their provider say of their resources. */
final class PostureSeeds {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double FAILING = 0.3;
    private static final int EVERY = 5;
    private static final List<String> STAGES = List.of("production", "staging", "development");

    private final PostureStore store;
    private final JsonNode seeds;
    private final Random random;
    private final Instant now;
    private int failures;

    private PostureSeeds(PostureStore store, long seed, Instant now) {
        this.store = store;
        this.random = new Random(seed);
        this.now = now;
        try (InputStream in = PostureSeeds.class.getResourceAsStream("posture.json")) {
            this.seeds = JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param resources how many each rule checks in each account; 0 for no account at all */
    static void fill(PostureStore store, int resources, long seed, Instant now) {
        PostureSeeds seeds = new PostureSeeds(store, seed, now);
        if (resources > 0) {
            seeds.seeds.path("accounts").forEach(account -> seeds.account(account, resources));
        }
    }

    private void account(JsonNode seed, int resources) {
        ObjectNode account = seed.deepCopy();
        account.put("resourcesCount", resources * 10);
        store.addAccount(account);
        seeds.path("rules").forEach(rule -> {
            if (rule.path("provider").equals(seed.path("provider"))) {
                for (int i = 1; i <= resources; i++) {
                    check(account, rule, i);
                }
            }
        });
    }

    private void check(ObjectNode account, JsonNode rule, int number) {
        String id = account.get("id").asText();
        String stage = STAGES.get(random.nextInt(STAGES.size()));
        String name = account.get("name").asText() + "-" + number;
        String hash = UUID.nameUUIDFromBytes((name + rule.get("ruleId").asText()).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        ObjectNode fields = rule.deepCopy();
        fields.remove(List.of("regions", "passes", "fails"));
        JsonNode regions = rule.get("regions");
        fields.put("region", regions.get(number % regions.size()).asText());
        String resource = rule.get("resource")
                .asText()
                .replace("@name@", name)
                .replace("@hash@", hash.substring(0, 17))
                .replace("@subscription@", account.path("azureSubscriptionId").asText());
        fields.put("resource", resource);
        fields.putArray("tags").add("Environment::" + stage);
        boolean fails = random.nextDouble() < FAILING;
        String what = resource.replaceFirst(".*/", "");
        fields.put("status", fails ? "FAILURE" : "SUCCESS")
                .put(
                        "description",
                        rule.get(fails ? "fails" : "passes").asText().replace("@resource@", what));
        Instant created = now.minus(Duration.ofDays(20 + random.nextInt(200)));
        if (fails && ++failures % EVERY == 0) {
            fields.put("suppressed", true).put("note", "Accepted for " + stage);
            fields.put(
                    "suppressedUntilDateTime",
                    now.plus(Duration.ofDays(30))
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString());
        }
        store.add(id, fields, created);
    }
}
