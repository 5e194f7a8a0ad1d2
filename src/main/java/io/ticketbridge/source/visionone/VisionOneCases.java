package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.UrlText;
import io.ticketbridge.ticket.Sourced;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The changed cases of a flow, read incrementally by the time of their last update (vision-one.md, section 2.2). */
final class VisionOneCases implements VisionOneItems {
    private static final String CASES = "/v3.0/caseManagement/cases";
    private static final String OPEN = "status eq 'Open' or status eq 'In-progress'";

    private final ChangeWindow window;

    VisionOneCases(ChangeWindow window) {
        this.window = window;
    }

    @Override
    public LinkedPages changed(String flow, Instant since) {
        Map<String, String> parameters = ChangeWindow.since(since);
        parameters.put("top", "100");
        return new LinkedPages("Vision One cases", CASES, parameters, window.listHeaders(flow)).whole();
    }

    @Override
    public LinkedPages open(String flow) {
        Map<String, String> parameters = ChangeWindow.always();
        parameters.put("top", "100");
        return new LinkedPages("open Vision One cases", CASES, parameters, window.openHeaders(flow, OPEN));
    }

    /** All that are open were read, a hundred a page. */
    @Override
    public Optional<LinkedPages> named(String flow, List<String> ids) {
        return Optional.empty();
    }

    @Override
    public LinkedPages notes(String flow, String id) {
        return new LinkedPages(
                "contents of case " + id,
                CASES + "/" + UrlText.encoded(id) + "/contents",
                Map.of("top", "100"),
                window.key(flow));
    }

    @Override
    public SourceRecord finding(String flow, ItemWithNotes read) {
        return CaseNormaliser.finding(window.instance(flow), read.item(), read.notes());
    }

    @Override
    public Sourced sourced(String flow, ItemWithNotes read, String etag) {
        JsonNode item = read.item();
        return new Sourced(
                VisionOneItems.readable(finding(flow, read)),
                etag,
                Fields.text(item, "externalTicketId"),
                CaseNormaliser.closedAt(item),
                CaseNormaliser.files(read.notes()));
    }
}
