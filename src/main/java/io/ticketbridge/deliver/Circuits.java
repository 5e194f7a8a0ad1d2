package io.ticketbridge.deliver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One broken profile opens one circuit, not a thousand errors (P18): after a few refusals in a row, with no ticket that went
 * through between them, what the profile would write is held for a while. Then one is tried again. Thread-safe.
 */
public final class Circuits {
    private static final int REFUSALS = 5;
    private static final Duration REST = Duration.ofMinutes(1);

    private record Circuit(int refusals, Instant openUntil, String reason) {}

    private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();
    private final Clock clock;

    public Circuits(Clock clock) {
        this.clock = clock;
    }

    void refused(String profile, String reason) {
        circuits.compute(profile, (name, before) -> {
            int refusals = before == null ? 1 : before.refusals() + 1;
            Instant until = refusals >= REFUSALS ? clock.instant().plus(REST) : Instant.EPOCH;
            return new Circuit(refusals, until, reason);
        });
    }

    void passed(String profile) {
        circuits.remove(profile);
    }

    public boolean isOpen(String profile) {
        Circuit circuit = circuits.get(profile);
        return circuit != null && clock.instant().isBefore(circuit.openUntil());
    }

    String reason(String profile) {
        Circuit circuit = circuits.get(profile);
        return circuit == null ? "" : circuit.reason();
    }
}
