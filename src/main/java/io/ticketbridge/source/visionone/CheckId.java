package io.ticketbridge.source.visionone;

/**
 * The id of a check, which is the same at each scan: {@code ccc:ACCOUNT:RULE:SERVICE:REGION:RESOURCE}. The resource comes last
 * and may hold colons and slashes itself.
 */
record CheckId(String account, String rule, String service, String region, String resource) {
    private static final int PARTS = 6;

    /** Null if it is none. */
    static CheckId of(String id) {
        String[] parts = id.split(":", PARTS);
        boolean whole = parts.length == PARTS
                && parts[0].equals("ccc")
                && !parts[1].isBlank()
                && !parts[2].isBlank()
                && !parts[5].isBlank();
        return whole ? new CheckId(parts[1], parts[2], parts[3], parts[4], parts[5]) : null;
    }

    /** With service and region: a bucket and a table, or functions of two regions, may share a name in one account. */
    String resourceUid() {
        return service + ":" + region + ":" + resource;
    }
}
