package io.ticketbridge.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How many times as fast as another contender ticketbridge is to be, and is at least.
 *
 * @param kind the database
 * @param other the other's letter
 * @param aim what DESIGN.md asks for
 * @param floor what was reached, less what noise takes; the short form fails below it. Raise it with what gets faster
 */
record Aim(Database.Kind kind, String other, Phase phase, double aim, double floor) {
    private static final List<Aim> ALL = List.of(
            new Aim(Database.Kind.H2, "a", Phase.RESCAN, 0.5, 0.28),
            new Aim(Database.Kind.H2, "b", Phase.FIRST, 0.8, 0.5),
            new Aim(Database.Kind.H2, "c", Phase.FIRST, 3, 3),
            new Aim(Database.Kind.H2, "c", Phase.RESCAN, 3, 1.2),
            new Aim(Database.Kind.POSTGRESQL, "a", Phase.RESCAN, 0.5, 0.28),
            new Aim(Database.Kind.POSTGRESQL, "b", Phase.FIRST, 0.8, 0.65),
            new Aim(Database.Kind.POSTGRESQL, "c", Phase.FIRST, 20, 5),
            new Aim(Database.Kind.POSTGRESQL, "c", Phase.RESCAN, 20, 0.8));

    static Optional<Aim> of(Database.Kind kind, Contenders other, Phase phase) {
        return ALL.stream()
                .filter(aim -> aim.kind == kind && aim.other.equals(other.letter()) && aim.phase == phase)
                .findFirst();
    }

    /** What fell under its floor, in words. */
    static List<String> missed(Measures measures) {
        if (!measures.plan().contenders().contains(Contenders.TICKETBRIDGE)) {
            return List.of();
        }
        return ALL.stream()
                .filter(aim -> aim.kind == measures.plan().kind())
                .flatMap(aim -> measures.plan().contenders().stream()
                        .filter(contender -> contender.letter().equals(aim.other))
                        .map(contender -> aim.miss(measures, contender)))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> miss(Measures measures, Contenders contender) {
        double ratio = measures.ratio(Contenders.TICKETBRIDGE, contender, phase);
        return ratio >= floor
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%s, %s: %.2f times as fast as %s, must be at least %.2f",
                        kind.title(),
                        phase.title(),
                        ratio,
                        contender.title(),
                        floor));
    }
}
