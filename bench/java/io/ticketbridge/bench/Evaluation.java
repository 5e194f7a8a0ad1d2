package io.ticketbridge.bench;

/** What the hand-written contender takes of an evaluation. */
record Evaluation(
        String component,
        String componentName,
        String check,
        String title,
        String account,
        String service,
        String serviceName,
        String resource,
        String resourceName,
        String status,
        String message) {

    /** As the ledger has it: 0 fails, 1 passes, 2 can't be told. */
    int result() {
        return switch (status) {
            case "failure" -> 0;
            case "pass" -> 1;
            default -> 2;
        };
    }

    /** The sixth part of a CRN. */
    String region() {
        int from = 0;
        for (int part = 0; part < 5; part++) {
            from = resource.indexOf(':', from) + 1;
            if (from == 0) {
                return "";
            }
        }
        int to = resource.indexOf(':', from);
        return to < 0 ? "" : resource.substring(from, to);
    }
}
