package io.ticketbridge.source.files;

import static io.ticketbridge.source.files.Fields.first;
import static io.ticketbridge.source.files.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import java.util.List;

/**
 * Prowler's {@code json-ocsf}: Detection Findings (class 2004), one for each check and resource. The finding's own uid is not
 * used: it is built from the resource's name, and two of one name share it.
 */
final class ProwlerNormaliser implements Normaliser {
    @Override
    public Normalised normalise(JsonNode event) throws Unfit {
        String check = text(event, "metadata", "event_code");
        if (check.isBlank()) {
            throw new Unfit(
                    "metadata.event_code is missing, so the check is unknown; export with Prowler 4.0 or later");
        }
        if (text(event, "status_code").isBlank()) {
            throw new Unfit("status_code is missing, so there is no result; export with Prowler 4.0 or later");
        }
        Result result = Prowler.muted(event, Ocsf.result(text(event, "status_code")));
        String title = first(text(event, "finding_info", "title"), check);
        List<Control> controls = new Requirements()
                .addByFramework(event.path("unmapped").path("compliance"))
                .after(new Control("", check, title));
        return PerResource.of(
                Ocsf.resources(event),
                node -> Prowler.resource(event, node, check),
                (node, resource) -> new Finding(
                        Prowler.scope(event),
                        Prowler.account(event, node, check),
                        Prowler.region(event, node, check),
                        check,
                        resource,
                        result,
                        Ocsf.severity(event),
                        title,
                        first(text(event, "message"), text(event, "status_detail")),
                        text(event, "finding_info", "desc"),
                        text(event, "remediation", "desc"),
                        first(text(event, "unmapped", "related_url"), Ocsf.url(event)),
                        controls,
                        Prowler.observedAt(event),
                        Prowler.attributes("prowler", event, node, check),
                        List.of()));
    }
}
