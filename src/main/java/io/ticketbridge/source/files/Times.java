package io.ticketbridge.source.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.source.UtcStamp;
import java.time.Instant;

/** Which of several stamps a finding bears. */
final class Times {
    private Times() {}

    /** The first that is a time after 1970, or the epoch. */
    static Instant first(JsonNode... nodes) {
        for (JsonNode node : nodes) {
            Instant instant = UtcStamp.orEpoch(Fields.text(node).strip());
            if (!instant.equals(Instant.EPOCH)) {
                return instant;
            }
        }
        return Instant.EPOCH;
    }
}
