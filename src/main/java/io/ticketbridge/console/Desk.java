package io.ticketbridge.console;

import io.ticketbridge.ledger.budget.Backlog;
import io.ticketbridge.ledger.letter.DeadLetters.Choice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the running application does for the console. */
public interface Desk {
    /** When the flow polls next; empty if it does not poll by itself. */
    Optional<Instant> nextPoll(String flow);

    /** What is owed to ServiceNow, and how long it takes. */
    Backlog backlog();

    /**
     * Gives dead letters another try; returns when all of them had it.
     *
     * @return for each that can't be replayed, why not
     */
    List<String> replay(Choice choice);

    /** What a pass of every flow would do now. It may take long, and writes nothing. */
    PlanView plan();
}
