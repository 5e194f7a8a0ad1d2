package io.ticketbridge.sandbox.scc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.http.RateLimit;
import io.ticketbridge.sandbox.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** What goes wrong with an SCC, to be given to {@code faults()}; what goes wrong with any server is in {@link HttpFault}. */
public final class SccFaults {
    private SccFaults() {}

    /** Pages of evaluations after the first: a fault there leaves a report half read. */
    public static Predicate<Request> laterPages() {
        return request -> request.path().endsWith("/evaluations")
                && request.query("start").isPresent();
    }

    /** 500 or another status with a JSON body. */
    public static HttpFault serverError(int status) {
        return HttpFault.answer(SccErrors.of(status, "internal_server_error", "Something went wrong on our side."));
    }

    /** The 503 of the proxy in front: plain text. */
    public static HttpFault upstreamTerminated() {
        return HttpFault.answer(Answer.text(
                503,
                "text/plain",
                "upstream connect error or disconnect/reset before headers. retried and the latest reset reason:"
                        + " connection termination"));
    }

    /** 400 to a page after the first, as when its token is asked for too late; other requests pass. */
    public static HttpFault pageTokenExpired() {
        return (request, simulator) -> request.query("start").isPresent()
                ? HttpFault.answer(SccErrors.badRequest("start is not valid any more"))
                        .apply(request, simulator)
                : simulator.handle(request);
    }

    /** A page of evaluations without any, and none to follow. */
    public static HttpFault emptyReport() {
        return onEvaluations((page, evaluations) -> {
            evaluations.removeAll();
            page.put("total_count", 0);
        });
    }

    /** A page of evaluations that ends half way, and none to follow, though the count says that there are more. */
    public static HttpFault halfReport() {
        return onEvaluations((page, evaluations) -> {
            for (int left = evaluations.size() / 2; evaluations.size() > left; ) {
                evaluations.remove(evaluations.size() - 1);
            }
        });
    }

    private static HttpFault onEvaluations(BiConsumer<ObjectNode, ArrayNode> change) {
        return HttpFault.rewritten(page -> {
            if (page.get("evaluations") instanceof ArrayNode evaluations) {
                change.accept(page, evaluations);
                page.remove("next");
            }
        });
    }

    public static HttpFault unauthorized() {
        return HttpFault.answer(SccErrors.unauthorized());
    }

    /** 403, as when the service role Reader is missing. */
    public static HttpFault forbidden() {
        return HttpFault.answer(SccErrors.of(403, "forbidden", "The service role Reader is missing."));
    }

    /** 429 that says how many seconds to wait. */
    public static HttpFault tooManyRequests(long retryAfterSeconds) {
        return HttpFault.answer(refusal().with("Retry-After", Long.toString(retryAfterSeconds)));
    }

    /** 429 that says nothing about when. */
    public static HttpFault tooManyRequestsWithoutHeaders() {
        return HttpFault.answer(refusal());
    }

    /** A limit of requests in 60 seconds, to be set with {@code always}. */
    public static HttpFault rateLimit(Clock clock, int perMinute, boolean withHeaders) {
        return new RateLimit(
                clock,
                perMinute,
                Duration.ofMinutes(1),
                wait -> withHeaders ? refusal().with("Retry-After", Long.toString(wait)) : refusal());
    }

    private static Answer refusal() {
        return SccErrors.of(429, "too_many_requests", "Too many requests.");
    }
}
