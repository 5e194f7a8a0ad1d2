package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The cases. Callers hold its monitor around whatever must be seen as one step. */
final class CaseStore {
    private static final int TENANT = 5;
    private static final Duration IDLE = Duration.ofDays(60);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final Map<String, StoredCase> cases = new LinkedHashMap<>();
    private final Map<String, StoredCase> removed = new LinkedHashMap<>();
    private long versions;
    private long numbers;

    CaseStore(Clock clock) {
        this.clock = clock;
    }

    synchronized Collection<StoredCase> all() {
        return List.copyOf(cases.values());
    }

    synchronized Optional<StoredCase> find(String id) {
        return Optional.ofNullable(cases.get(id));
    }

    synchronized StoredCase get(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("There is no case " + id));
    }

    /** The current time as the API writes it: whole seconds, so two changes may bear one time. */
    String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Adds a case with these fields over the defaults of a new one. */
    synchronized StoredCase add(ObjectNode fields, String creator, Instant createdAt) {
        String id = String.format("CL-%05d-%s-%05d", TENANT, DAY.format(createdAt), ++numbers);
        String at = createdAt.truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", "")
                .put("type", "Others")
                .put("status", "Open")
                .put("priority", "P3")
                .put("findings", "NoFindings")
                .put("caseUrl", "https://portal.xdr.trendmicro.com/#/app/acl/casemgm?caseid=" + id);
        json.set("creator", People.named(creator));
        json.putArray("owners");
        json.put("createdDateTime", at).put("updatedDateTime", at);
        json.putArray("associatedItemIds");
        json.putArray("relatedCaseIds");
        json.setAll(fields);
        if (json.get("status").asText().equals("Closed") && !json.has("closedDateTime")) {
            json.put("closedDateTime", json.get("updatedDateTime").asText());
        }
        StoredCase added = new StoredCase(json, ++versions);
        cases.put(json.get("id").asText(), added);
        return added;
    }

    /** Sets these fields; a closed case gets its time of closing, an open one loses it. */
    synchronized void update(StoredCase changed, ObjectNode fields, String actor) {
        boolean wasClosed = changed.isClosed();
        ObjectNode json = changed.entry.json;
        json.setAll(fields);
        touch(changed, actor);
        if (changed.isClosed() && !wasClosed) {
            json.put("closedDateTime", json.get("updatedDateTime").asText());
        } else if (!changed.isClosed()) {
            json.remove("closedDateTime");
        }
    }

    synchronized Entry addNote(StoredCase on, String author, String comment, List<String> attachmentIds) {
        String at = now();
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("id", newId("note")).put("comment", comment);
        json.set("creator", People.named(author));
        json.put("createdDateTime", at).put("updatedDateTime", at);
        on.list(attachmentIds, json.putArray("attachments"));
        Entry note = new Entry(json, ++versions);
        on.notes.put(json.get("id").asText(), note);
        touch(on, author);
        return note;
    }

    synchronized void changeNote(StoredCase on, Entry note, JsonNode comment, List<String> attachmentIds) {
        if (comment != null) {
            note.json.set("comment", comment);
        }
        if (attachmentIds != null) {
            on.list(attachmentIds, note.json.putArray("attachments"));
        }
        note.json.put("updatedDateTime", now());
        note.version = ++versions;
        touch(on, People.API_KEY);
    }

    synchronized void deleteNote(StoredCase on, String noteId) {
        on.notes.remove(noteId);
        touch(on, People.API_KEY);
    }

    synchronized StoredCase.Attachment attach(StoredCase to, String name, byte[] content) {
        String etag = "0x" + Etags.of(name, ++versions).substring(0, 15).toUpperCase(Locale.ROOT);
        StoredCase.Attachment added = new StoredCase.Attachment(newId("attachment"), name, content, etag, now());
        to.attachments.put(added.id(), added);
        touch(to, People.API_KEY);
        return added;
    }

    /** Deletes an attachment, and from the notes what they say of it. */
    synchronized void deleteAttachment(StoredCase from, String attachmentId) {
        from.attachments.remove(attachmentId);
        from.notes.values().forEach(note -> {
            for (var listed = note.json.get("attachments").elements(); listed.hasNext(); ) {
                if (listed.next().get("id").asText().equals(attachmentId)) {
                    listed.remove();
                }
            }
        });
        touch(from, People.API_KEY);
    }

    synchronized void remove(String id) {
        removed.put(id, cases.remove(get(id).id()));
    }

    synchronized void restore(String id) {
        cases.put(id, removed.remove(id));
    }

    /** Closes what nobody touched for 60 days; the findings stay as they are. */
    synchronized List<String> closeIdle() {
        Instant before = clock.instant().minus(IDLE);
        List<String> closed = new ArrayList<>();
        for (StoredCase idle : cases.values()) {
            if (!idle.isClosed()
                    && !Instant.parse(idle.entry.json.get("updatedDateTime").asText())
                            .isAfter(before)) {
                update(idle, JsonNodeFactory.instance.objectNode().put("status", "Closed"), People.SYSTEM);
                closed.add(idle.id());
            }
        }
        return closed;
    }

    private void touch(StoredCase changed, String actor) {
        changed.entry.json.put("updatedDateTime", now());
        changed.entry.json.set("lastUpdater", People.named(actor));
        changed.entry.version = ++versions;
    }

    private String newId(String kind) {
        return UUID.nameUUIDFromBytes((kind + ++versions).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
