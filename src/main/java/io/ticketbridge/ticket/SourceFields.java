package io.ticketbridge.ticket;

import io.ticketbridge.finding.Finding;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a case or alert has in common with a ticket, taken from its finding. */
public final class SourceFields {
    private static final Map<SyncField, String> ATTRIBUTES =
            Map.of(SyncField.STATUS, "status", SyncField.PRIORITY, "priority", SyncField.FINDINGS, "findings");

    private SourceFields() {}

    public static Map<SyncField, String> of(Head head) {
        return of(head.title(), head.description(), head.attributes());
    }

    public static Map<SyncField, String> of(Finding finding) {
        return of(finding.title(), finding.description(), finding.attributes());
    }

    private static Map<SyncField, String> of(String title, String description, Map<String, String> attributes) {
        Map<SyncField, String> fields = new EnumMap<>(SyncField.class);
        fields.put(SyncField.NAME, title);
        fields.put(SyncField.DESCRIPTION, description);
        ATTRIBUTES.forEach((field, name) -> fields.put(field, attributes.getOrDefault(name, "")));
        return fields;
    }

    /** What a ticket is told in words alone: what only the source has, and the findings, which a ticket has once it is closed. */
    public static Map<String, String> others(Map<String, String> attributes) {
        Map<String, String> others = new HashMap<>(attributes);
        others.keySet().removeAll(List.of("status", "priority"));
        return others;
    }
}
