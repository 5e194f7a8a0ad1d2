package io.ticketbridge.bench;

import java.util.Locale;

/**
 * The resources and checks behind a report. Ten checks look at each resource, one after the other, and neighbours are of different
 * services: so a page of a hundred evaluations belongs to about as many groups, which is the hard case. Deterministic.
 */
final class Estate {
    static final int SERVICES = 20;
    private static final int CHECKS_OF_RESOURCE = 10;
    private static final String[] REGIONS = {"us-south", "eu-de", "ca-tor", "eu-es", "global"};
    private static final String[] NAMES = {
        "cloud-object-storage", "is.vpc", "kms", "databases-for-postgresql", "containers-kubernetes",
        "iam-identity", "secrets-manager", "event-streams", "appid", "codeengine",
        "is.instance", "is.load-balancer", "is.security-group", "atracker", "sysdig-monitor",
        "databases-for-redis", "messagehub", "cloudantnosqldb", "hs-crypto", "transit"
    };

    private final Shape shape;
    private final int checks;

    Estate(Shape shape) {
        this.shape = shape;
        // As many for each service, at least as many as look at one resource, at least two of each control.
        checks = Math.max(CHECKS_OF_RESOURCE, (2 * shape.controls() + SERVICES - 1) / SERVICES) * SERVICES;
    }

    Shape shape() {
        return shape;
    }

    int checks() {
        return checks;
    }

    int checkOf(int index) {
        int resource = resourceOf(index);
        int ofService = checks / SERVICES;
        int first = resource / SERVICES * CHECKS_OF_RESOURCE;
        return serviceOf(resource) * ofService + (first + index % CHECKS_OF_RESOURCE) % ofService;
    }

    int resourceOf(int index) {
        return index / CHECKS_OF_RESOURCE;
    }

    static int serviceOf(int resource) {
        return resource % SERVICES;
    }

    int serviceOfCheck(int check) {
        return check / (checks / SERVICES);
    }

    int controlOf(int check) {
        return (int) ((long) check * shape.controls() / checks);
    }

    static String service(int service) {
        return NAMES[service];
    }

    static int regions() {
        return REGIONS.length;
    }

    static int regionOf(int resource) {
        return resource / SERVICES % REGIONS.length;
    }

    static String region(int region) {
        return REGIONS[region];
    }

    boolean fails(int index) {
        // A multiplicative hash spreads passes evenly without a random generator's state.
        return Math.floorMod(index * 0x9E3779B1, 100) < shape.failing();
    }

    /** What a later report says otherwise about an evaluation: one of each page, in turn. */
    Change changeOf(int index) {
        int page = index / 100;
        if (index % 100 != page * 37 % 100) {
            return Change.NONE;
        }
        return Change.values()[1 + page % 3];
    }

    enum Change {
        NONE,
        /** What failed passes, and what passed fails. */
        RESULT,
        /** The resource is gone, and another in its place has the same problem. */
        RESOURCE,
        /** The same problem in other words. */
        CONTENT
    }

    static String checkId(int check) {
        return String.format(Locale.ROOT, "rule-%08x-a4df-4694-bb76-%012x", check * 0x9E3779B1, check);
    }

    static String controlId(int control) {
        return String.format(Locale.ROOT, "%08x-3e28-4bfc-83c5-%012x", control * 0x85EBCA6B, control);
    }
}
