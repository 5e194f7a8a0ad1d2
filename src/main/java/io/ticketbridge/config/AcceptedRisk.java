package io.ticketbridge.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a profile tells that a ticket was closed as an accepted risk.
 *
 * @param closeCodes the close codes that say so, by label or value; none if the profile does not ask
 * @param untilField the column that holds the end, a date or a date and time
 * @param days how long a ticket without an end is accepted, from when it was resolved; without them until somebody changes it
 */
public record AcceptedRisk(List<String> closeCodes, Optional<String> untilField, OptionalInt days) {
    public AcceptedRisk {
        closeCodes = List.copyOf(closeCodes);
    }

    public boolean isOff() {
        return closeCodes.isEmpty();
    }
}
