package io.ticketbridge.ticket;

import io.ticketbridge.finding.Severity;
import java.time.Instant;

/** A finding as a ticket lists it. */
public record Listed(
        String account,
        String region,
        String check,
        String resourceUid,
        String resourceName,
        String resourceType,
        Severity severity,
        String message,
        Instant firstSeen) {

    /** For people: the name where there is one, else the uid. */
    public String resource() {
        return resourceName.isBlank() || resourceName.equals(resourceUid)
                ? resourceUid
                : resourceName + " (" + resourceUid + ")";
    }
}
