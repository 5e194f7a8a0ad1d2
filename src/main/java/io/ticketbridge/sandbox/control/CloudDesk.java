package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.Sandbox;
import io.ticketbridge.sandbox.scans.Check;
import io.ticketbridge.sandbox.scans.Observation;
import io.ticketbridge.sandbox.scans.ScanFormat;
import io.ticketbridge.sandbox.scans.ScanVariant;
import io.ticketbridge.sandbox.scans.SimulatedCloud;
import io.ticketbridge.sandbox.scans.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What those see and do who own the simulated cloud and scan it. */
final class CloudDesk {
    /** How a scan file may be, in words, and what the simulator calls it. */
    static final Map<String, ScanVariant> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("complete", ScanVariant.COMPLETE);
        KINDS.put("truncated", ScanVariant.CUT_WITHIN_A_RECORD);
        KINDS.put("appended", ScanVariant.APPENDED);
        KINDS.put("empty", ScanVariant.EMPTY);
        KINDS.put("partial", ScanVariant.MISSING_REGION);
    }

    /** A check that fails, and where. */
    record Failing(String check, String title, String severity, List<Place> resources) {}

    /** What the next scan says of one resource. */
    record Place(String account, String region, String resource, String name) {}

    private final Sandbox sandbox;
    private final SimulatedCloud cloud;
    private final Set<String> touched = new LinkedHashSet<>();

    CloudDesk(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.cloud = sandbox.cloud();
    }

    /** What the next scan will report as failing, by check. */
    List<Failing> failing() {
        Map<String, List<Place>> places = new LinkedHashMap<>();
        cloud.failing().forEach(seen -> places.computeIfAbsent(seen.check(), check -> new ArrayList<>())
                .add(new Place(seen.account(), seen.region(), seen.resourceUid(), seen.resourceName())));
        return cloud.checks().stream()
                .filter(check -> places.containsKey(check.id()))
                .map(check -> failing(check, places.get(check.id())))
                .toList();
    }

    private static Failing failing(Check check, List<Place> places) {
        return new Failing(check.id(), check.title(), check.severity(), places);
    }

    /** What was fixed on this page, and what is muted. */
    synchronized List<Observation> changed() {
        return cloud.observations().stream()
                .filter(seen -> seen.muted()
                        || seen.status() == Status.PASS && touched.contains(key(seen.check(), seen.resourceUid())))
                .toList();
    }

    List<String> accounts() {
        return cloud.accounts();
    }

    Map<String, Action> actions() {
        Map<String, Action> actions = new LinkedHashMap<>();
        actions.put("finding/fix", form -> change(form, cloud::fix, "passes from the next scan on"));
        actions.put("finding/break", form -> change(form, cloud::breakAgain, "fails from the next scan on"));
        actions.put("finding/mute", form -> change(form, cloud::mute, "is muted from the next scan on"));
        actions.put("finding/unmute", form -> change(form, cloud::unmute, "is no longer muted"));
        actions.put("finding/replace", this::replace);
        actions.put("finding/fix-all", this::fixAll);
        actions.put("scan/drop", this::drop);
        return actions;
    }

    private synchronized String change(Form form, BiConsumer<String, String> how, String outcome) {
        String check = form.required("check");
        String resource = form.required("resource");
        how.accept(check, resource);
        touched.add(key(check, resource));
        return check + " on " + resource + " " + outcome;
    }

    private synchronized String replace(Form form) {
        String resource = form.required("resource");
        String successor = cloud.replaceResource(form.required("check"), resource);
        return resource + " is gone; " + successor + " passes in its place from the next scan on";
    }

    private synchronized String fixAll(Form form) {
        String check = form.required("check");
        List<Observation> failing = cloud.failing().stream()
                .filter(seen -> seen.check().equals(check))
                .toList();
        if (failing.isEmpty()) {
            throw new IllegalArgumentException(check + " fails nowhere");
        }
        failing.forEach(seen -> {
            cloud.fix(check, seen.resourceUid());
            touched.add(key(check, seen.resourceUid()));
        });
        return check + " passes everywhere (" + failing.size() + " resources) from the next scan on";
    }

    private String drop(Form form) throws IOException {
        String kind = form.oneOf("kind", List.copyOf(KINDS.keySet()));
        String account = form.optional("account");
        List<String> accounts = account.isEmpty() || account.equals("all accounts") ? accounts() : List.of(account);
        Files.createDirectories(sandbox.folder());
        if (kind.equals("complete") && accounts.size() == accounts().size()) {
            sandbox.dropScan();
        } else {
            for (String each : accounts) {
                cloud.writeScan(sandbox.folder(), each, ScanFormat.OCSF, KINDS.get(kind));
            }
        }
        return (kind.equals("empty") ? "An empty scan" : "A " + kind + " scan") + " of "
                + (accounts.size() == 1 ? "account " + accounts.get(0) : accounts.size() + " accounts")
                + " was dropped; the next poll reads it";
    }

    private static String key(String check, String resource) {
        return check + '\n' + resource;
    }
}
