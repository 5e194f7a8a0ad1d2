package io.ticketbridge.source.workloadprotection;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A control as the requirements of all policies and zones name it together. */
final class PostureControl {
    private final JsonNode first;
    private final Set<Control> serves = new LinkedHashSet<>();
    private final Set<String> zones = new TreeSet<>();
    private final Map<String, ResourceList> lists = new LinkedHashMap<>();
    private final List<String> gaps = new ArrayList<>();
    private Severity severity = Severity.UNKNOWN;
    private boolean namesAny;

    PostureControl(JsonNode first) {
        this.first = first;
        serves.add(new Control("", id(), name()));
    }

    /** Takes the control in once more, as a requirement of some policy and zone has it. */
    void add(JsonNode requirement, JsonNode control) {
        serves.add(new Control(
                requirement.path("policyName").asText(""),
                requirement.path("name").asText(""),
                ""));
        zones.add(requirement.path("zone").path("id").asText(""));
        Severity here = severity(
                control.path("severity").asText(requirement.path("severity").asText("")));
        severity = here.isWorseThan(severity) ? here : severity;
        namesAny |= control.path("passingCount").asLong() > 0;
        String endpoint = control.path("resourceApiEndpoint").asText("");
        // Two requirements of one policy and zone name one list.
        lists.putIfAbsent(endpoint, ResourceList.of(endpoint, control));
    }

    /**
     * The lists that have to be read: those with something that fails or is accepted. What passes everywhere says so itself, and
     * its resources would cost a call for every fifty of them.
     *
     * @param all whether the others are read too
     */
    List<ResourceList> toRead(boolean all) {
        return lists.values().stream()
                .filter(list -> all || !list.passes())
                .filter(list -> list.call().isPresent())
                .toList();
    }

    /** Its resources can't be asked for, so that it proves nothing. */
    boolean isClosed() {
        return lists.values().stream()
                .anyMatch(list -> !list.passes() && list.call().isEmpty());
    }

    String id() {
        return first.path("id").asText("");
    }

    String name() {
        return first.path("name").asText("");
    }

    String description() {
        return first.path("description").asText("");
    }

    Severity severity() {
        return severity;
    }

    /** Somebody has to look: what the list says of a resource is no result. */
    boolean isManual() {
        return first.path("isManual").asBoolean(false);
    }

    String kind() {
        return first.path("resourceKind").asText("");
    }

    String platform() {
        return first.path("target").asText(first.path("platform").asText(""));
    }

    /** Its own first, then each policy and requirement. */
    List<Control> serves() {
        return List.copyOf(serves);
    }

    Collection<String> zones() {
        return zones;
    }

    void gap(String why) {
        gaps.add(why);
    }

    List<String> gaps() {
        return gaps;
    }

    void named() {
        namesAny = true;
    }

    boolean namesAny() {
        return namesAny;
    }

    private static Severity severity(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "critical" -> Severity.CRITICAL;
            case "high" -> Severity.HIGH;
            case "medium" -> Severity.MEDIUM;
            case "low" -> Severity.LOW;
            case "info", "informational" -> Severity.INFORMATIONAL;
            default -> Severity.UNKNOWN;
        };
    }
}
