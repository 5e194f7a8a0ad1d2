package io.ticketbridge.command;

import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.engine.Failed;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code run} asks ServiceNow at its start, until it is answered: whether it can be used, and whether every state has a map. A
 * state without one ends the run (P23). On a thread of its own: an instance that does not answer must not hold up the stop.
 */
final class StartProbe implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StartProbe.class);

    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Runnable question;
    private final StopSignal stop;
    private final Duration again;
    private volatile int exit = TicketbridgeCommand.WELL;
    private String said = "";

    private StartProbe(Runnable question, StopSignal stop, Duration again) {
        this.question = question;
        this.stop = stop;
        this.again = again;
    }

    /** @param again after so long it is asked again the first time where nobody answered */
    static StartProbe begin(Runnable question, StopSignal stop, Duration again) {
        StartProbe probe = new StartProbe(question, stop, again);
        Thread thread = new Thread(probe, "probe");
        thread.setDaemon(true);
        thread.start();
        return probe;
    }

    /** The exit code of a run that has ended. */
    int exit() {
        return exit;
    }

    /** Asks less and less often: where a right is missing, each question is one of the hour's requests, and waiting changes nothing. */
    @Override
    public void run() {
        Duration pause = again;
        boolean answered = false;
        while (!answered && !stop.isAsked()) {
            answered = ask() || stop.await(pause);
            pause = pause.compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        }
    }

    private boolean ask() {
        try {
            question.run();
            if (!said.isEmpty()) {
                LOG.info("ServiceNow can be used now");
            }
            return true;
        } catch (CannotStart e) {
            e.getMessage().lines().forEach(LOG::error);
            exit = TicketbridgeCommand.UNUSABLE;
            stop.ask();
            return true;
        } catch (Failed e) {
            say(e.getMessage());
        } catch (RuntimeException e) {
            say("ServiceNow could not be asked: " + e);
        }
        return false;
    }

    private void say(String why) {
        // Once the engine stops, so does the question.
        if (!why.equals(said) && !stop.isAsked()) {
            said = why;
            LOG.error(
                    "{}. Nothing is lost: what can't be delivered is tried again, and ServiceNow is asked again", why);
        }
    }
}
