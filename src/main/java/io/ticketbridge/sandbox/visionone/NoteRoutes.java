package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The notes ({@code contents}) and attachments of one case. */
final class NoteRoutes {
    private final CaseStore store;
    private final ListPages pages;

    NoteRoutes(CaseStore store, ListPages pages) {
        this.store = store;
        this.pages = pages;
    }

    /** @param rest the segments of the path after the case's id */
    Answer handle(StoredCase found, List<String> rest, Request request) throws IOException {
        String call = request.method() + " " + rest.get(0) + (rest.size() == 1 ? "" : "/*");
        if (rest.size() > 2) {
            return ApiErrors.noSuchPath();
        }
        return switch (call) {
            case "GET contents" -> list(found, request);
            case "POST contents" -> add(found, Bodies.object(request));
            case "GET contents/*", "PATCH contents/*", "DELETE contents/*" -> one(found, rest.get(1), request);
            case "POST attachments" -> upload(found, request);
            case "GET attachments/*", "DELETE attachments/*" -> attachment(found, rest.get(1), request);
            default -> ApiErrors.noSuchPath();
        };
    }

    private Answer list(StoredCase found, Request request) {
        ListRequest list = ListRequest.read(request, ListRules.CONTENTS);
        List<ObjectNode> all =
                found.notes.values().stream().map(note -> note.json).toList();
        return Answer.json(200, pages.page(all, list, request.path()));
    }

    private Answer add(StoredCase found, ObjectNode body) {
        CaseRules.checkNote(body, true);
        List<String> attachments = attachmentIds(found, body, "");
        Entry note = store.addNote(found, People.API_KEY, body.get("comment").asText(), attachments);
        return Bodies.created(CaseRoutes.CASES + "/" + found.id() + "/contents/"
                + note.json.get("id").asText());
    }

    private Answer one(StoredCase found, String noteId, Request request) throws IOException {
        Entry note = found.notes.get(noteId);
        if (note == null) {
            return CaseErrors.notFound();
        }
        if (request.method().equals("GET")) {
            return Answer.json(200, note.json).with("ETag", note.etag());
        }
        if (request.method().equals("DELETE")) {
            store.deleteNote(found, noteId);
            return Answer.empty(204);
        }
        ObjectNode body = Bodies.object(request);
        CaseRules.checkNote(body, false);
        if (!Etags.match(request.header("If-Match").orElse("*"), note.etag())) {
            return CaseErrors.conditionNotMet();
        }
        List<String> attachments = body.has("attachmentIds") ? attachmentIds(found, body, noteId) : null;
        store.changeNote(found, note, body.get("comment"), attachments);
        return Answer.empty(204);
    }

    private Answer upload(StoredCase found, Request request) {
        Map<String, Multipart> parts = Multipart.read(request);
        Multipart file = parts.get("file");
        Multipart external = parts.get("externalAttachmentId");
        if ((file == null) == (external == null)) {
            throw new BadRequest("FileMissing", "Send either a file or an externalAttachmentId.");
        }
        StoredCase.Attachment added = file != null
                ? store.attach(found, file.fileName().isEmpty() ? "file" : file.fileName(), file.content())
                : store.attach(found, external.text(), new byte[0]);
        return Bodies.created(CaseRoutes.CASES + "/" + found.id() + "/attachments/" + added.id());
    }

    private Answer attachment(StoredCase found, String attachmentId, Request request) {
        StoredCase.Attachment attachment = found.attachments.get(attachmentId);
        if (attachment == null) {
            return CaseErrors.notFound();
        }
        if (request.method().equals("GET")) {
            return Answer.bytes(200, "application/octet-stream", attachment.content());
        }
        store.deleteAttachment(found, attachmentId);
        return Answer.empty(204);
    }

    private static List<String> attachmentIds(StoredCase found, ObjectNode body, String noteId) {
        List<String> ids = new ArrayList<>();
        for (JsonNode id : body.path("attachmentIds")) {
            if (!found.attachments.containsKey(id.asText()) || found.isBound(id.asText(), noteId)) {
                throw new BadRequest("InvalidAttachmentId", "An attachment does not exist or belongs to another note.");
            }
            ids.add(id.asText());
        }
        return ids;
    }
}
