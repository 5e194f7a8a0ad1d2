package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Request;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The Workbench alerts and their notes. */
final class AlertRoutes {
    static final String ALERTS = "/v3.0/workbench/alerts";

    /** How far back a list reaches unless it says so. */
    private static final Duration USUAL_WINDOW = Duration.ofHours(24);

    private final Clock clock;
    private final AlertStore store;
    private final ListPages pages;

    AlertRoutes(Clock clock, AlertStore store, ListPages pages) {
        this.clock = clock;
        this.store = store;
        this.pages = pages;
    }

    /** Answers what is below {@link #ALERTS}, as one step. */
    Answer handle(Request request) throws IOException {
        synchronized (store) {
            return route(request);
        }
    }

    private Answer route(Request request) throws IOException {
        if (request.path().equals(ALERTS)) {
            return request.method().equals("GET") ? list(request) : ApiErrors.noSuchPath();
        }
        List<String> rest =
                List.of(request.path().substring(ALERTS.length() + 1).split("/"));
        Optional<StoredAlert> found = store.find(rest.get(0));
        if (found.isEmpty()) {
            return AlertErrors.notFound();
        }
        StoredAlert alert = found.get();
        return switch (request.method() + " " + place(rest)) {
            case "GET alert" -> Answer.json(200, alert.entry.json).with("ETag", alert.entry.quotedEtag());
            case "PATCH alert" -> patch(alert, request);
            case "GET notes" -> notes(alert, request);
            case "POST notes" -> addNote(alert, Bodies.object(request));
            case "POST delete" -> deleteNotes(alert, AlertRules.ids(Bodies.array(request)));
            case "GET note", "PATCH note" -> note(alert, rest.get(2), request);
            default -> ApiErrors.noSuchPath();
        };
    }

    private static String place(List<String> rest) {
        if (rest.size() == 1) {
            return "alert";
        }
        if (!rest.get(1).equals("notes") || rest.size() > 3) {
            return "elsewhere";
        }
        return rest.size() == 2 ? "notes" : rest.get(2).equals("delete") ? "delete" : "note";
    }

    private Answer list(Request request) {
        ListRequest list =
                ListRequest.read(request, ListRules.ALERTS, clock.instant().minus(USUAL_WINDOW));
        return Answer.json(
                200,
                pages.page(store.all().stream().map(stored -> stored.entry.json).toList(), list, ALERTS));
    }

    private Answer patch(StoredAlert alert, Request request) throws IOException {
        ObjectNode changes = AlertRules.changes(Bodies.object(request));
        if (!Etags.matchAsItIs(request.header("If-Match").orElse("*"), alert.entry.quotedEtag())) {
            return AlertErrors.conditionNotMet();
        }
        store.update(alert, changes);
        return Answer.empty(204);
    }

    private Answer notes(StoredAlert alert, Request request) {
        ListRequest list = ListRequest.read(request, ListRules.ALERT_NOTES);
        return Answer.json(
                200,
                pages.page(alert.notes.values().stream().map(note -> note.json).toList(), list, request.path()));
    }

    private Answer addNote(StoredAlert alert, ObjectNode body) {
        Entry note = store.addNote(alert, People.API_KEY, null, AlertRules.content(body));
        return Bodies.created(
                ALERTS + "/" + alert.id() + "/notes/" + note.json.get("id").asText());
    }

    private Answer deleteNotes(StoredAlert alert, List<Integer> ids) {
        if (!alert.notes.keySet().containsAll(ids)) {
            return AlertErrors.notFound();
        }
        store.deleteNotes(alert, ids);
        return Answer.empty(204);
    }

    private Answer note(StoredAlert alert, String id, Request request) throws IOException {
        Entry note = id.matches("\\d{1,9}") ? alert.notes.get(Integer.parseInt(id)) : null;
        if (note == null) {
            return AlertErrors.notFound();
        }
        if (request.method().equals("GET")) {
            return Answer.json(200, note.json).with("ETag", note.quotedEtag());
        }
        String content = AlertRules.content(Bodies.object(request));
        if (!Etags.matchAsItIs(request.header("If-Match").orElse("*"), note.quotedEtag())) {
            return AlertErrors.conditionNotMet();
        }
        store.changeNote(alert, note, content, People.API_KEY);
        return Answer.empty(204);
    }
}
