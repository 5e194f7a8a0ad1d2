package io.ticketbridge.source.scc;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.source.IamTokens;
import io.ticketbridge.source.UnexpectedAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;

/**
 * The reports of an instance, by scope: a report's {@code group_id} combines profile, scope and attachment, and each has a
 * watermark of its own, the report that was read last. Reports never change, so only the newest of each counts; one that is
 * older than the last, as when that was deleted, is history.
 */
public final class SccReports {
    private final Watermarks watermarks;
    private final IamTokens tokens;

    public SccReports(Watermarks watermarks, IamTokens tokens) {
        this.watermarks = watermarks;
        this.tokens = tokens;
    }

    public SccCall latest() {
        return new SccCall("/reports/latest", "sort=created_on");
    }

    /** Puts a call onto the message, signed, in place of whatever came with it. */
    public void apply(SccCall call, String flow, Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(null);
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.GET);
        message.setHeader(Exchange.HTTP_PATH, call.path());
        if (!call.query().isEmpty()) {
            message.setHeader(Exchange.HTTP_RAW_QUERY, call.query());
        }
        message.setHeader("Accept", "application/json");
        message.setHeader("Authorization", tokens.bearer(flow));
        message.setHeader("X-Correlation-ID", UUID.randomUUID().toString());
    }

    /** The newest report of each scope that was not read yet, the oldest first. */
    public List<SccReport> unread(String flow, JsonNode latest) {
        if (latest == null || !latest.path("reports").isArray()) {
            throw new UnexpectedAnswer("The latest reports are no list; check the scc url in the settings, up to /v3");
        }
        Map<String, SccReport> newest = new HashMap<>();
        for (JsonNode each : latest.path("reports")) {
            SccReport report = new SccReport(each);
            newest.merge(
                    report.getGroupId(), report, (one, two) -> two.created().isAfter(one.created()) ? two : one);
        }
        return newest.values().stream()
                .filter(report -> watermarks
                        .of(key(flow, report.getGroupId()))
                        .map(report::isAfter)
                        .orElse(true))
                .sorted(Comparator.comparing(SccReport::created).thenComparing(SccReport::getGroupId))
                .toList();
    }

    /** The report's run has begun: a scope's first report is its backlog (P13). */
    public void begun(String flow, SccReport report, Run run) {
        if (watermarks.of(key(flow, report.getGroupId())).isEmpty()) {
            run.firstOfItsScope();
        }
    }

    public void takeControls(SccReport report, JsonNode answer) {
        report.takeControls(answer);
    }

    /**
     * @param report null before one is read
     * @return the answer to a call: a tree, or a page of the report's evaluations
     * @throws IOException if it is no JSON
     */
    public Object parse(SccCall call, SccReport report, InputStream answer) throws IOException {
        byte[] bytes = answer == null ? new byte[0] : answer.readAllBytes();
        return report != null && report.getPages().areAskedForBy(call)
                ? report.getPages().read(bytes)
                : EvaluationsPage.tree(bytes);
    }

    /** Takes the findings of a page of evaluations; the report collects them until they are worth a transaction. */
    public void take(SccReport report, List<JsonNode> evaluations) {
        List<SourceRecord> read = evaluations instanceof EvaluationsPage page ? page.records() : null;
        report.collect(
                read == null ? evaluations.stream().map(report.trees()::finding).toList() : read);
    }

    /** Hands out what was collected, once. */
    public List<SourceRecord> collected(SccReport report) {
        return report.collected();
    }

    /** The report is read: what it proves is noted, and its scope's watermark moves with the end of its run (P1). */
    public void finish(String flow, SccReport report, Run run) {
        report.getPages().requireWhole();
        run.awaitWorkers();
        if (report.isEvidence()) {
            run.coversScope("scc:" + report.getGroupId());
            run.complete();
        }
        run.moves(key(flow, report.getGroupId()), report.position());
    }

    private static String key(String flow, String groupId) {
        return flow + "/" + groupId;
    }
}
