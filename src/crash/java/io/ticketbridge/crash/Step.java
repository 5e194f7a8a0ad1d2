package io.ticketbridge.crash;

import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.Faults;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Where a process is killed: at a place in its routes, by what has become of its request, or at any instant. */
enum Step {
    READING_STATES("while ticket states are read", 1, Hold.before("20", "take-ticket-states")),
    IN_PAGE("in a page", 40, Hold.before("40", "only-news"), Hold.after("45", "to-aggregate-findings")),
    BETWEEN_PAGES(
            "between pages",
            2,
            Hold.after("10", "to-split-vision-one"),
            Hold.after("14", "to-split-file-findings"),
            Hold.after("16", "to-split-evaluations")),
    IN_AGGREGATION(
            "in aggregation",
            1,
            Hold.before("55", "end-pass"),
            Hold.before("55", "mark-complete"),
            Hold.before("50", "to-decide-ticket")),
    AT_THE_WATERMARK(
            "in the watermark's move",
            1,
            Hold.before("10", "move-vision-one-watermark"),
            Hold.after("10", "move-vision-one-watermark"),
            Hold.before("16", "finish-report"),
            Hold.after("16", "finish-report"),
            Hold.before("13", "put-file-away")),
    BEFORE_INTENT(
            "before intent",
            2,
            Hold.after("60", "claim-group"),
            Hold.before("71", "intend-open-ticket"),
            Hold.before("72", "intend-change-ticket")),
    AFTER_INTENT(
            "after intent",
            2,
            Hold.after("71", "intend-open-ticket"),
            Hold.after("72", "intend-change-ticket"),
            Hold.before("73", "to-call-servicenow-write")),
    REQUEST_SENT("after the request is sent", 1),
    REQUEST_LOST("after the request is sent and lost", 1),
    COMMITTED("after the commit, before the answer", 1),
    ANSWERED("after the answer, before record", 2, Hold.before("73", "record-answer")),
    RECORDED("after record", 2, Hold.after("73", "record-answer"), Hold.before("71", "settle-open-ticket")),
    ATTACHING("between attachments", 1, Hold.before("74", "to-call-servicenow-upload"), Hold.after("74", "each-part")),
    LOOKING_UP(
            "in a look-up",
            1,
            Hold.before("65", "take-look-up"),
            Hold.after("65", "take-look-up"),
            Hold.before("65", "settle-looked-up")),
    RANDOM("at a random instant", 1);

    private static final RequestMatcher WRITES =
            RequestMatcher.writes().and((method, path) -> path.contains("/table/"));

    private static final RequestMatcher CHANGES =
            RequestMatcher.writes().and((method, path) -> path.contains("/table/incident/"));

    final String words;
    private final int most;
    final List<Hold> holds;

    Step(String words, int most, Hold... holds) {
        this.words = words;
        this.most = most;
        this.holds = List.of(holds);
    }

    boolean isHold() {
        return !holds.isEmpty();
    }

    Hold hold(Random random) {
        return isHold() ? holds.get(random.nextInt(holds.size())) : null;
    }

    /** Which passing of the place is meant. */
    int nth(Random random) {
        return 1 + random.nextInt(most);
    }

    /** Makes ServiceNow answer a write as this step needs it; null for steps that it does not know of. */
    Faults.Rule arm(ServiceNowSimulator serviceNow, Random random) {
        Fault fault =
                switch (this) {
                    // It takes effect after its sender is dead.
                    case REQUEST_SENT ->
                        Fault.slow(Duration.ofMillis(2000 + random.nextInt(4000)))
                                .named("commit after the sender's death");
                    case REQUEST_LOST ->
                        Fault.closedBeforeCommit()
                                .delayed(Duration.ofSeconds(2))
                                .named("request lost with its sender");
                    case COMMITTED -> Fault.slowAnswer(Duration.ofSeconds(2)).named("commit unanswered");
                    default -> null;
                };
        return fault == null
                ? null
                : serviceNow.faults().next(1 + random.nextInt(3), random.nextInt(3) == 0 ? WRITES : CHANGES, fault);
    }
}
