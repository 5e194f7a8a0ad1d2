package io.ticketbridge.sandbox.scans;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A cloud that is scanned now and then. By default three accounts, some 330 resources and 700 observations, of which 60
 * over 12 checks fail, two failures are muted and one check per account needs a person. Safe for many threads.
 */
public final class SimulatedCloud {
    private static final String MANUAL_CHECK = "account_maintain_current_contact_details";

    private final Clock clock;
    private final Map<String, Check> checks = new LinkedHashMap<>();
    private final List<String> accounts;
    private final Map<String, Observation> observations = new LinkedHashMap<>();
    private final Map<String, CloudResource> resources = new LinkedHashMap<>();
    private final ScanFiles files;
    private int successors;
    private Instant lastScan = Instant.EPOCH;

    /**
     * @param accounts how many accounts
     * @param resources about how many resources; failures grow with it
     */
    public SimulatedCloud(long seed, int accounts, int resources, Clock clock) {
        this(seed, accounts, resources, clock, ZoneId.of("Europe/Berlin"));
    }

    /** @param scanner the time zone of the scanning host, in which its local times are written without an offset */
    public SimulatedCloud(long seed, int accounts, int resources, Clock clock, ZoneId scanner) {
        this.clock = clock;
        this.files = new ScanFiles(scanner);
        Random random = new Random(seed);
        Check.catalogue().forEach(check -> checks.put(check.id(), check));
        CloudLayout layout = new CloudLayout(random, accounts);
        this.accounts = List.copyOf(layout.accounts());
        layout.resources(resources, List.copyOf(checks.values())).forEach(this::add);
        UsualFailures.of(observations.values(), random, (double) resources / CloudLayout.RESOURCES)
                .forEach(this::put);
    }

    /** Three accounts and the default number of resources. */
    public static SimulatedCloud ofUsualSize(long seed, Clock clock) {
        return new SimulatedCloud(seed, 3, CloudLayout.RESOURCES, clock);
    }

    public List<String> accounts() {
        return accounts;
    }

    /** The checks that the scanner runs. */
    public List<Check> checks() {
        return List.copyOf(checks.values());
    }

    /** What the next scan will say. */
    public synchronized List<Observation> observations() {
        return List.copyOf(observations.values());
    }

    /** What fails and is not muted. */
    public List<Observation> failing() {
        return observations().stream()
                .filter(seen -> seen.status() == Status.FAIL && !seen.muted())
                .toList();
    }

    /** The check passes on this resource from now on. */
    public void fix(String check, String resourceUid) {
        change(check, resourceUid, seen -> seen.with(Status.PASS));
    }

    /** The check fails on this resource from now on, again or for the first time. */
    public void breakAgain(String check, String resourceUid) {
        change(check, resourceUid, seen -> seen.with(Status.FAIL));
    }

    /** The scanner's mute list covers the check on this resource from now on. */
    public void mute(String check, String resourceUid) {
        change(check, resourceUid, seen -> seen.muted(true));
    }

    public void unmute(String check, String resourceUid) {
        change(check, resourceUid, seen -> seen.muted(false));
    }

    /**
     * Fixes a check by replacing its resource: the old one is in no scan any more, so no pass of it ever comes, and
     * another one passes in its place.
     *
     * @return the uid of the new resource
     */
    public synchronized String replaceResource(String check, String resourceUid) {
        Observation fixed = required(check, resourceUid);
        CloudResource old = resources.remove(resourceUid);
        CloudResource successor = old.successor(++successors);
        resources.put(successor.uid(), successor);
        for (Observation seen : List.copyOf(observations.values())) {
            if (seen.resourceUid().equals(resourceUid)) {
                observations.remove(key(seen.check(), resourceUid));
                Observation next = seen.on(successor);
                put(seen.check().equals(fixed.check()) ? next.with(Status.PASS) : next);
            }
        }
        return successor.uid();
    }

    /** Scans every account: one complete json-ocsf file each. */
    public List<Path> writeScan(Path folder) throws IOException {
        return writeScan(folder, ScanFormat.OCSF);
    }

    public List<Path> writeScan(Path folder, ScanFormat format) throws IOException {
        List<Path> written = new ArrayList<>();
        Scan scan = nextScan();
        for (String account : accounts) {
            written.add(files.write(folder, of(account, scan), format, ScanVariant.COMPLETE));
        }
        return written;
    }

    /** Scans one account, and something may go wrong. The file is written aside and moved to its name. */
    public Path writeScan(Path folder, String account, ScanFormat format, ScanVariant variant) throws IOException {
        return files.write(folder, of(account, nextScan()), format, variant);
    }

    /**
     * Streams this many records of all accounts; past the cloud's own they repeat with resources of other names. Memory
     * does not grow with their number.
     */
    public void writeScan(OutputStream out, ScanFormat format, long count) throws IOException {
        files.stream(out, nextScan(), format, count);
    }

    /** Streams this many failures of one check, each on a resource of its own. */
    public void writeFailures(OutputStream out, ScanFormat format, String check, long count) throws IOException {
        Scan scan = nextScan();
        List<Observation> failures = scan.observations().stream()
                .filter(seen -> seen.check().equals(check))
                .map(seen -> seen.with(Status.FAIL).muted(false))
                .toList();
        files.stream(out, scan.of(failures), format, count);
    }

    private synchronized Scan nextScan() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        // Two scans in one second would bear one file name.
        lastScan = now.isAfter(lastScan) ? now : lastScan.plus(Duration.ofSeconds(1));
        return new Scan(lastScan, checks, accounts, List.copyOf(observations.values()));
    }

    private static Scan of(String account, Scan scan) {
        if (!scan.accounts().contains(account)) {
            throw new IllegalArgumentException("There is no account " + account + "; there are " + scan.accounts());
        }
        return scan.of(scan.observations().stream()
                .filter(seen -> seen.account().equals(account))
                .toList());
    }

    private void add(CloudResource resource) {
        resources.put(resource.uid(), resource);
        String kind = resource.kind();
        checks.values().stream()
                .filter(check -> kind.equals(check.kind()) || kind.equals("region:" + check.id()))
                .forEach(check -> put(new Observation(
                        check.id(),
                        resource.account(),
                        resource.region(),
                        resource.uid(),
                        resource.name(),
                        check.id().equals(MANUAL_CHECK) ? Status.MANUAL : Status.PASS,
                        false)));
    }

    private synchronized void change(String check, String resourceUid, UnaryOperator<Observation> how) {
        put(how.apply(required(check, resourceUid)));
    }

    private Observation required(String check, String resourceUid) {
        Observation seen = observations.get(key(check, resourceUid));
        if (seen == null) {
            throw new IllegalArgumentException("The check " + check + " does not look at " + resourceUid);
        }
        return seen;
    }

    private void put(Observation seen) {
        observations.put(key(seen.check(), seen.resourceUid()), seen);
    }

    private static String key(String check, String resourceUid) {
        return check + '\n' + resourceUid;
    }
}
