package io.ticketbridge.sandbox.scc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Builds two scopes of one account that share some buckets, as a resource group within an account does. */
final class SccEstate {
    static final int RESOURCES = 540;

    private static final List<String> REGIONS = List.of("us-south", "eu-de", "eu-es");
    private static final List<String> TEAMS = List.of("payments", "orders", "web", "data", "identity", "platform");
    private static final int SHARED = 20;
    private static final int ERRORS = 8;
    private static final int SKIPPED = 12;
    private static final int UNMATCHED = 3;

    /** How many of 540 resources belong to this component, and what a CRN calls one. */
    private record Share(int count, String type) {}

    private static final Map<String, Share> SHARES = new LinkedHashMap<>();

    static {
        SHARES.put("cloud-object-storage", new Share(90, "bucket"));
        SHARES.put("kms", new Share(60, "key"));
        SHARES.put("is", new Share(100, "vpc"));
        SHARES.put("iam-identity", new Share(100, "serviceid"));
        SHARES.put("databases-for-postgresql", new Share(40, ""));
        SHARES.put("containers-kubernetes", new Share(30, "cluster"));
        SHARES.put("secrets-manager", new Share(60, "secret"));
        SHARES.put("messagehub", new Share(30, ""));
        SHARES.put("logs", new Share(10, ""));
        SHARES.put("toolchain", new Share(20, ""));
    }

    /** A resource that is evaluated. */
    private record Target(String id, String name) {}

    private final SccProfile profile;
    private final Random random;
    private final double scale;
    private final String account;

    SccEstate(SccProfile profile, long seed, int resources) {
        this.profile = profile;
        this.random = new Random(seed);
        this.scale = (double) resources / RESOURCES;
        this.account = hex(32);
    }

    List<SccScope> scopes() {
        Map<String, List<Target>> shared = Map.of("cloud-object-storage", targets("cloud-object-storage", SHARED));
        return List.of(scope("Production account", 1.0, shared), scope("Payments resource group", 0.6, shared));
    }

    private SccScope scope(String name, double size, Map<String, List<Target>> shared) {
        SccScope scope = new SccScope(id("group", name), id("scope", name), id("attachment", name), account, name);
        SHARES.forEach((component, share) -> {
            List<Target> targets = new ArrayList<>(shared.getOrDefault(component, List.of()));
            targets.addAll(targets(component, (int) Math.max(1, Math.round(share.count * size * scale))));
            profile.assessments().stream()
                    .filter(assessment -> assessment.component().equals(component))
                    .forEach(assessment -> evaluate(scope, assessment, targets, size));
        });
        addUnmatched(scope);
        spoil(scope, EvaluationStatus.ERROR, ERRORS);
        spoil(scope, EvaluationStatus.SKIPPED, SKIPPED);
        return scope;
    }

    private void evaluate(SccScope scope, SccProfile.Assessment assessment, List<Target> targets, double size) {
        List<Target> shuffled = new ArrayList<>(targets);
        Collections.shuffle(shuffled, random);
        long failing = (long) Math.ceil(assessment.failing() * size * scale);
        for (int i = 0; i < shuffled.size(); i++) {
            scope.put(new SccEvaluation(
                    scope.groupId(),
                    assessment.component(),
                    assessment.id(),
                    shuffled.get(i).id(),
                    shuffled.get(i).name(),
                    i < failing ? EvaluationStatus.FAILURE : EvaluationStatus.PASS));
        }
    }

    /** A known assessment under a component that no control names it for: the join needs both. */
    private void addUnmatched(SccScope scope) {
        SccProfile.Assessment assessment = profile.assessments().get(0);
        for (Target target : targets("cloud-object-storage", UNMATCHED)) {
            scope.put(new SccEvaluation(
                    scope.groupId(),
                    "cloud-object-storage-lite",
                    assessment.id(),
                    target.id(),
                    target.name(),
                    EvaluationStatus.FAILURE));
        }
    }

    private void spoil(SccScope scope, EvaluationStatus status, int count) {
        List<SccEvaluation> passing = new ArrayList<>(scope.evaluations().stream()
                .filter(seen -> seen.status() == EvaluationStatus.PASS)
                .toList());
        Collections.shuffle(passing, random);
        passing.subList(0, Math.min(count, passing.size())).forEach(seen -> scope.put(seen.with(status)));
    }

    private List<Target> targets(String component, int count) {
        List<Target> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String type = SHARES.get(component).type();
            String name =
                    TEAMS.get(random.nextInt(TEAMS.size())) + "-" + component.replaceAll("[^a-z].*", "") + "-" + hex(6);
            String region = component.equals("iam-identity") ? "" : REGIONS.get(random.nextInt(REGIONS.size()));
            String crn = String.join(
                    ":",
                    "crn:v1:bluemix:public",
                    component,
                    region,
                    "a/" + account,
                    id("instance", hex(8)),
                    type,
                    type.isEmpty() ? "" : name);
            made.add(new Target(crn, name));
        }
        return made;
    }

    private String hex(int digits) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            hex.append(Character.forDigit(random.nextInt(16), 16));
        }
        return hex.toString();
    }

    private static String id(String kind, String name) {
        return UUID.nameUUIDFromBytes((kind + '\n' + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
