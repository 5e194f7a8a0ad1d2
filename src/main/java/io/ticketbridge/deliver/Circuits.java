package io.ticketbridge.deliver;

import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Intent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One broken profile opens one circuit, not a thousand errors (P18): after a few refusals in a row, with no ticket that went
 * through between them, what the profile would write is held for a while. Then one is tried again. Opening, changing and resolving
 * have a circuit each: where only resolving is broken, tickets are opened all the same. Thread-safe.
 */
public final class Circuits {
    private static final int REFUSALS = 5;
    private static final Duration REST = Duration.ofMinutes(1);

    /** What is held has its next try with a pass that reads something, of flows that are read each hour with every second at the latest. */
    private static final Duration NEXT_TRY = Duration.ofMinutes(150);

    /** What of a profile may be broken by itself: each sends other columns, and the instance has other rules for it. */
    enum Kind {
        OPEN("opening tickets", "on-open"),
        CHANGE("changing tickets", "on-update"),
        RESOLVE("resolving tickets", "on-resolve");

        private final String words;
        private final String columns;

        Kind(String words, String columns) {
            this.words = words;
            this.columns = columns;
        }

        /** The part of the profile's settings that names the columns. */
        String columns() {
            return columns;
        }

        static Kind of(Action action) {
            return switch (action) {
                case OPEN -> OPEN;
                case RESOLVE -> RESOLVE;
                default -> CHANGE;
            };
        }

        /** Before anything is decided, only records are looked for that may be adopted, or the ticket that is there. */
        static Kind of(Delivery delivery) {
            if (delivery.intent() != null) {
                return of(delivery.intent().kind());
            }
            if (delivery.decision() != null) {
                return of(delivery.decision().action());
            }
            return delivery.claimed().tickets().isEmpty() ? OPEN : CHANGE;
        }

        private static Kind of(Intent.Kind kind) {
            return switch (kind) {
                case OPENED -> OPEN;
                case RESOLVED -> RESOLVE;
                default -> CHANGE;
            };
        }
    }

    private record Key(String profile, Kind kind) {}

    private record Circuit(int refusals, Instant openUntil, String reason) {
        boolean isOpen(Instant now) {
            return now.isBefore(openUntil);
        }

        boolean awaitsItsNextTry(Instant now) {
            return refusals >= REFUSALS && now.isBefore(openUntil.plus(NEXT_TRY));
        }
    }

    private final Map<Key, Circuit> circuits = new ConcurrentHashMap<>();
    private final Clock clock;

    public Circuits(Clock clock) {
        this.clock = clock;
    }

    void refused(Delivery delivery, String reason) {
        refused(delivery.profile().name(), Kind.of(delivery), reason);
    }

    void refused(String profile, Kind kind, String reason) {
        circuits.compute(new Key(profile, kind), (key, before) -> {
            int refusals = before == null ? 1 : before.refusals() + 1;
            Instant until = refusals >= REFUSALS ? clock.instant().plus(REST) : Instant.EPOCH;
            return new Circuit(refusals, until, reason);
        });
    }

    void passed(Delivery delivery) {
        passed(delivery.profile().name(), Kind.of(delivery));
    }

    void passed(String profile, Kind kind) {
        circuits.remove(new Key(profile, kind));
    }

    boolean isOpen(String profile, Kind kind) {
        Circuit circuit = circuits.get(new Key(profile, kind));
        return circuit != null && circuit.isOpen(clock.instant());
    }

    /**
     * Whether anything that the profile writes is refused again and again, as far as is known here: a circuit is open for a minute after
     * each refusal, and what it held has its next try long after.
     */
    public boolean isRefused(String profile) {
        Instant now = clock.instant();
        return circuits.entrySet().stream()
                .anyMatch(circuit -> circuit.getKey().profile().equals(profile)
                        && circuit.getValue().awaitsItsNextTry(now));
    }

    /** Why it is open, in a sentence. */
    String reason(String profile, Kind kind) {
        Circuit circuit = circuits.get(new Key(profile, kind));
        return kind.words + " with profile " + profile + " is refused again and again"
                + (circuit == null ? "" : ": " + circuit.reason());
    }
}
