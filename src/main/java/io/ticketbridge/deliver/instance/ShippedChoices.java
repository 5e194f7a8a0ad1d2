package io.ticketbridge.deliver.instance;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.deliver.call.Lifecycle;
import io.ticketbridge.deliver.servicenow.UnusableValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The choices that are written where a profile names none: those that ServiceNow ships, where the instance has them. A state or a
 * close code is never guessed (P22).
 *
 * @param profile the ticket's
 * @param table the ticket's
 */
public record ShippedChoices(ProfileSettings profile, String table, Dictionary dictionary) {
    /** What says the same on older and newer instances, newer names first (servicenow.md, section 4). */
    static final Map<String, List<String>> ALIKE = Map.of(
            "close_code",
            List.of("Solution provided", "Solved (Permanently)", "Resolved by change", "Threat mitigated"));

    /** The defaults that the instance has, in its own values. */
    public Map<String, String> known(Map<String, String> defaults) {
        Map<String, String> known = new LinkedHashMap<>();
        defaults.forEach((column, shipped) -> value(column, shipped).ifPresent(value -> known.put(column, value)));
        return known;
    }

    /** What a default becomes on this instance; nothing where none of its choices says the same. */
    Optional<String> value(String column, String shipped) {
        Map<String, String> labels = labels(column);
        List<String> alike = labels.isEmpty() ? List.of() : ALIKE.getOrDefault(column, List.of());
        return Stream.concat(Stream.of(shipped), alike.stream())
                .map(name -> dictionary.value(column, name))
                .filter(value -> labels.isEmpty() || labels.containsValue(value))
                .filter(value -> !column.equals("state") || isOfShippedStates(value, labels))
                .filter(value -> !isAcceptedRisk(column, value))
                .findFirst();
    }

    /**
     * @param kind {@code on-resolve} or {@code on-reopen}
     * @param named columns that were decided about
     * @throws UnusableValue if a default is no choice of the instance, and nobody named another
     */
    public void require(String kind, Map<String, String> defaults, Collection<String> named) {
        defaults.forEach((column, shipped) -> {
            if (!named.contains(column) && value(column, shipped).isEmpty()) {
                throw new UnusableValue(missing(column, shipped) + ", and no other is guessed: " + cure(kind, column));
            }
        });
    }

    String missing(String column, String shipped) {
        return table + " has no " + column + " '" + shipped + "' that ticketbridge may write by itself";
    }

    String cure(String kind, String column) {
        List<String> choices = new ArrayList<>();
        labels(column).forEach((label, value) -> {
            if (!isAcceptedRisk(column, value)) {
                choices.add(label);
            }
        });
        return "set ticketbridge.profile." + profile.name() + "." + kind + "." + column
                + (choices.isEmpty() ? "" : " to one of " + String.join(", ", choices));
    }

    private Map<String, String> labels(String column) {
        return dictionary.choices().getOrDefault(column, Map.of());
    }

    /** In a table that ServiceNow does not ship the same number may be any state. */
    private boolean isOfShippedStates(String value, Map<String, String> labels) {
        Lifecycle shipped = Lifecycle.of(table);
        return shipped.isOfTable()
                || shipped.values().values().containsAll(labels.values())
                || labels.entrySet().stream()
                        .filter(choice -> choice.getValue().equals(value))
                        .anyMatch(choice -> value.equals(shipped.values().get(choice.getKey()))
                                || shipped.isClosed(value)
                                        && choice.getKey()
                                                .toLowerCase(Locale.ROOT)
                                                .startsWith("closed"));
    }

    /** What we close ourselves must not look as if a person had accepted it. */
    private boolean isAcceptedRisk(String column, String value) {
        return column.equals(AcceptanceReader.closeCode(table))
                && profile.acceptedRisk().closeCodes().stream()
                        .anyMatch(code -> dictionary.value(column, code).strip().equalsIgnoreCase(value.strip()));
    }
}
