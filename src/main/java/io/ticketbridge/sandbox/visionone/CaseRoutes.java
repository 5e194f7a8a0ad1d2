package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Request;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The cases themselves. */
final class CaseRoutes {
    static final String CASES = "/v3.0/caseManagement/cases";

    private final Options options;
    private final CaseStore store;
    private final ListPages pages;
    private final NoteRoutes notes;

    CaseRoutes(Options options, CaseStore store, ListPages pages) {
        this.options = options;
        this.store = store;
        this.pages = pages;
        this.notes = new NoteRoutes(store, pages);
    }

    /** Answers what is below {@link #CASES}, as one step. */
    Answer handle(Request request) throws IOException {
        synchronized (store) {
            return route(request);
        }
    }

    private Answer route(Request request) throws IOException {
        if (request.path().equals(CASES)) {
            return switch (request.method()) {
                case "GET" -> list(request);
                case "POST" -> create(Bodies.object(request));
                default -> ApiErrors.noSuchPath();
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
                default -> ApiErrors.noSuchPath();
            };
        }
        return notes.handle(found.get(), rest.subList(1, rest.size()), request);
    }

    private Answer list(Request request) {
        ListRequest list = ListRequest.read(request, ListRules.CASES);
        return Answer.json(
                200,
                pages.page(store.all().stream().map(stored -> stored.entry.json).toList(), list, CASES));
    }

    private Answer create(ObjectNode body) {
        CaseRules.checkCreate(body);
        checkTicket(body, "");
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
        return Bodies.created(CASES + "/" + added.id());
    }

    private Answer patch(StoredCase found, Request request) throws IOException {
        ObjectNode body = Bodies.object(request);
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
        checkTicket(body, found.id());
        store.update(found, body, People.API_KEY);
        return Answer.empty(204);
    }

    /** A ticket's id belongs to one case. */
    private void checkTicket(ObjectNode body, String caseId) {
        String ticket = body.path("externalTicketId").asText();
        if (!ticket.isEmpty()
                && store.all().stream()
                        .filter(other -> !other.id().equals(caseId))
                        .anyMatch(other -> other.entry
                                .json
                                .path("externalTicketId")
                                .asText()
                                .equals(ticket))) {
            throw new BadRequest("DuplicateExternalTicketId", "Another case has this externalTicketId.");
        }
    }
}
