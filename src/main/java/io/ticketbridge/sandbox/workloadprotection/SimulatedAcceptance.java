package io.ticketbridge.sandbox.workloadprotection;

import java.time.Instant;
import java.util.Optional;

/** That somebody has accepted the risk of a failure. */
public record SimulatedAcceptance(String by, String reason, Instant since, Optional<Instant> until) {
    boolean holdsAt(Instant now) {
        return until.map(now::isBefore).orElse(true);
    }
}
