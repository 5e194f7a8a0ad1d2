package io.ticketbridge.ticket;

import io.ticketbridge.finding.Finding;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a case or alert has in common with a ticket, taken from its finding. */
public final class SourceFields {
    private static final String PRIORITY = "priority";
    private static final String SEVERITY = "severity";

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
        fields.put(SyncField.STATUS, attributes.getOrDefault("status", ""));
        fields.put(SyncField.PRIORITY, attributes.getOrDefault(PRIORITY, attributes.getOrDefault(SEVERITY, "")));
        fields.put(SyncField.FINDINGS, attributes.getOrDefault("findings", ""));
        return fields;
    }

    /** An alert has no priority: its severity stands for it, and is what its ticket is told of. */
    public static boolean isSeverity(SyncField field, Map<String, String> attributes) {
        return field == SyncField.PRIORITY && !attributes.containsKey(PRIORITY);
    }

    /** What was agreed before a severity stood for a priority: the ticket was told of it in words alone. */
    public static Agreement withSeverity(Agreement agreement) {
        Both before = agreement.fields().get(SyncField.PRIORITY);
        String told = agreement.attributes().get(SEVERITY);
        if (before == null || !before.source().isEmpty() || told == null) {
            return agreement;
        }
        Map<SyncField, Both> fields = new EnumMap<>(agreement.fields());
        fields.put(SyncField.PRIORITY, new Both(told, before.ticket()));
        return new Agreement(fields, agreement.attributes(), agreement.columns());
    }

    /** What a ticket is told in words alone: what only the source has, and the findings, which a ticket has once it is closed. */
    public static Map<String, String> others(Map<String, String> attributes) {
        Map<String, String> others = new HashMap<>(attributes);
        others.keySet().removeAll(List.of("status", PRIORITY));
        return others;
    }
}
