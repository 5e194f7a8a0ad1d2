package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ticketbridge.sandbox.http.HttpFaults;
import io.ticketbridge.sandbox.http.RequestLog;
import io.ticketbridge.sandbox.http.SimulatorServer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Vision One on loopback. Tests and the control page play the analysts: they add, change, note and close cases and
 * alerts while a client talks to the API. Safe for many threads.
 */
public final class VisionOneSimulator implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Options options;
    private final CaseStore store;
    private final AlertStore alerts;
    private final PostureStore posture;
    private final ApiRoutes routes;
    private final SimulatorServer server;

    private VisionOneSimulator(Options options) {
        this.options = options;
        this.store = new CaseStore(options.clock());
        CaseSeeds.fill(store, options.cases(), options.seed(), options.clock().instant());
        this.alerts = new AlertStore(options.clock());
        AlertSeeds.fill(alerts, cases(), options.seed(), options.clock().instant());
        this.posture = new PostureStore(options.clock());
        PostureSeeds.fill(
                posture, options.resources(), options.seed(), options.clock().instant());
        this.routes = new ApiRoutes(options, store, alerts, posture);
        this.server = SimulatorServer.start("sandbox-vision-one", options.port(), options.clock(), routes);
    }

    public static VisionOneSimulator start(Options options) {
        return new VisionOneSimulator(options);
    }

    /** {@code http://127.0.0.1:PORT}, to stand where {@code https://api.xdr.trendmicro.com} would. */
    public String url() {
        return server.url();
    }

    /** The API key that may read and write. */
    public String token() {
        return options.token();
    }

    /** The API key before is refused from now on. */
    public void changeToken(String other) {
        routes.changeToken(other);
    }

    /** Who the API key is: name of the creator of what it posts. */
    public String apiKeyName() {
        return People.API_KEY;
    }

    /** The API key that may only read. */
    public String readOnlyToken() {
        return options.readOnlyToken();
    }

    /** All cases, oldest first. */
    public List<SimulatedCase> cases() {
        synchronized (store) {
            return store.all().stream().map(StoredCase::copy).toList();
        }
    }

    public Optional<SimulatedCase> caseById(String id) {
        synchronized (store) {
            return store.find(id).map(StoredCase::copy);
        }
    }

    /** A new open case, created now. */
    public SimulatedCase addCase(String name, String priority) {
        return addCase(Map.of("name", name, "priority", priority));
    }

    /** A new case with these fields, as the API names them, over the defaults. */
    public SimulatedCase addCase(Map<String, ?> fields) {
        synchronized (store) {
            return store.add(
                            object(fields),
                            People.ANALYSTS.get(0),
                            options.clock().instant())
                    .copy();
        }
    }

    /** An analyst changes these fields, as the API names them. */
    public SimulatedCase update(String id, Map<String, ?> fields) {
        return update(id, fields, People.ANALYSTS.get(0));
    }

    /** The same by the person of this name, who is then the last updater. */
    public SimulatedCase update(String id, Map<String, ?> fields, String author) {
        synchronized (store) {
            StoredCase changed = store.get(id);
            store.update(changed, object(fields), author);
            return changed.copy();
        }
    }

    public SimulatedNote addNote(String id, String author, String text) {
        synchronized (store) {
            StoredCase noted = store.get(id);
            store.addNote(noted, author, text, List.of());
            List<SimulatedNote> notes = noted.copy().notes();
            return notes.get(notes.size() - 1);
        }
    }

    /** A person changes what the note says. */
    public void editNote(String id, String noteId, String text) {
        synchronized (store) {
            StoredCase noted = store.get(id);
            store.changeNote(noted, noted.notes.get(noteId), TextNode.valueOf(text), null);
        }
    }

    /** An analyst closes the case, with {@code TruePositive} or another of the documented findings. */
    public SimulatedCase close(String id, String findings) {
        return update(id, Map.of("status", "Closed", "findings", findings));
    }

    /** Closes the cases that nobody touched for 60 days, as the service does each midnight; answers their ids. */
    public List<String> closeIdle() {
        return store.closeIdle();
    }

    /** The case is gone: 404 from now on. The API itself has no such call. */
    public void remove(String id) {
        store.remove(id);
    }

    /** A case that was removed is there again, as it was: whoever asks may see it again. */
    public void restore(String id) {
        store.restore(id);
    }

    /** All alerts, oldest first. */
    public List<SimulatedAlert> alerts() {
        synchronized (alerts) {
            return alerts.all().stream()
                    .map(StoredAlert::copy)
                    .sorted(Comparator.comparing(SimulatedAlert::createdAt))
                    .toList();
        }
    }

    public Optional<SimulatedAlert> alertById(String id) {
        synchronized (alerts) {
            return alerts.find(id).map(StoredAlert::copy);
        }
    }

    /** A new open alert, raised now. */
    public SimulatedAlert addAlert(String model, String severity) {
        return addAlert(Map.of("model", model, "severity", severity));
    }

    /** A new alert with these fields, as the API names them, over the defaults. */
    public SimulatedAlert addAlert(Map<String, ?> fields) {
        synchronized (alerts) {
            return alerts.add(object(fields), options.clock().instant()).copy();
        }
    }

    /** An analyst, or the service itself, changes these fields, as the API names them. */
    public SimulatedAlert updateAlert(String id, Map<String, ?> fields) {
        synchronized (alerts) {
            StoredAlert changed = alerts.get(id);
            alerts.update(changed, object(fields));
            return changed.copy();
        }
    }

    /** An analyst closes the alert, with {@code True Positive} or another of the documented results. */
    public SimulatedAlert closeAlert(String id, String investigationResult) {
        return updateAlert(id, Map.of("status", "Closed", "investigationResult", investigationResult));
    }

    public SimulatedNote addAlertNote(String id, String author, String text) {
        synchronized (alerts) {
            StoredAlert noted = alerts.get(id);
            alerts.addNote(noted, author, People.mail(author), text);
            List<SimulatedNote> notes = noted.copy().notes();
            return notes.get(notes.size() - 1);
        }
    }

    /** The alert is gone: 404 from now on. */
    public void removeAlert(String id) {
        alerts.remove(id);
    }

    /** The cloud accounts and their checks. */
    public SimulatedPosture cloudPosture() {
        return new SimulatedPosture(posture);
    }

    /** An analyst leaves a note with a file, of any size. */
    public void attach(String caseId, String author, String name, byte[] content) {
        synchronized (store) {
            StoredCase noted = store.get(caseId);
            store.addNote(
                    noted,
                    author,
                    name,
                    List.of(store.attach(noted, name, content).id()));
        }
    }

    /** The bytes of an uploaded attachment. */
    public Optional<byte[]> attachment(String caseId, String attachmentId) {
        synchronized (store) {
            return Optional.ofNullable(store.get(caseId).attachments.get(attachmentId))
                    .map(StoredCase.Attachment::content);
        }
    }

    public RequestLog requests() {
        return server.requests();
    }

    public HttpFaults faults() {
        return server.faults();
    }

    @Override
    public void close() {
        server.close();
    }

    private static ObjectNode object(Map<String, ?> fields) {
        return JSON.valueToTree(fields);
    }
}
