package io.ticketbridge.sandbox.scans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Builds the accounts, regions and resources of a simulated cloud. */
final class CloudLayout {
    /** Default number of resources, besides one per account and per check of a region. */
    static final int RESOURCES = 330;

    static final List<String> REGIONS = List.of("eu-central-1", "eu-west-1", "us-east-1");
    private static final List<String> TEAMS = List.of("payments", "orders", "web", "data", "identity", "platform");
    private static final List<String> STAGES = List.of("prod", "stage", "dev");
    private static final List<String> WORDS =
            List.of("archive", "assets", "audit", "backup", "cache", "export", "images", "intake", "ledger", "reports");

    /** How many of 330 are of this kind, and how their ARN is written. */
    private record Share(int count, String arn) {}

    private static final Map<String, Share> SHARES = new LinkedHashMap<>();

    static {
        SHARES.put("bucket", new Share(55, "arn:aws:s3:::%3$s"));
        SHARES.put("instance", new Share(40, "arn:aws:ec2:%1$s:%2$s:instance/%3$s"));
        SHARES.put("volume", new Share(40, "arn:aws:ec2:%1$s:%2$s:volume/%3$s"));
        SHARES.put("securitygroup", new Share(30, "arn:aws:ec2:%1$s:%2$s:security-group/%3$s"));
        SHARES.put("lambda", new Share(25, "arn:aws:lambda:%1$s:%2$s:function:%3$s"));
        SHARES.put("loggroup", new Share(25, "arn:aws:logs:%1$s:%2$s:log-group:%3$s:*"));
        SHARES.put("user", new Share(20, "arn:aws:iam::%2$s:user/%3$s"));
        SHARES.put("database", new Share(12, "arn:aws:rds:%1$s:%2$s:db:%3$s"));
        SHARES.put("key", new Share(12, "arn:aws:kms:%1$s:%2$s:key/%3$s"));
        SHARES.put("snapshot", new Share(10, "arn:aws:ec2:%1$s:%2$s:snapshot/%3$s"));
        SHARES.put("vpc", new Share(9, "arn:aws:ec2:%1$s:%2$s:vpc/%3$s"));
        SHARES.put("defaultgroup", new Share(9, "arn:aws:ec2:%1$s:%2$s:security-group/%3$s"));
        SHARES.put("secret", new Share(8, "arn:aws:secretsmanager:%1$s:%2$s:secret:%3$s"));
        SHARES.put("topic", new Share(8, "arn:aws:sns:%1$s:%2$s:%3$s"));
        SHARES.put("queue", new Share(8, "arn:aws:sqs:%1$s:%2$s:%3$s"));
        SHARES.put("table", new Share(8, "arn:aws:dynamodb:%1$s:%2$s:table/%3$s"));
        SHARES.put("repository", new Share(6, "arn:aws:ecr:%1$s:%2$s:repository/%3$s"));
        SHARES.put("loadbalancer", new Share(6, "arn:aws:elasticloadbalancing:%1$s:%2$s:loadbalancer/app/%3$s"));
        SHARES.put("trail", new Share(3, "arn:aws:cloudtrail:%1$s:%2$s:trail/%3$s"));
    }

    /** Ids that the provider makes up, by the kind of thing that bears one. */
    private static final Map<String, String> PREFIXES = Map.of(
            "instance", "i-",
            "volume", "vol-",
            "securitygroup", "sg-",
            "defaultgroup", "sg-",
            "snapshot", "snap-",
            "vpc", "vpc-");

    private final Random random;
    private final List<String> accounts;

    CloudLayout(Random random, int accounts) {
        this.random = random;
        this.accounts = new ArrayList<>();
        for (int i = 0; i < accounts; i++) {
            this.accounts.add(String.format("%012d", 100_000_000_000L + random.nextInt(Integer.MAX_VALUE)));
        }
    }

    List<String> accounts() {
        return accounts;
    }

    List<CloudResource> resources(int count, List<Check> checks) {
        List<CloudResource> made = new ArrayList<>();
        for (String account : accounts) {
            made.add(new CloudResource(account, "us-east-1", "account", "arn:aws:iam::" + account + ":root", account));
            checks.stream()
                    .filter(check -> check.kind().equals("region"))
                    .forEach(check -> REGIONS.forEach(region -> made.add(regional(account, region, check))));
        }
        SHARES.forEach((kind, share) -> {
            int wanted = (int) Math.max(1, Math.round((double) share.count * count / RESOURCES));
            for (int i = 0; i < wanted; i++) {
                made.add(one(kind, share, i));
            }
        });
        return made;
    }

    /** Each check of a region looks at a thing of its own, so that one may be fixed without the others. */
    private static CloudResource regional(String account, String region, Check check) {
        String uid = "arn:aws:" + check.service() + ":" + region + ":" + account + ":" + check.id();
        return new CloudResource(account, region, "region:" + check.id(), uid, account);
    }

    private CloudResource one(String kind, Share share, int i) {
        String account = accounts.get(i % accounts.size());
        boolean global = kind.equals("user");
        String region = global ? "us-east-1" : REGIONS.get(random.nextInt(REGIONS.size()));
        String name = name(kind, i);
        return new CloudResource(account, region, kind, String.format(share.arn, region, account, name), name);
    }

    private String name(String kind, int i) {
        if (PREFIXES.containsKey(kind)) {
            return PREFIXES.get(kind) + hex(17);
        }
        String team = TEAMS.get(random.nextInt(TEAMS.size()));
        String word = WORDS.get(random.nextInt(WORDS.size()));
        String name = team + "-" + STAGES.get(random.nextInt(STAGES.size())) + "-" + word + "-" + i;
        return switch (kind) {
            case "key" -> hex(8) + "-" + hex(4) + "-4" + hex(3) + "-a" + hex(3) + "-" + hex(12);
            case "user" -> "svc." + name;
            // One name outgrows what many a database column takes.
            case "loggroup" -> "/aws/lambda/" + (i == 0 ? name + "-" + "very-long".repeat(25) : name);
            case "loadbalancer" -> name + "/" + hex(16);
            default -> name;
        };
    }

    private String hex(int digits) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            hex.append(Character.forDigit(random.nextInt(16), 16));
        }
        return hex.toString();
    }
}
