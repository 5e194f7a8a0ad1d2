package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.source.LinkedPages;
import io.ticketbridge.ticket.Sourced;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The changed cases of a flow, read incrementally by the time of their last update (vision-one.md, section 2.2). */
public final class VisionOneCases {
    private static final String CASES = "/v3.0/caseManagement/cases";

    /** How far a window reaches back: enough for late data and for clocks that differ (P1). */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private final Settings settings;
    private final Watermarks watermarks;
    private final Clock clock;

    public VisionOneCases(Settings settings, Watermarks watermarks, Clock clock) {
        this.settings = settings;
        this.watermarks = watermarks;
        this.clock = clock;
    }

    /** The position that the watermark may move to once all pages are durable: the time before the first was asked for. */
    public String position() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The pages of everything that changed since the flow's watermark, up to now. */
    public LinkedPages changed(String flowName) {
        FlowSettings flow = settings.flows().get(flowName);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("top", "100");
        parameters.put("startDateTime", start(flowName));
        parameters.put("dateTimeTarget", "updatedDateTime");
        Map<String, String> headers = new LinkedHashMap<>(authorisation(flow));
        if (!flow.sourceFilter().isEmpty()) {
            headers.put("TMV1-Filter", flow.sourceFilter());
        }
        return new LinkedPages("Vision One cases", CASES, parameters, headers);
    }

    private String start(String flowName) {
        return watermarks
                .of(flowName)
                .map(Instant::parse)
                .map(time -> time.minus(OVERLAP))
                .orElse(Instant.EPOCH)
                .toString();
    }

    /** The pages of one case's contents; none for an item that is no case. */
    public LinkedPages contents(String flowName, JsonNode item) {
        String id = item.path("id").asText("");
        if (!CaseNormaliser.isId(id)) {
            return null;
        }
        return new LinkedPages(
                "contents of case " + id,
                CASES + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20") + "/contents",
                Map.of("top", "100"),
                authorisation(settings.flows().get(flowName)));
    }

    public List<SourceRecord> findings(String flowName, List<CaseWithContents> cases) {
        String instance = settings.flows().get(flowName).instance();
        List<SourceRecord> findings = new ArrayList<>(cases.size());
        cases.forEach(each -> findings.add(CaseNormaliser.finding(instance, each.item(), each.contents())));
        return findings;
    }

    /** One case as it is now. @param etag as the answer's header had it, or null */
    public Sourced sourced(String flowName, CaseWithContents read, String etag) {
        String instance = settings.flows().get(flowName).instance();
        SourceRecord record = CaseNormaliser.finding(instance, read.item(), read.contents());
        if (!(record instanceof Finding finding)) {
            throw new IllegalArgumentException(((Unreadable) record).error());
        }
        return new Sourced(
                Optional.of(finding),
                etag == null ? "" : etag,
                CaseNormaliser.text(read.item(), "externalTicketId"),
                CaseNormaliser.closedAt(read.item()),
                CaseNormaliser.files(read.contents()));
    }

    /** A case that is not there any more. */
    public Sourced gone() {
        return new Sourced(Optional.empty(), "", null, null, List.of());
    }

    private Map<String, String> authorisation(FlowSettings flow) {
        String token = settings.visionOne().get(flow.instance()).token().reveal();
        return Map.of("Authorization", "Bearer " + token);
    }
}
