package io.ticketbridge.sandbox.scans;

/**
 * What the next scan will say of one check on one resource.
 *
 * @param muted whether the scanner's mute list covers it: its status stays, and the record is marked as suppressed
 */
public record Observation(
        String check,
        String account,
        String region,
        String resourceUid,
        String resourceName,
        Status status,
        boolean muted) {

    Observation with(Status other) {
        return new Observation(check, account, region, resourceUid, resourceName, other, muted);
    }

    Observation muted(boolean other) {
        return new Observation(check, account, region, resourceUid, resourceName, status, other);
    }

    Observation on(CloudResource other) {
        return new Observation(check, account, region, other.uid(), other.name(), status, muted);
    }
}
