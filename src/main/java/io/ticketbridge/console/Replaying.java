package io.ticketbridge.console;

import io.ticketbridge.fault.Causes;
import io.ticketbridge.ledger.letter.DeadLetters.Choice;
import io.ticketbridge.ledger.letter.OpenLetters;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A replay that a person began on a page: behind the page, one at a time (P20). Safe for threads. */
final class Replaying {
    private static final Logger LOG = LoggerFactory.getLogger(Replaying.class);

    /**
     * The last replay there was.
     *
     * @param letters how many it began with
     * @param handed how many of those are done with by now; what was only handed on counts when its ticket went through
     * @param endedAt null while it is under way
     * @param hindrances for each that can't be replayed, why not
     * @param error why it came to no end, or null
     */
    public record State(
            String what,
            long letters,
            long handed,
            Instant startedAt,
            Instant endedAt,
            List<String> hindrances,
            String error) {
        public boolean isRunning() {
            return endedAt == null;
        }
    }

    private final Desk desk;
    private final OpenLetters letters;
    private final UnaryOperator<String> masked;
    private final Clock clock;
    private State state;
    private Set<Long> numbers = Set.of();

    Replaying(Desk desk, OpenLetters letters, UnaryOperator<String> masked, Clock clock) {
        this.desk = desk;
        this.letters = letters;
        this.masked = masked;
        this.clock = clock;
    }

    /** @return how many letters it takes, or 0 if there are none
     *  @throws PageRefusal if another is under way */
    synchronized int begin(String what, Choice choice) {
        if (state != null && state.isRunning()) {
            throw new PageRefusal(409, "A replay is under way already. Wait until it is through, then try again.");
        }
        numbers = new HashSet<>(letters.numbers(choice));
        if (numbers.isEmpty()) {
            return 0;
        }
        state = new State(what, numbers.size(), 0, clock.instant(), null, List.of(), null);
        Thread thread = new Thread(() -> replay(choice), "console-replay");
        thread.setDaemon(true);
        thread.start();
        return numbers.size();
    }

    private void replay(Choice choice) {
        List<String> hindrances = List.of();
        String error = "it came to no end";
        try {
            hindrances = desk.replay(choice);
            error = null;
        } catch (RuntimeException | Error e) {
            error = masked.apply(Causes.sentence(e));
            LOG.error("A replay came to no end; what was not replayed is still there. cause=\"{}\"", error);
        } finally {
            end(hindrances, error);
        }
    }

    private synchronized void end(List<String> hindrances, String error) {
        state = new State(
                state.what(),
                state.letters(),
                0,
                state.startedAt(),
                clock.instant(),
                hindrances.stream().map(masked).toList(),
                error);
    }

    /** Null if there was none since the start. */
    State state() {
        State now;
        Set<Long> begun;
        synchronized (this) {
            now = state;
            begun = numbers;
        }
        if (now == null) {
            return null;
        }
        long open = letters.numbers(Choice.ALL).stream().filter(begun::contains).count();
        return new State(
                now.what(),
                now.letters(),
                now.letters() - open,
                now.startedAt(),
                now.endedAt(),
                now.hindrances(),
                now.error());
    }
}
