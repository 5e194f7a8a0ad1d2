package io.ticketbridge.config;

import io.ticketbridge.finding.Severity;
import java.util.Map;

/**
 * A ticket profile: the table and the fields of the tickets that a flow opens. Keys of the maps are column names, values
 * are Camel simple templates exactly as they were written.
 *
 * @param assignmentGroup the sys_id of the assignment group, ServiceNow's {@code group-sys-id} where the profile names none,
 *     or empty
 * @param assignedTo the sys_id of the assignee, ServiceNow's {@code user-sys-id} where the profile names none, or empty
 * @param caller the sys_id of the caller, or empty for the integration's own user
 * @param fields columns set on every write that opens or updates
 * @param severity per severity the columns it sets, by choice label or value
 * @param maxResourcesInText how many resources the description lists; all of them are attached
 * @param adoptQuery with {@code baseline=adopt}: finds the record that a group has already, or empty
 * @param acceptedRisk how a ticket is told that was closed as an accepted risk
 * @param syncMaps how the ticket's states, priorities and close codes go with those of a case or alert (P23)
 */
public record ProfileSettings(
        String name,
        String table,
        String assignmentGroup,
        String assignedTo,
        String caller,
        Map<String, String> fields,
        Map<String, String> onOpen,
        Map<String, String> onUpdate,
        Map<String, String> onResolve,
        Map<String, String> onReopen,
        Map<Severity, Map<String, String>> severity,
        int maxResourcesInText,
        String adoptQuery,
        AcceptedRisk acceptedRisk,
        SyncMaps syncMaps) {
    public ProfileSettings {
        fields = Map.copyOf(fields);
        onOpen = Map.copyOf(onOpen);
        onUpdate = Map.copyOf(onUpdate);
        onResolve = Map.copyOf(onResolve);
        onReopen = Map.copyOf(onReopen);
        severity = Map.copyOf(severity);
    }

    /**
     * The same for a ticket of another table. What it sets by the values of its own table means something else there (an
     * incident's state 3 is On Hold, a security incident's is Closed): there what ServiceNow ships counts.
     */
    public ProfileSettings on(String other) {
        return other.equals(table)
                ? this
                : new ProfileSettings(
                        name,
                        other,
                        assignmentGroup,
                        assignedTo,
                        caller,
                        fields,
                        onOpen,
                        onUpdate,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        maxResourcesInText,
                        adoptQuery,
                        acceptedRisk,
                        SyncMaps.of(other));
    }
}
