package io.ticketbridge.sandbox.workloadprotection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes the resources, and says which of them fail at the start. */
final class PostureEstate {
    private static final List<String> ACCOUNTS =
            List.of("prd-account-43b74e", "stg-account-110d39", "dev-account-55ff27");
    private static final List<String> TEAMS = List.of("payments", "orders", "web", "data", "identity");
    private static final Map<String, List<String>> LOCATIONS = Map.of(
            "AWS", List.of("eu-central-1", "ap-northeast-1"),
            "IBM", List.of("us-south", "eu-de"),
            "Linux", List.of(""));

    private final Random random;
    private final double scale;

    PostureEstate(long seed, double scale) {
        this.random = new Random(seed);
        this.scale = scale;
    }

    Map<String, List<SimulatedResource>> resources(Catalogue catalogue) {
        Map<String, List<SimulatedResource>> byKind = new LinkedHashMap<>();
        for (Catalogue.Kind kind : catalogue.kinds()) {
            List<SimulatedResource> made = new ArrayList<>();
            for (int i = 0; i < Math.max(1, Math.round(kind.count() * scale)); i++) {
                made.add(make(kind));
            }
            byKind.put(kind.kind(), made);
        }
        return byKind;
    }

    private SimulatedResource make(Catalogue.Kind kind) {
        String account = pick(ACCOUNTS);
        return new SimulatedResource(
                hex(16),
                account.substring(0, 3) + "-" + pick(TEAMS) + "-" + kind.name() + "-" + hex(6),
                kind.kind(),
                kind.type(),
                account,
                pick(LOCATIONS.get(kind.target())));
    }

    /** A part of them, in an order of its own. */
    List<SimulatedResource> some(List<SimulatedResource> resources, int count) {
        List<SimulatedResource> shuffled = new ArrayList<>(resources);
        Collections.shuffle(shuffled, random);
        int scaled = count == 0 ? 0 : (int) Math.max(1, Math.round(count * scale));
        return shuffled.subList(0, Math.min(scaled, shuffled.size()));
    }

    String hex(int digits) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            hex.append(Character.forDigit(random.nextInt(16), 16));
        }
        return hex.toString();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
