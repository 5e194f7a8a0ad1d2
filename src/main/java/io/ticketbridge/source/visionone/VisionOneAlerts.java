package io.ticketbridge.source.visionone;

import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.UrlText;
import io.ticketbridge.ticket.Sourced;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The changed Workbench alerts of a flow, read incrementally by the time of their last update (vision-one.md, section 3.2). */
final class VisionOneAlerts implements VisionOneItems {
    private static final String ALERTS = "/v3.0/workbench/alerts";
    private static final String OPEN = "status eq 'Open' or status eq 'In Progress'";

    /** In characters (vision-one.md, section 1.2). */
    private static final int LONGEST_FILTER = 5000;

    /**
     * Pages are offsets. In the order of the last update an alert that changes between two pages would move to the end, and the
     * one that takes its place be missed; in the order of creation every place stays or moves back, unless an alert falls out of the
     * flow's filter. What is read twice is told apart.
     */
    private static final String ORDER = "createdDateTime asc";

    private final ChangeWindow window;

    VisionOneAlerts(ChangeWindow window) {
        this.window = window;
    }

    @Override
    public LinkedPages changed(String flow, Instant since) {
        Map<String, String> parameters = ChangeWindow.since(since);
        parameters.put("orderBy", ORDER);
        return new LinkedPages("Workbench alerts", ALERTS, parameters, window.listHeaders(flow)).whole();
    }

    /** Many a tenant has thousands that stay open, ten a page: of what left the flow's filter, its tickets' are asked for by id. */
    @Override
    public LinkedPages open(String flow) {
        return new LinkedPages(
                "open Workbench alerts", ALERTS, ChangeWindow.always(), window.openHeaders(flow, OPEN, LONGEST_FILTER));
    }

    @Override
    public Optional<LinkedPages> named(String flow, List<String> ids) {
        String named = ids.stream()
                .filter(id -> Fields.isId(id) && id.indexOf('\'') < 0)
                .map(id -> "id eq '" + id + "'")
                .collect(Collectors.joining(" or "));
        return named.isEmpty() || !window.hasFilter(flow)
                ? Optional.empty()
                : Optional.of(new LinkedPages(
                        "Workbench alerts of tickets", ALERTS, ChangeWindow.always(), window.openHeaders(flow, named)));
    }

    @Override
    public LinkedPages notes(String flow, String id) {
        return new LinkedPages(
                "notes of alert " + id,
                ALERTS + "/" + UrlText.encoded(id) + "/notes",
                Map.of("top", "200", "orderBy", ORDER),
                window.key(flow));
    }

    @Override
    public SourceRecord finding(String flow, ItemWithNotes read) {
        return AlertNormaliser.finding(window.instance(flow), read.item(), read.notes());
    }

    /** An alert says nothing of its ticket, of when it was closed, or of files. */
    @Override
    public Sourced sourced(String flow, ItemWithNotes read, String etag) {
        return new Sourced(VisionOneItems.readable(finding(flow, read)), etag, null, null, List.of());
    }
}
