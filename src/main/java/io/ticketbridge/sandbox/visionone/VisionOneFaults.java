package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.http.RateLimit;
import io.ticketbridge.sandbox.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What goes wrong with a Vision One, to be given to {@code faults()}. What goes wrong with any server (HTML pages, slow
 * answers, cut connections, JSON that does not end) is in {@link HttpFault}.
 */
public final class VisionOneFaults {
    private VisionOneFaults() {}

    /** 500, 503, 504, or a gateway's own 491, with a JSON body. */
    public static HttpFault serverError(int status) {
        return (request, simulator) -> ApiErrors.internal(request.path(), status);
    }

    /** Does what was asked, and answers 491, 500, 503 or 504 all the same: the client cannot know. */
    public static HttpFault serverErrorAfterCommit(int status) {
        return (request, simulator) -> {
            simulator.handle(request);
            return ApiErrors.internal(request.path(), status);
        };
    }

    /**
     * 412 to every request that carries {@code If-Match}, as if somebody had just been faster; other requests pass. Set for
     * many requests or with {@code always}, it is a storm.
     */
    public static HttpFault conditionNotMet() {
        return (request, simulator) -> request.header("If-Match").isPresent()
                ? ApiErrors.conditionNotMet(request.path())
                : simulator.handle(request);
    }

    /** This fault, but on writes only; reads pass. */
    public static HttpFault onWrites(HttpFault fault) {
        return (request, simulator) -> request.isWrite() ? fault.apply(request, simulator) : simulator.handle(request);
    }

    /** 429 that says how many seconds to wait. */
    public static HttpFault tooManyRequests(long retryAfterSeconds) {
        return HttpFault.answer(refusal(retryAfterSeconds, 60));
    }

    /** 429 that says nothing about when. */
    public static HttpFault tooManyRequestsWithoutHeaders() {
        return HttpFault.answer(ApiErrors.tooManyRequests());
    }

    /** A limit of requests that come in within 60 seconds, answered or not, to be set with {@code always}. */
    public static HttpFault rateLimit(Clock clock, int perMinute, boolean withHeaders) {
        return new RateLimit(
                        clock,
                        perMinute,
                        Duration.ofMinutes(1),
                        wait -> withHeaders ? refusal(wait, perMinute) : ApiErrors.tooManyRequests())
                .countingRefused();
    }

    /** 401, as after an API key was disabled. */
    public static HttpFault invalidToken() {
        return HttpFault.answer(ApiErrors.invalidToken());
    }

    /** 403, as for an API key whose role lacks a right. */
    public static HttpFault accessDenied() {
        return HttpFault.answer(AlertErrors.accessDenied());
    }

    /** A page that is the last although there are more. */
    public static HttpFault truncatedList() {
        return onPages(page -> page.remove("nextLink"));
    }

    /** 400 to the next page, as when a skip token is asked for too late; other requests pass. */
    public static HttpFault pageTokenExpired() {
        return (request, simulator) -> request.query("skipToken").isPresent()
                ? CaseErrors.badRequest("InvalidSkipToken", "The skip token is not valid.")
                : simulator.handle(request);
    }

    /** A page without items whose next link leads to the page that was asked for. */
    public static HttpFault emptyPageWithNextLink() {
        return (request, simulator) -> onPages(page -> {
                    page.put("count", 0);
                    page.putArray("items");
                    page.put("nextLink", sameLink(request));
                })
                .apply(request, simulator);
    }

    /** The page that was asked for, with a next link that leads to it again. */
    public static HttpFault repeatedPage() {
        return (request, simulator) ->
                onPages(page -> page.put("nextLink", sameLink(request))).apply(request, simulator);
    }

    /** {@code "items": null}, without a next link. */
    public static HttpFault itemsNull() {
        return onPages(page -> {
            page.putNull("items");
            page.remove("nextLink");
        });
    }

    /** A null among the items. */
    public static HttpFault nullItem() {
        return onItems(items -> items.insertNull(items.size() / 2));
    }

    /** A string among the items. */
    public static HttpFault stringItem() {
        return onItems(items -> items.insert(items.size() / 2, "CL-00005-00000000-00000"));
    }

    /** An item without an id among the others. */
    public static HttpFault itemWithoutId() {
        return onItems(items -> items.insertObject(items.size() / 2)
                .put("name", "A case without an id")
                .put("status", "Open"));
    }

    /** The counts of a page as strings. */
    public static HttpFault numbersAsStrings() {
        return onPages(page -> List.of("totalCount", "count")
                .forEach(name -> page.put(name, page.path(name).asText())));
    }

    /** Times as they are, without the Z that says that they are UTC. */
    public static HttpFault timesWithoutZone() {
        return HttpFault.rewritten(VisionOneFaults::dropZones);
    }

    private static void dropZones(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(field -> field.getKey().endsWith("DateTime"))
                    .filter(field -> field.getValue().asText().endsWith("Z"))
                    .forEach(field -> field.setValue(
                            TextNode.valueOf(field.getValue().asText().replaceFirst("Z$", ""))));
        }
        node.forEach(VisionOneFaults::dropZones);
    }

    /** Fields and values that no document names, on half of the items. */
    public static HttpFault unknownFieldsAndValues(long seed) {
        Random random = new Random(seed);
        List<String> ofCases = List.of("type", "status", "priority", "findings");
        List<String> ofAlerts = List.of("status", "severity", "investigationResult", "alertProvider", "modelType");
        return onItems(items -> items.forEach(item -> {
            synchronized (random) {
                if (random.nextBoolean() && item instanceof ObjectNode object) {
                    object.putObject("aiSummary")
                            .put("text", "unknown")
                            .putArray("tags")
                            .add(1)
                            .addNull();
                    List<String> fields = object.has("workbenchLink") ? ofAlerts : ofCases;
                    object.put(fields.get(random.nextInt(fields.size())), "Reticulated");
                }
            }
        }));
    }

    private static Answer refusal(long retryAfterSeconds, int perMinute) {
        return ApiErrors.tooManyRequests()
                .with("Retry-After", Long.toString(retryAfterSeconds))
                .with("RateLimit-Limit", Integer.toString(perMinute));
    }

    private static HttpFault onPages(Consumer<ObjectNode> change) {
        return HttpFault.rewritten(page -> {
            if (page.has("items")) {
                change.accept(page);
            }
        });
    }

    private static HttpFault onItems(Consumer<ArrayNode> change) {
        return onPages(page -> {
            JsonNode items = page.get("items");
            if (items instanceof ArrayNode array) {
                change.accept(array);
            }
        });
    }

    private static String sameLink(Request request) {
        return ListPages.VENDOR_HOST + request.path() + (request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery());
    }
}
