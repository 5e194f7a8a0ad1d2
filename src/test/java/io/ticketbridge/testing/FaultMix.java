package io.ticketbridge.testing;

import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.scc.SccFaults;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What may befall any request and passes again: after any mix of these the end state is the one without faults. */
public final class FaultMix {
    private static final List<HttpFault> OF_ANY_SERVER = List.of(
            HttpFault.refused().named("reset-before"),
            HttpFault.lostAnswer().named("reset-after"),
            HttpFault.cutHalfWay().named("half-answer"),
            HttpFault.brokenJson().named("broken-json"),
            HttpFault.htmlPage(502).named("502-html"),
            HttpFault.slowBody().named("slow-body"));

    private FaultMix() {}

    /** @param timeout how long a request may take: the slow ones take longer */
    public static List<Fault> ofServiceNow(Duration timeout) {
        Duration longer = timeout.plusMillis(500);
        Duration shorter = timeout.dividedBy(2);
        return List.of(
                Fault.closedBeforeCommit(),
                Fault.closedAfterCommit(),
                Fault.commitAfterClose(shorter),
                Fault.halfAnswer(),
                Fault.brokenJson(),
                Fault.accepted(),
                Fault.accepted().afterCommit(),
                Fault.loginPage(),
                Fault.status(500),
                Fault.status(500).afterCommit(),
                Fault.status(502).html(),
                Fault.status(503),
                Fault.status(503).retryAfter(Duration.ofSeconds(1)),
                Fault.status(429),
                Fault.status(429).retryAfter(Duration.ofSeconds(1)),
                Fault.slow(longer).named("timeout-late-commit"),
                Fault.slowAnswer(longer).named("timeout-after-commit"),
                Fault.slowBody(longer),
                Fault.conditionsDropped(),
                Fault.tokensRevoked());
    }

    public static List<HttpFault> ofVisionOne() {
        return with(
                VisionOneFaults.serverError(500).named("500"),
                VisionOneFaults.serverError(503).named("503"),
                VisionOneFaults.tooManyRequests(1).named("429-retry-after"),
                VisionOneFaults.tooManyRequestsWithoutHeaders().named("429"),
                VisionOneFaults.pageTokenExpired().named("page-token-expired"),
                VisionOneFaults.repeatedPage().named("repeated-page"));
    }

    public static List<HttpFault> ofScc() {
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

    private static List<HttpFault> with(HttpFault... more) {
        List<HttpFault> all = new ArrayList<>(OF_ANY_SERVER);
        all.addAll(List.of(more));
        return all;
    }
}
