package io.ticketbridge.console;

import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.letter.DeadLetters.Choice;
import io.ticketbridge.ledger.run.Breakers;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person may do on the pages: release, replay, discard. Each says what came of it. */
final class Actions {
    private static final Logger LOG = LoggerFactory.getLogger(Actions.class);

    private final Breakers breakers;
    private final DeadLetters letters;
    private final Replaying replaying;

    Actions(Breakers breakers, DeadLetters letters, Replaying replaying) {
        this.breakers = breakers;
        this.letters = letters;
        this.replaying = replaying;
    }

    String release(Request request) {
        String flow = request.field("flow");
        int released = breakers.release(flow.isEmpty() ? null : flow);
        LOG.info("Released in the console. flow={} groups={}", flow.isEmpty() ? "all" : flow, released);
        return groups(released) + (flow.isEmpty() ? "" : " of flow " + flow)
                + (released == 1 ? " was" : " were") + " let go; "
                + (released == 1 ? "its ticket follows." : "their tickets follow.");
    }

    String replay(Request request) {
        int taken = replaying.begin(what(request), choice(request));
        return taken == 0
                ? "There was nothing to replay: somebody else may have done it."
                : letters(taken) + (taken == 1 ? " gets" : " get") + " another try.";
    }

    String discard(Request request) {
        List<Long> numbers = letters.open().numbers(choice(request));
        numbers.forEach(letters::close);
        LOG.info("Discarded in the console. deadLetters={}", numbers.size());
        return letters(numbers.size()) + (numbers.size() == 1 ? " was" : " were") + " put aside without a replay.";
    }

    /** A form that names nothing must not pass for one that means all. */
    private static Choice choice(Request request) {
        String id = request.field("id");
        if (id.matches("\\d{1,18}")) {
            return new Choice(List.of(Long.parseLong(id)), "");
        }
        String kind = request.field("class");
        if (!kind.isEmpty()) {
            return new Choice(List.of(), kind);
        }
        if (!request.field("all").isEmpty()) {
            return Choice.ALL;
        }
        throw new PageRefusal(400, "The form does not say which dead letters are meant. Nothing was done.");
    }

    private static String what(Request request) {
        String id = request.field("id");
        String kind = request.field("class");
        return !id.isEmpty()
                ? "Dead letter " + id
                : kind.isEmpty() ? "All dead letters" : "Dead letters of class " + kind;
    }

    private static String letters(int count) {
        return count + (count == 1 ? " dead letter" : " dead letters");
    }

    private static String groups(int count) {
        return count + (count == 1 ? " group" : " groups");
    }
}
