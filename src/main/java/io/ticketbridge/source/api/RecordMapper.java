package io.ticketbridge.source.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.source.UtcStamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes findings of records, as a mapping says: one for each thing that a record is about. */
final class RecordMapper {
    private static final Map<String, Severity> USUAL = Map.ofEntries(
            Map.entry("critical", Severity.CRITICAL),
            Map.entry("fatal", Severity.CRITICAL),
            Map.entry("high", Severity.HIGH),
            Map.entry("important", Severity.HIGH),
            Map.entry("medium", Severity.MEDIUM),
            Map.entry("moderate", Severity.MEDIUM),
            Map.entry("low", Severity.LOW),
            Map.entry("informational", Severity.INFORMATIONAL),
            Map.entry("info", Severity.INFORMATIONAL),
            Map.entry("negligible", Severity.INFORMATIONAL));

    private final Mapping mapping;
    private final Mapping.Fields fields;
    private final String usualScope;

    /** @param usualScope of findings whose mapping names none */
    RecordMapper(Mapping mapping, String usualScope) {
        this.mapping = mapping;
        this.fields = mapping.fields();
        this.usualScope = usualScope;
    }

    /** What can't be read is a record of its own, with the whole text (P4). */
    List<SourceRecord> findings(JsonNode record) {
        List<SourceRecord> findings = new ArrayList<>();
        try {
            for (JsonNode resource : resources(record)) {
                findings.add(findingOr(record, resource));
            }
        } catch (CannotRead e) {
            findings.add(unreadable(record, e));
        }
        return findings;
    }

    private List<JsonNode> resources(JsonNode record) {
        if (!record.isObject()) {
            throw new CannotRead(mapping.records().place() + ": a record must be an object, and this is none");
        }
        List<JsonNode> resources = fields.each().each(record, record);
        if (resources.isEmpty()) {
            throw new CannotRead(
                    fields.each().place() + ": " + fields.each().written() + " names nothing that the record is about");
        }
        return resources;
    }

    private SourceRecord findingOr(JsonNode record, JsonNode resource) {
        try {
            return finding(record, resource);
        } catch (CannotRead e) {
            return unreadable(record, e);
        }
    }

    private Unreadable unreadable(JsonNode record, CannotRead why) {
        return new Unreadable(
                record.toString(),
                "Mapping " + mapping.name() + ", " + why.getMessage()
                        + "; mend the mapping and replay, or correct the record at its source");
    }

    private Finding finding(JsonNode record, JsonNode resource) {
        String check = fields.check().needed(record, record);
        String scope = fields.scope().one(record, record);
        String own = fields.regionOfEach().one(resource, record);
        String title = fields.title().text(record, record);
        return new Finding(
                scope.isEmpty() ? usualScope : scope,
                fields.account().one(record, record),
                own.isEmpty() ? fields.region().one(record, record) : own,
                check,
                new Resource(
                        fields.uid().needed(resource, record),
                        fields.name().text(resource, record),
                        fields.type().text(resource, record)),
                result(record),
                severity(record),
                title.isEmpty() ? check : title,
                fields.message().text(record, record),
                fields.description().text(record, record),
                fields.remediation().text(record, record),
                fields.url().text(record, record),
                controls(record),
                UtcStamp.orEpoch(fields.observedAt().text(record, record)),
                attributes(record),
                List.of());
    }

    /** What is suppressed would else be a failure; what is inconclusive is neither failure nor pass, whatever else is said. */
    private Result result(JsonNode record) {
        Mapping.Results results = fields.result();
        if (results.always() != null) {
            return results.always();
        }
        if (says(Result.INCONCLUSIVE, record)) {
            return Result.INCONCLUSIVE;
        }
        if (says(Result.FAIL, record)) {
            return says(Result.SUPPRESSED, record) ? Result.SUPPRESSED : Result.FAIL;
        }
        return says(Result.PASS, record) ? Result.PASS : Result.INCONCLUSIVE;
    }

    private boolean says(Result result, JsonNode record) {
        Mapping.Words words = fields.result().words().get(result);
        if (words == null) {
            return false;
        }
        // Where the result itself is not there the mapping is wrong; what is suppressed, or in doubt, need not be said
        // of each.
        boolean required = result == Result.FAIL || result == Result.PASS;
        String said =
                required ? words.from().needed(record, record) : words.from().text(record, record);
        return words.values().contains(said.toLowerCase(Locale.ROOT));
    }

    private Severity severity(JsonNode record) {
        String word = fields.severity().from().text(record, record).toLowerCase(Locale.ROOT);
        Severity own = fields.severity().words().get(word);
        return own != null ? own : USUAL.getOrDefault(word, Severity.UNKNOWN);
    }

    private List<Control> controls(JsonNode record) {
        List<Control> controls = new ArrayList<>();
        for (Mapping.Controls some : fields.controls()) {
            for (JsonNode one : some.each().each(record, record)) {
                String id = some.id().text(one, record);
                if (!id.isEmpty()) {
                    controls.add(new Control(
                            some.framework().text(one, record), id, some.title().text(one, record)));
                }
            }
        }
        return controls.stream().distinct().toList();
    }

    private Map<String, String> attributes(JsonNode record) {
        Map<String, String> attributes = new LinkedHashMap<>();
        fields.attributes().forEach((name, value) -> {
            String text = value.text(record, record);
            if (!text.isEmpty()) {
                attributes.put(name, text);
            }
        });
        return attributes;
    }
}
