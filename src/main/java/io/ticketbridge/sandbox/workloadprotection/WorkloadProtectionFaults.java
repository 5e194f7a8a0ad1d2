package io.ticketbridge.sandbox.workloadprotection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.http.Request;
import java.util.function.Predicate;

/** What goes wrong with a Workload Protection, to be given to {@code faults()}; what goes wrong with any server is in {@link HttpFault}. */
public final class WorkloadProtectionFaults {
    private WorkloadProtectionFaults() {}

    /** The resources of one control, from the n-th page on. */
    public static Predicate<Request> resourcesOf(String controlId, int page) {
        return request -> request.path().endsWith("/resources")
                && request.query("controlId").orElse("").equals(controlId)
                && request.query("pageNumber").map(Integer::parseInt).orElse(1) >= page;
    }

    /** Pages of requirements, from the n-th on. */
    public static Predicate<Request> requirements(int page) {
        return request -> request.path().endsWith("/compliance/requirements")
                && request.query("pageNumber").map(Integer::parseInt).orElse(1) >= page;
    }

    public static HttpFault serverError(int status) {
        return HttpFault.answer(PostureRoutes.error(status, "internal error"));
    }

    /** The 503 of the proxy in front: plain text. */
    public static HttpFault upstreamTerminated() {
        return HttpFault.answer(Answer.text(
                503,
                "text/plain",
                "upstream connect error or disconnect/reset before headers. reset reason: connection termination"));
    }

    public static HttpFault unauthorized() {
        return HttpFault.answer(PostureRoutes.error(401, "no credentials in request"));
    }

    public static HttpFault tooManyRequests(long retryAfterSeconds) {
        return HttpFault.answer(
                PostureRoutes.error(429, "rate limit exceeded").with("Retry-After", Long.toString(retryAfterSeconds)));
    }

    /** A page without anything on it, though the count says that there is more. */
    public static HttpFault droppedPage() {
        return HttpFault.rewritten(page -> page.putArray("data"));
    }

    /** A count that is so much higher than what there is. */
    public static HttpFault wrongTotal(int more) {
        return HttpFault.rewritten(
                page -> page.put("totalCount", page.path("totalCount").asInt() + more));
    }

    /** The last resource of a page is not there, and another is there twice: the list moved while it was read. */
    public static HttpFault movedList() {
        return HttpFault.rewritten(page -> {
            if (page.get("data") instanceof ArrayNode data && data.size() > 1) {
                data.set(data.size() - 1, data.get(0));
            }
        });
    }

    /** An answer in which everything is empty, as when an agent is gone. */
    public static HttpFault nothingThere() {
        return HttpFault.rewritten(page -> {
            page.putArray("data");
            page.put("totalCount", 0);
        });
    }
}
