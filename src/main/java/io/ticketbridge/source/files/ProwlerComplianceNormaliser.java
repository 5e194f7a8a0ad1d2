package io.ticketbridge.source.files;

import static io.ticketbridge.source.files.Fields.first;
import static io.ticketbridge.source.files.Fields.number;
import static io.ticketbridge.source.files.Fields.text;
import static io.ticketbridge.source.files.Fields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import java.util.List;
import java.util.Map;

/**
 * Prowler's compliance output: Compliance Findings (class 2003), one for each check, resource <em>and requirement</em>.
 * All requirements of one check and resource are one finding that serves several controls (P6), so they share one identity,
 * the same that {@code json-ocsf} gives. Whoever reads them joins their controls and takes the worst result.
 */
final class ProwlerComplianceNormaliser implements Normaliser {
    @Override
    public Normalised normalise(JsonNode event) throws Unfit {
        JsonNode compliance = event.path("compliance");
        JsonNode firstCheck = compliance.path("checks").path(0);
        String check = first(text(event, "metadata", "event_code"), text(firstCheck, "uid"));
        if (check.isBlank()) {
            throw new Unfit("metadata.event_code and compliance.checks[0].uid are missing, so the check is unknown;"
                    + " correct it at its source");
        }
        Result result = Prowler.muted(event, result(event, compliance));
        List<String> requirements = texts(compliance.path("requirements"));
        boolean manual = result == Result.INCONCLUSIVE
                && !Ocsf.resources(event).iterator().hasNext();
        if (manual) {
            return manual(event, check, requirements, compliance);
        }
        String title = first(text(firstCheck, "name"), check);
        List<Control> controls = controls(compliance, requirements, new Control("", check, title));
        return PerResource.of(
                Ocsf.resources(event),
                node -> Prowler.resource(event, node, check),
                (node, resource) -> finding(
                        event,
                        node,
                        check,
                        resource,
                        result,
                        title,
                        first(text(firstCheck, "desc"), text(event, "finding_info", "desc")),
                        controls));
    }

    /** The requirement's own result: the check may pass while its configuration is too loose for the requirement. */
    private static Result result(JsonNode event, JsonNode compliance) {
        return number(compliance.path("status_id")).isPresent()
                ? OcsfComplianceNormaliser.resultOf(compliance)
                : Ocsf.result(text(event, "status_code"));
    }

    /** A requirement that no check covers names no resource: it is kept as a reminder about itself, never as a failure. */
    private static Normalised manual(JsonNode event, String check, List<String> requirements, JsonNode compliance)
            throws Unfit {
        String standard = first(texts(compliance.path("standards")).toArray(String[]::new));
        if (requirements.isEmpty()) {
            throw new Unfit("the record names neither resource nor requirement; correct it at its source");
        }
        String requirement = standard + " " + requirements.get(0);
        Control own = new Control("", check, "Manual check");
        return new Normalised(
                List.of(finding(
                        event,
                        JsonNodeFactory.instance.missingNode(),
                        check,
                        new Resource(requirement, "", "requirement"),
                        Result.INCONCLUSIVE,
                        first(text(event, "finding_info", "title"), requirement),
                        text(event, "finding_info", "desc"),
                        controls(compliance, requirements, own))),
                List.of());
    }

    private static List<Control> controls(JsonNode compliance, List<String> requirements, Control own) {
        Requirements all = new Requirements();
        texts(compliance.path("standards"))
                .forEach(standard -> requirements.forEach(id -> all.add(standard, id, text(compliance, "control"))));
        return all.after(own);
    }

    private static Finding finding(
            JsonNode event,
            JsonNode node,
            String check,
            Resource resource,
            Result result,
            String title,
            String description,
            List<Control> controls) {
        Map<String, String> attributes = Prowler.attributes("prowler-compliance", event, node, check);
        return new Finding(
                Prowler.scope(event),
                Prowler.account(event, node, check),
                Prowler.region(event, node, check),
                check,
                resource,
                result,
                Ocsf.severity(event),
                title,
                first(text(event, "message"), text(event, "status_detail")),
                description,
                text(event, "remediation", "desc"),
                Ocsf.url(event),
                controls,
                Prowler.observedAt(event),
                attributes,
                List.of());
    }
}
