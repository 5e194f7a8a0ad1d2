package io.ticketbridge.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.fault.AnswerTooLong;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.fault.PassingStatus;
import io.ticketbridge.fault.RetryAfter;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.pair.SourceWrites;
import io.ticketbridge.ledger.ticket.Groups;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.SyncPlan;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a call to Vision One (vision-one.md, section 1.5): a refused precondition is read again and merged at once, what
 * may pass is tried again later, what never will is in the dead letters and the rest goes on (P18).
 */
public final class VisionOneAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(VisionOneAnswers.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIELDS = "the fields of ";
    private static final String NOTE = "a note on ";
    private static final String FILE = "a file of ";
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration USUAL_WAIT = Duration.ofSeconds(1);

    private final Settings settings;
    private final Groups groups;
    private final Pairs pairs;
    private final SourceWrites writes;
    private final DeadLetters deadLetters;
    private final Clock clock;

    public VisionOneAnswers(
            Settings settings, Groups groups, Pairs pairs, SourceWrites writes, DeadLetters deadLetters, Clock clock) {
        this.settings = settings;
        this.groups = groups;
        this.pairs = pairs;
        this.writes = writes;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /** Before fields are sent: the group must still be ours, and the write is kept with its reason. */
    public long sendingFields(GroupCase claimed, SyncPlan plan) {
        groups.keep(claimed);
        return writes.sending(claimed, "fields", plan.toSourceReason(), String.valueOf(plan.toSource()));
    }

    /** The same for a note or a file. */
    public long sendingNote(GroupCase claimed, Pair pair, String id, String reason, String text) {
        groups.keep(claimed, () -> pairs.carried(pair, id, "sending"));
        return writes.sending(claimed, "note", reason, text);
    }

    /**
     * Takes a failed call.
     *
     * @return 404 if Vision One itself says that what was to be read is not there
     * @throws NotNow if it is to be tried again
     * @throws Refusal if it never will pass
     */
    public int failed(String flowName, Exchange exchange) {
        FlowSettings flow = settings.flows().get(flowName);
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (error instanceof AnswerTooLong) {
            throw new Refusal(Causes.sentence(error), error, false);
        }
        if (!(error instanceof HttpOperationFailedException http)) {
            throw new NotNow("Vision One's answer did not arrive: " + Causes.sentence(error), rest(flow));
        }
        String said = Causes.sentence(http);
        boolean isRead = "GET".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD));
        Duration wait = RetryAfter.of(http.getResponseHeaders(), clock.instant());
        Duration capped = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        switch (http.getStatusCode()) {
            case 404:
                if (isRead && isSaidByVisionOne(http)) {
                    return 404;
                }
                throw new NotNow(said, USUAL_WAIT);
            case 412:
                throw new NotNow("the case or alert was changed meanwhile: it is read again and merged", Duration.ZERO);
            case 401, 425, 429:
                throw new NotNow(said, capped.isZero() ? USUAL_WAIT : capped);
            case 503:
                // A write may have been carried out all the same.
                throw new NotNow(said, max(isRead ? USUAL_WAIT : rest(flow), capped));
            default:
                if (PassingStatus.is(http.getStatusCode())) {
                    throw new NotNow(said, rest(flow));
                }
                throw new Refusal(said, http, http.getStatusCode() == 403);
        }
    }

    /** A gateway or proxy that does not find its way answers 404, too: that says nothing of what was asked for. */
    private static boolean isSaidByVisionOne(HttpOperationFailedException http) {
        try {
            return "NotFound"
                    .equals(JSON.readTree(Objects.requireNonNullElse(http.getResponseBody(), ""))
                            .path("error")
                            .path("code")
                            .asText());
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** As long as a request can still be under way at Vision One after it was given up on. */
    private Duration rest(FlowSettings flow) {
        return settings.visionOne().get(flow.instance()).requestTimeout();
    }

    private static Duration max(Duration one, Duration two) {
        return one.compareTo(two) > 0 ? one : two;
    }

    public void done(GroupCase claimed, long write) {
        writes.ended(write, "done", null);
        deadLetters.allowed(claimed.group().flow(), FIELDS + claimed.group().label());
    }

    public void carried(GroupCase claimed, Pair pair, String id, long write) {
        pairs.carried(pair, id, "carried");
        writes.ended(write, "done", null);
        deadLetters.allowed(claimed.group().flow(), NOTE + claimed.group().label());
    }

    /** A file of the case is on the ticket, or gone. */
    public void fileCarried(GroupCase claimed, Pair pair, String id) {
        pairs.carried(pair, id, "carried");
        deadLetters.allowed(claimed.group().flow(), FILE + claimed.group().label());
    }

    /** Vision One refused the fields for good: both sides stay as they are until one of them changes. */
    public void fieldsRefused(GroupCase claimed, long write, Exchange exchange) {
        ended(write, refusal(exchange));
        bury(claimed, null, refusal(exchange), FIELDS, writes.request(write));
    }

    /** Vision One refused a note for good: the others follow all the same. One that only the token may not write is still owed. */
    public void noteRefused(GroupCase claimed, Pair pair, String id, long write, Exchange exchange) {
        ended(write, refusal(exchange));
        refused(claimed, pair, id, refusal(exchange), NOTE, writes.request(write));
    }

    /** Vision One does not hand out a file of a case: likewise. */
    public void fileRefused(GroupCase claimed, Pair pair, String id, Exchange exchange) {
        refused(claimed, pair, id, refusal(exchange), FILE, "the file with the id " + id);
    }

    private void ended(long write, Refusal refusal) {
        writes.ended(write, "refused", refusal.getMessage());
    }

    private void refused(GroupCase claimed, Pair pair, String id, Refusal refusal, String what, String request) {
        bury(claimed, id, refusal, what, request);
        if (!refusal.isOfRights()) {
            pairs.carried(pair, id, "refused");
        }
    }

    private static Refusal refusal(Exchange exchange) {
        return ObjectHelper.getException(
                Refusal.class, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    private void bury(GroupCase claimed, String note, Refusal refusal, String what, String request) {
        String flow = claimed.group().flow();
        String which = what + claimed.group().label();
        String error = "Vision One refused " + which + ": " + refusal.getMessage();
        LOG.error("{}. flow={}", error, flow);
        if (refusal.isOfRights()) {
            deadLetters.notAllowed(
                    flow,
                    claimed.group().runId(),
                    claimed.group().id(),
                    claimed.latest().orElseThrow().generation(),
                    error,
                    which);
        } else {
            deadLetters.unsynced(
                    flow,
                    claimed.group().runId(),
                    claimed.group().id(),
                    claimed.latest().orElseThrow().generation(),
                    note,
                    error,
                    request,
                    Causes.answer(refusal));
        }
    }
}
