package io.ticketbridge.source.scc;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.source.UnexpectedAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A report while its evaluations are read, a page at a time. One thread reads it. */
public final class SccReport {
    /** The most that the API gives at once. */
    private static final int PAGE = 100;

    /** Handed on together: a look-up and a transaction for each page of the API would cost more than all else. */
    private static final int WORTH_A_TRANSACTION = 1000;

    private final String id;
    private final String groupId;
    private final String profile;
    private final Instant created;
    private final long announced;
    private final Map<String, List<Control>> controls = new HashMap<>();
    private final Set<String> visited = new HashSet<>();
    private List<JsonNode> accepted = List.of();
    private List<SourceRecord> collected = new ArrayList<>();
    private String start = "";
    private boolean more = true;
    private long read;
    private long total;

    SccReport(JsonNode report) {
        id = report.path("id").asText();
        groupId = report.path("group_id").asText();
        created = SccTimes.instant(report.path("created_on").asText(""));
        profile = report.path("profile").path("name").asText("");
        announced = report.path("evaluations_summary").path("total_count").asLong(-1);
    }

    public String getId() {
        return id;
    }

    public String getGroupId() {
        return groupId;
    }

    String profile() {
        return profile;
    }

    Instant created() {
        return created;
    }

    /** What the scope's watermark says once the report is read. */
    String position() {
        return created + " " + id;
    }

    /** @param position of the report of this scope that was read last */
    boolean isAfter(String position) {
        String[] parts = position.split(" ", 2);
        return !id.equals(parts[parts.length - 1]) && !created.isBefore(SccTimes.instant(parts[0]));
    }

    /** Whether what is not in it is gone (P11): not if it is empty, or holds less than its summary says. */
    boolean isEvidence() {
        return !more && read > 0 && read >= announced;
    }

    /** @throws UnexpectedAnswer if pages are missing, so that the report is read again (P1) */
    void requireWhole() {
        if (read < total) {
            throw new UnexpectedAnswer("The evaluations of report " + id + " ended after " + read + " of " + total
                    + "; it is read again by the next pass");
        }
    }

    public boolean isHasNext() {
        return more;
    }

    public SccCall controlsCall() {
        return new SccCall("/reports/" + id + "/controls", "");
    }

    public SccCall nextCall() {
        String query =
                "limit=" + PAGE + (start.isEmpty() ? "" : "&start=" + URLEncoder.encode(start, StandardCharsets.UTF_8));
        return new SccCall("/reports/" + id + "/evaluations", query);
    }

    /** Evaluations name no control: they are joined by component and assessment; one may serve several (section 1.6). */
    public void takeControls(JsonNode answer) {
        answer.path("controls").forEach(control -> {
            Control known = control(control);
            control.path("control_specifications").forEach(specification -> specification
                    .path("assessments")
                    .forEach(assessment -> add(
                            key(
                                    specification.path("component_id").asText(),
                                    assessment.path("assessment_id").asText()),
                            known)));
        });
    }

    private void add(String key, Control control) {
        List<Control> known = controls.computeIfAbsent(key, name -> new ArrayList<>());
        if (!known.contains(control)) {
            known.add(control);
        }
    }

    private Control control(JsonNode control) {
        String name = control.path("control_name").asText("");
        String id = control.path("id").asText(name);
        String description = control.path("control_description").asText("");
        return new Control(
                "", id, name.equals(description) || description.isEmpty() ? name : name + ": " + description);
    }

    List<Control> controlsOf(String component, String assessment) {
        return controls.getOrDefault(key(component, assessment), List.of());
    }

    /** Takes a page and moves on to the next; the last has no next token (section 1.4). */
    void accept(JsonNode page) {
        JsonNode evaluations = page == null ? null : page.get("evaluations");
        if (evaluations == null || !evaluations.isArray()) {
            throw new UnexpectedAnswer("The evaluations of report " + id + " are no list");
        }
        List<JsonNode> list = new ArrayList<>();
        evaluations.forEach(list::add);
        read += list.size();
        total = page.path("total_count").asLong(total);
        start = page.path("next").path("start").asText("");
        more = !start.isEmpty();
        if (more && !visited.add(start)) {
            throw new UnexpectedAnswer("The evaluations of report " + id + " lead back to a page that was read");
        }
        accepted = list;
    }

    /** Hands out the evaluations of the page that was taken last, once. */
    List<JsonNode> accepted() {
        List<JsonNode> out = accepted;
        accepted = List.of();
        return out;
    }

    void collect(SourceRecord record) {
        collected.add(record);
    }

    public boolean isWorthATransaction() {
        return collected.size() >= WORTH_A_TRANSACTION;
    }

    List<SourceRecord> collected() {
        List<SourceRecord> out = collected;
        collected = new ArrayList<>();
        return out;
    }

    private static String key(String component, String assessment) {
        return component + '\n' + assessment;
    }
}
