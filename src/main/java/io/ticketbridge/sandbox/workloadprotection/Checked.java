package io.ticketbridge.sandbox.workloadprotection;

import java.util.Optional;

/**
 * What a control says of a resource.
 *
 * @param acceptance of a failure, while it holds
 */
public record Checked(
        String controlId, SimulatedResource resource, boolean passed, Optional<SimulatedAcceptance> acceptance) {
    /** Whether it fails and nobody has accepted that. */
    public boolean fails() {
        return !passed && acceptance.isEmpty();
    }

    public boolean accepted() {
        return !passed && acceptance.isPresent();
    }
}
