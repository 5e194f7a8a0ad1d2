package io.ticketbridge.source.workloadprotection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The resources of a control in one policy and zone, and what the control says of them.
 *
 * @param call empty if the control names no list of the API
 * @param failing how many fail
 * @param passes whether none fails and none is accepted
 */
record ResourceList(Optional<PostureCall> call, long failing, boolean passes) {
    static ResourceList of(String endpoint, JsonNode control) {
        long failing = control.path("objectsCount").asLong();
        return new ResourceList(
                Endpoint.of(endpoint),
                failing,
                control.path("pass").asBoolean(false)
                        && failing == 0
                        && control.path("acceptedCount").asLong() == 0);
    }
}
