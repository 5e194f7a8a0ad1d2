package io.ticketbridge.sandbox;

import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A second person, who edits at random on both sides: tickets that an integration opened (those with a correlation id), and
 * cases. One seed gives one sequence of edits of the same things. Safe for many threads, each edit being one step.
 */
public final class Colleague {
    /** Who edits tickets: user name of {@code sys_updated_by} and {@code sys_created_by}. */
    public static final String USER = "fred.luddy";
    /** Who edits cases: name of the creator of notes and of the last updater. */
    public static final String ANALYST = "Ines Okafor";

    private final Random random;
    private final Notebook notebook;
    private final TicketEdits tickets;
    private final CaseEdits cases;

    public Colleague(VisionOneSimulator visionOne, ServiceNowSimulator serviceNow, long seed) {
        random = new Random(seed);
        Wording wording = new Wording(random, seed);
        notebook = new Notebook(wording);
        tickets = new TicketEdits(serviceNow, wording, notebook);
        cases = new CaseEdits(visionOne, wording, notebook);
    }

    /**
     * Makes one edit, on either side.
     *
     * @return what was done; nothing where that side has nothing to edit
     * @throws IllegalStateException if a rule of the instance forbids it; nothing was changed then
     */
    public synchronized Optional<Edit> editOnce() {
        return random.nextBoolean() ? tickets.once() : cases.once();
    }

    /** Every note typed so far, in order. */
    public List<TypedNote> notes() {
        return notebook.all();
    }
}
