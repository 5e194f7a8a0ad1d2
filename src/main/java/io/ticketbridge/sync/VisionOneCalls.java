package io.ticketbridge.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SourceKind;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.finding.UrlText;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Puts the calls that keep a case or alert in step onto the message (vision-one.md, sections 2.5, 2.6, 3.4 and 3.5): in place
 * of whatever came with it, so that no data chooses the destination.
 */
public final class VisionOneCalls {
    private static final Map<SyncField, String> CASE_FIELDS = Map.of(
            SyncField.STATUS, "status",
            SyncField.PRIORITY, "priority",
            SyncField.FINDINGS, "findings",
            SyncField.NAME, "name",
            SyncField.DESCRIPTION, "description");
    private static final Map<SyncField, String> ALERT_FIELDS =
            Map.of(SyncField.STATUS, "status", SyncField.FINDINGS, "investigationResult");

    private final Settings settings;

    public VisionOneCalls(Settings settings) {
        this.settings = settings;
    }

    public void read(FlowSettings flow, GroupCase claimed, Exchange exchange) {
        request(flow, exchange, "GET", path(flow, claimed), null);
    }

    /** The fields that the plan has for Vision One, unless somebody changed it since it was read ({@code If-Match}). */
    public void write(FlowSettings flow, GroupCase claimed, SyncPlan plan, Sourced sourced, Exchange exchange) {
        request(flow, exchange, "PATCH", path(flow, claimed), body(flow, plan, sourced, claimed));
        if (!sourced.etag().isEmpty()) {
            exchange.getMessage().setHeader("If-Match", sourced.etag());
        }
    }

    private static ObjectNode body(FlowSettings flow, SyncPlan plan, Sourced sourced, GroupCase claimed) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        boolean alert = isAlert(flow);
        plan.toSource()
                .forEach((field, value) ->
                        body.put((alert ? ALERT_FIELDS : CASE_FIELDS).get(field), alert ? spelled(value) : value));
        if (alert && body.path("status").asText().equals("Closed") && !body.has("investigationResult")) {
            // It closes only together with its result, also with the one that it has.
            sourced.finding()
                    .map(finding -> finding.attributes().get("findings"))
                    .ifPresent(result -> body.put("investigationResult", spelled(result)));
        }
        if (needsLink(sourced, claimed)) {
            body.put("externalTicketId", claimed.latest().orElseThrow().sysId());
        }
        return body;
    }

    /** Whether the case is to be told its ticket's id. One that somebody else linked keeps its link. */
    private static boolean needsLink(Sourced sourced, GroupCase claimed) {
        var ticket = claimed.latest().orElseThrow();
        return sourced.ticketId() != null
                && !sourced.ticketId().equals(ticket.sysId())
                && (sourced.ticketId().isEmpty() || ticket.generation() > 1);
    }

    /** Whether Vision One has any field to be written. */
    public boolean hasFields(SyncPlan plan, Sourced sourced, GroupCase claimed) {
        return plan.ended().isEmpty()
                && (!plan.toSource().isEmpty() || sourced.finding().isPresent() && needsLink(sourced, claimed));
    }

    /** Alerts write with blanks what cases write in one word (vision-one.md, section 3.6). */
    private static String spelled(String value) {
        return switch (value.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "")) {
            case "inprogress" -> "In Progress";
            case "truepositive" -> "True Positive";
            case "falsepositive" -> "False Positive";
            case "benigntruepositive" -> "Benign True Positive";
            case "nofindings" -> "No Findings";
            case "otherfindings" -> "Other Findings";
            default -> value;
        };
    }

    /** @param attachmentId of an uploaded file that the note brings; null if none */
    public void note(FlowSettings flow, GroupCase claimed, String text, String attachmentId, Exchange exchange) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put(isAlert(flow) ? "content" : "comment", text);
        if (attachmentId != null) {
            body.putArray("attachmentIds").add(attachmentId);
        }
        request(flow, exchange, "POST", path(flow, claimed) + (isAlert(flow) ? "/notes" : "/contents"), body);
    }

    /** The note that binds an uploaded file. @param location of the upload, whose last segment is the file's id */
    public void bind(FlowSettings flow, GroupCase claimed, String text, String location, Exchange exchange) {
        if (location == null || location.isBlank()) {
            throw new NotNow("Vision One took a file and did not say where it is", Duration.ofSeconds(1));
        }
        note(flow, claimed, text, location.substring(location.lastIndexOf('/') + 1), exchange);
    }

    public void file(FlowSettings flow, GroupCase claimed, Sourced.SourceFile file, Exchange exchange) {
        request(flow, exchange, "GET", path(flow, claimed) + "/attachments/" + segment(file.id()), null);
    }

    /** @param name the file's name, of which nothing can end the part's header */
    public void upload(FlowSettings flow, GroupCase claimed, String name, byte[] content, Exchange exchange) {
        request(flow, exchange, "POST", path(flow, claimed) + "/attachments", null);
        MultipartFile file = new MultipartFile(name, content);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, file.contentType());
        exchange.getMessage().setBody(file.bytes());
    }

    private void request(FlowSettings flow, Exchange exchange, String method, String path, ObjectNode body) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, method);
        message.setHeader(Exchange.HTTP_PATH, path);
        message.setHeader(
                "Authorization",
                "Bearer " + settings.visionOne().get(flow.instance()).token().reveal());
        if (body == null) {
            message.setBody(null);
        } else {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json;charset=utf-8");
            message.setBody(body.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    static String path(FlowSettings flow, GroupCase claimed) {
        Head head = claimed.group().head();
        String id = head.subject()
                .map(subject -> head.attributes().get(subject.word()))
                .orElse("");
        return (isAlert(flow) ? "/v3.0/workbench/alerts/" : "/v3.0/caseManagement/cases/") + segment(id);
    }

    private static boolean isAlert(FlowSettings flow) {
        return flow.source() == SourceKind.VISION_ONE_ALERTS;
    }

    private static String segment(String id) {
        if (id.isBlank() || id.matches("\\.+")) {
            throw new IllegalArgumentException("An id without a letter or digit can't be asked for: '" + id + "'");
        }
        return UrlText.encoded(id);
    }
}
