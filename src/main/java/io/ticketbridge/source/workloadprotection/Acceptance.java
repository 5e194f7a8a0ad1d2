package io.ticketbridge.source.workloadprotection;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That somebody has accepted the risk of a failure, for as long as that holds. What it looks like on a resource is not documented;
 * the names are those of the API's own list of acceptances, and those of a public client.
 */
record Acceptance(boolean given, String by, String reason, Optional<Instant> until) {
    private static final Acceptance NONE = new Acceptance(false, "", "", Optional.empty());

    static Acceptance of(JsonNode acceptance) {
        if (acceptance.isNull()
                || acceptance.isMissingNode()
                || acceptance.path("isExpired").asBoolean(false)) {
            return NONE;
        }
        Instant until = PostureTimes.time(first(acceptance, "expiresAt", "expirationDate"));
        return new Acceptance(
                true,
                first(acceptance, "userDisplayName", "username"),
                first(acceptance, "reason", "justification"),
                // Zero stands for never.
                until.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(until));
    }

    boolean holdsAt(Instant now) {
        return given && until.map(now::isBefore).orElse(true);
    }

    private static String first(JsonNode acceptance, String... names) {
        return Stream.of(names)
                .map(name -> acceptance.path(name).asText(""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("");
    }
}
