package io.ticketbridge.testing;

import io.ticketbridge.sandbox.http.Fault;
import io.ticketbridge.sandbox.scc.SccFaults;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What may befall any request and passes again: after any mix of these the end state is the one without faults. */
public final class FaultMix {
    private static final List<Fault> OF_ANY_SERVER = List.of(
            Fault.refused().named("reset-before"),
            Fault.lostAnswer().named("reset-after"),
            Fault.cutHalfWay().named("half-answer"),
            Fault.brokenJson().named("broken-json"),
            Fault.htmlPage(502).named("502-html"),
            Fault.slowBody().named("slow-body"));

    private FaultMix() {}

    /** @param timeout how long a request may take: the slow ones take longer */
    public static List<io.ticketbridge.sandbox.servicenow.Fault> ofServiceNow(Duration timeout) {
        Duration longer = timeout.plusMillis(500);
        Duration shorter = timeout.dividedBy(2);
        return List.of(
                io.ticketbridge.sandbox.servicenow.Fault.closedBeforeCommit(),
                io.ticketbridge.sandbox.servicenow.Fault.closedAfterCommit(),
                io.ticketbridge.sandbox.servicenow.Fault.commitAfterClose(shorter),
                io.ticketbridge.sandbox.servicenow.Fault.halfAnswer(),
                io.ticketbridge.sandbox.servicenow.Fault.brokenJson(),
                io.ticketbridge.sandbox.servicenow.Fault.accepted(),
                io.ticketbridge.sandbox.servicenow.Fault.accepted().afterCommit(),
                io.ticketbridge.sandbox.servicenow.Fault.loginPage(),
                io.ticketbridge.sandbox.servicenow.Fault.status(500),
                io.ticketbridge.sandbox.servicenow.Fault.status(500).afterCommit(),
                io.ticketbridge.sandbox.servicenow.Fault.status(502).html(),
                io.ticketbridge.sandbox.servicenow.Fault.status(503),
                io.ticketbridge.sandbox.servicenow.Fault.status(503).retryAfter(Duration.ofSeconds(1)),
                io.ticketbridge.sandbox.servicenow.Fault.status(429),
                io.ticketbridge.sandbox.servicenow.Fault.status(429).retryAfter(Duration.ofSeconds(1)),
                io.ticketbridge.sandbox.servicenow.Fault.slow(longer).named("timeout-late-commit"),
                io.ticketbridge.sandbox.servicenow.Fault.slowAnswer(longer).named("timeout-after-commit"),
                io.ticketbridge.sandbox.servicenow.Fault.slowBody(longer),
                io.ticketbridge.sandbox.servicenow.Fault.conditionsDropped(),
                io.ticketbridge.sandbox.servicenow.Fault.tokensRevoked());
    }

    public static List<Fault> ofVisionOne() {
        return with(
                VisionOneFaults.serverError(500).named("500"),
                VisionOneFaults.serverError(503).named("503"),
                VisionOneFaults.tooManyRequests(1).named("429-retry-after"),
                VisionOneFaults.tooManyRequestsWithoutHeaders().named("429"),
                VisionOneFaults.pageTokenExpired().named("page-token-expired"),
                VisionOneFaults.repeatedPage().named("repeated-page"));
    }

    public static List<Fault> ofScc() {
        return with(
                SccFaults.serverError(500).named("500"),
                SccFaults.upstreamTerminated().named("503"),
                SccFaults.tooManyRequests(1).named("429-retry-after"),
                SccFaults.tooManyRequestsWithoutHeaders().named("429"),
                SccFaults.unauthorized().named("401"),
                SccFaults.pageTokenExpired().named("page-token-expired"),
                SccFaults.emptyReport().named("empty-report"),
                SccFaults.halfReport().named("half-report"));
    }

    private static List<Fault> with(Fault... more) {
        List<Fault> all = new ArrayList<>(OF_ANY_SERVER);
        all.addAll(List.of(more));
        return all;
    }
}
