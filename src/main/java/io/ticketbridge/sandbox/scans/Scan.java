package io.ticketbridge.sandbox.scans;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One pass of the scanner: when it ran and what it saw. */
record Scan(Instant at, Map<String, Check> checks, List<String> accounts, List<Observation> observations) {

    Scan of(List<Observation> others) {
        return new Scan(at, checks, accounts, others);
    }

    String id(String account) {
        return UUID.nameUUIDFromBytes((at + account).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    Check check(Observation seen) {
        return checks.get(seen.check());
    }

    /** What the check says of the resource; ages grow from scan to scan, as they do. */
    String message(Observation seen) {
        Check check = check(seen);
        String template = seen.status() == Status.FAIL ? check.fails() : check.passes();
        long number = 91 + Math.floorMod(seen.resourceUid().hashCode(), 60) + at.getEpochSecond() / 86_400 % 40;
        return template.replace("{name}", seen.resourceName())
                .replace("{account}", seen.account())
                .replace("{region}", seen.region())
                .replace("{n}", Long.toString(number));
    }
}
