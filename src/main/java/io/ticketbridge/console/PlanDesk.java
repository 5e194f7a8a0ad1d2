package io.ticketbridge.console;

import io.ticketbridge.fault.Causes;
import java.time.Clock;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plan that a person asked for on a page: made behind the page, one at a time (P29). Safe for threads. */
final class PlanDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PlanDesk.class);

    /**
     * The last plan there was.
     *
     * @param endedAt null while it is being made
     * @param plan null while it is being made, and if it could not be made
     * @param error why it could not be made, or null
     */
    public record State(Instant startedAt, Instant endedAt, PlanView plan, String error) {
        public boolean isRunning() {
            return endedAt == null;
        }
    }

    private final Desk desk;
    private final UnaryOperator<String> masked;
    private final Clock clock;
    private State state;

    PlanDesk(Desk desk, UnaryOperator<String> masked, Clock clock) {
        this.desk = desk;
        this.masked = masked;
        this.clock = clock;
    }

    /** @throws PageRefusal if one is being made already */
    synchronized String begin() {
        if (state != null && state.isRunning()) {
            throw new PageRefusal(409, "A plan is being made already. Reload the page in a moment.");
        }
        state = new State(clock.instant(), null, null, null);
        Thread thread = new Thread(this::make, "console-plan");
        thread.setDaemon(true);
        thread.start();
        return "The plan is being made: sources and ServiceNow are read, nothing is written. Reload the page in a moment.";
    }

    private void make() {
        PlanView plan = null;
        String error = "it came to no end";
        try {
            plan = desk.plan();
            error = null;
        } catch (RuntimeException | Error e) {
            error = masked.apply(Causes.sentence(e));
            LOG.error("A plan can't be made. cause=\"{}\"", error);
        } finally {
            end(plan, error);
        }
    }

    private synchronized void end(PlanView plan, String error) {
        state = new State(state.startedAt(), clock.instant(), plan, error);
    }

    /** Null if there was none since the start. */
    synchronized State state() {
        return state;
    }
}
