package io.ticketbridge.source.scc;

/**
 * What a finding needs of an evaluation, each text empty where there is none.
 *
 * @param properties the conditions that were looked at, in words
 */
record Evaluation(
        String component,
        String componentName,
        String check,
        String title,
        String account,
        String crn,
        String id,
        String resourceName,
        String service,
        String serviceName,
        String status,
        String reason,
        String properties,
        String time) {

    /** What tells its resource from others. */
    String uid() {
        return crn.isBlank() ? id : crn;
    }

    boolean isReadable() {
        return !check.isBlank() && !uid().isBlank();
    }
}
