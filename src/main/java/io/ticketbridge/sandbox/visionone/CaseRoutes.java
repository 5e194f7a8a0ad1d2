package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Handler;
import io.ticketbridge.sandbox.http.Request;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Checks the key, its role and the size of the body, and finds who answers. */
final class CaseRoutes implements Handler {
    static final String CASES = "/v3.0/caseManagement/cases";

    private static final int MAX_BODY = 1_048_576;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CASE_FILTERS = Set.of("type", "priority", "status");
    private static final Set<String> CASE_ORDERS = Set.of("priority", "createdDateTime");

    private final Options options;
    private final CaseStore store;
    private final CasePages pages;
    private final NoteRoutes notes;
    private final AtomicLong traces = new AtomicLong();

    CaseRoutes(Options options, CaseStore store) {
        this.options = options;
        this.store = store;
        this.pages = new CasePages(options.nextLinks());
        this.notes = new NoteRoutes(store, pages);
    }

    @Override
    public Answer handle(Request request) throws IOException {
        Answer answer;
        try {
            answer = checked(request);
        } catch (BadRequest e) {
            answer = CaseErrors.badRequest(e.code(), e.getMessage());
        }
        return answer.with("x-trace-id", String.format("sandbox-%08d", traces.incrementAndGet()));
    }

    private Answer checked(Request request) throws IOException {
        String authorization = request.header("Authorization").orElse("");
        boolean readOnly = authorization.equals("Bearer " + options.readOnlyToken());
        if (!readOnly && !authorization.equals("Bearer " + options.token())) {
            return CaseErrors.invalidToken();
        }
        if (request.path().equals("/v3.0/healthcheck/connectivity")
                && request.method().equals("GET")) {
            return Answer.json(200, JsonNodeFactory.instance.objectNode().put("status", "available"));
        }
        if (!request.path().equals(CASES) && !request.path().startsWith(CASES + "/")) {
            return CaseErrors.noSuchPath();
        }
        if (readOnly && request.isWrite()) {
            return CaseErrors.accessDenied();
        }
        if (request.body().length > MAX_BODY && !request.path().endsWith("/attachments")) {
            return CaseErrors.tooLarge();
        }
        synchronized (store) {
            return route(request);
        }
    }

    private Answer route(Request request) throws IOException {
        if (request.path().equals(CASES)) {
            return switch (request.method()) {
                case "GET" -> list(request);
                case "POST" -> create(body(request));
                default -> CaseErrors.noSuchPath();
            };
        }
        List<String> rest = List.of(request.path().substring(CASES.length() + 1).split("/"));
        Optional<StoredCase> found = store.find(rest.get(0));
        if (found.isEmpty()) {
            return CaseErrors.notFound();
        }
        if (rest.size() == 1) {
            return switch (request.method()) {
                case "GET" ->
                    Answer.json(200, found.get().entry.json)
                            .with("ETag", found.get().entry.etag());
                case "PATCH" -> patch(found.get(), request);
                default -> CaseErrors.noSuchPath();
            };
        }
        return notes.handle(found.get(), rest.subList(1, rest.size()), request);
    }

    private Answer list(Request request) {
        ListRequest list = ListRequest.read(request, CASE_FILTERS, CASE_ORDERS);
        return Answer.json(
                200,
                pages.page(store.all().stream().map(stored -> stored.entry.json).toList(), list, CASES));
    }

    private Answer create(ObjectNode body) {
        CaseRules.checkCreate(body);
        String ticket = body.path("externalTicketId").asText();
        if (!ticket.isEmpty()
                && store.all().stream().anyMatch(other -> other.entry
                        .json
                        .path("externalTicketId")
                        .asText()
                        .equals(ticket))) {
            throw new BadRequest("DuplicateExternalTicketId", "Another case has this externalTicketId.");
        }
        ObjectNode fields = body.deepCopy();
        fields.remove(List.of("externalTicketAlias", "mailReceivers"));
        if (!fields.has("type")) {
            fields.put("type", "TPIServiceNow");
        }
        if (fields.has("owners")) {
            ArrayNode owners = JsonNodeFactory.instance.arrayNode();
            body.get("owners").forEach(id -> owners.add(People.withId(id.asText())));
            fields.set("owners", owners);
        }
        StoredCase added = store.add(fields, People.API_KEY, options.clock().instant());
        return created(CASES + "/" + added.id());
    }

    private Answer patch(StoredCase found, Request request) throws IOException {
        ObjectNode body = body(request);
        CaseRules.checkPatch(body);
        if (!Etags.match(request.header("If-Match").orElse("*"), found.entry.etag())) {
            return CaseErrors.conditionNotMet();
        }
        // "Deleted" says that the ticket is gone; the case stays as it is.
        if (body.path("status").asText().equals("Deleted")) {
            body.remove("status");
        }
        if (options.findingsRequiredToClose()
                && body.path("status").asText().equals("Closed")
                && found.entry.json.path("type").asText().equals("Workbench")
                && !body.has("findings")) {
            throw new BadRequest("FindingsMissing", "A Workbench case needs findings to be closed.");
        }
        store.update(found, body, People.API_KEY);
        return Answer.empty(204);
    }

    static Answer created(String path) {
        return Answer.empty(201).with("Location", CasePages.VENDOR_HOST + path);
    }

    static ObjectNode body(Request request) throws IOException {
        try {
            JsonNode body = JSON.readTree(request.body());
            if (body instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new BadRequest("InvalidJson", "The body is not JSON.");
        }
        throw new BadRequest("InvalidJson", "The body must be a JSON object.");
    }
}
