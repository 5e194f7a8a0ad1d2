package io.ticketbridge.source.visionone;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far each flow has read, and what it read then: a position in another list or tenant says nothing, and what other filters left out
 * before it was never read (P1).
 */
final class Positions {
    /** How far a window reaches back: enough for late data and for clocks that differ. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private final Settings settings;
    private final Watermarks watermarks;

    Positions(Settings settings, Watermarks watermarks) {
        this.settings = settings;
        this.watermarks = watermarks;
    }

    /** From when on changes are to be read. */
    Instant since(String flow) {
        return watermarks
                .of(flow)
                .filter(position -> !isMoved(flow))
                .map(position -> Instant.parse(position).minus(OVERLAP))
                .orElse(Instant.EPOCH);
    }

    /** Whether the flow has read nothing yet of what it reads now. */
    boolean isFirst(String flow) {
        return watermarks.of(flow).isEmpty() || isMoved(flow);
    }

    /** Whether it has read another list, or another tenant. */
    boolean isMoved(String flow) {
        return before(flow)
                .filter(before -> !before.place().equals(now(flow).place()))
                .isPresent();
    }

    /** Whether it has read the same through other filters. */
    boolean hasOtherFilters(String flow) {
        return !isFirst(flow)
                && before(flow)
                        .filter(before -> !before.filters().equals(now(flow).filters()))
                        .isPresent();
    }

    /** With the end of the run, what is read now is what was read. */
    void remember(String flow, Run run) {
        run.moves(key(flow), now(flow).toString());
    }

    /** Empty where the position was written by a version that did not say; then it is taken for one of today's settings. */
    private Optional<Extent> before(String flow) {
        return watermarks.of(key(flow)).map(Extent::parse);
    }

    private Extent now(String name) {
        FlowSettings flow = settings.flows().get(name);
        return Extent.of(flow, settings.visionOne().get(flow.instance()));
    }

    private static String key(String flow) {
        return flow + "/extent";
    }
}
