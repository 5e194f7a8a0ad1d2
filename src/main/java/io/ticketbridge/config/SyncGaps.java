package io.ticketbridge.config;

import io.ticketbridge.ticket.SyncField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a profile's sync maps and the choices of its table do not meet: a value of the ticket that no list holds is named,
 * never guessed (P23). Each sentence ends with the property to set.
 *
 * @param errors about states: with them nothing may start
 * @param warnings about priorities and close codes: a value without a list arrives as a note
 */
public record SyncGaps(List<String> errors, List<String> warnings) {
    public SyncGaps {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /**
     * What can be told before the instance is asked. A name that ServiceNow does not ship may be one of the instance's own:
     * while the map of states holds such a name, a state that no list holds is left to {@link #ofInstance}.
     *
     * @param maps the profile's, narrowed to the source
     * @param states label to value of the states that ServiceNow ships
     */
    public static SyncGaps shipped(ProfileSettings profile, SyncMaps maps, Map<String, String> states) {
        Finder finder = new Finder(profile, maps, SyncField.STATUS, states);
        List<String> errors = new ArrayList<>(finder.ambiguous());
        errors.addAll(finder.withoutList());
        if (finder.unknownNames().isEmpty()) {
            errors.addAll(finder.unlisted(true));
        }
        return new SyncGaps(errors, List.of());
    }

    /**
     * What the instance's choices show. A field that is not in them is not checked.
     *
     * @param maps the profile's, narrowed to the source
     * @param choices per field label to value of the column's active choices
     */
    public static SyncGaps ofInstance(
            ProfileSettings profile, SyncMaps maps, Map<SyncField, Map<String, String>> choices) {
        List<String> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (SyncField field : ProfileKeys.SYNC.keySet().stream().sorted().toList()) {
            Map<String, String> known = choices.getOrDefault(field, Map.of());
            if (!known.isEmpty()) {
                Finder finder = new Finder(profile, maps, field, known);
                List<String> found = field == SyncField.STATUS ? errors : warnings;
                found.addAll(finder.unknownNames());
                if (field == SyncField.STATUS) {
                    found.addAll(finder.ambiguous());
                }
                found.addAll(finder.withoutList());
                found.addAll(finder.unlisted(false));
            }
        }
        return new SyncGaps(errors, warnings);
    }

    /**
     * A sentence for a state of a ticket, or a status of a case, that turned up and has no list.
     *
     * @param profile the ticket's, as it is set
     * @param table the ticket's
     */
    public static String unmapped(ProfileSettings profile, String table, String state) {
        String lists = ProfileKeys.PROFILE_SYNC_STATUS.at(profile.name(), "VALUE");
        return profile.table().equals(table)
                ? "No list of " + lists + " holds the state '" + Masked.value(state) + "': add it to one"
                : "Profile " + profile.name() + " is of " + profile.table() + " by now, so this ticket of " + table
                        + " goes by the states that ServiceNow ships, and '" + Masked.value(state)
                        + "' is none of them: give the flow a new profile for " + profile.table() + ", set "
                        + ProfileKeys.PROFILE_TABLE.at(profile.name()) + "=" + table + " and add it to a list of "
                        + lists;
    }

    /** Looks at one field. */
    private record Finder(ProfileSettings profile, SyncMaps maps, SyncField field, Map<String, String> choices) {

        /** Names that are no choice; what ticketbridge itself lists for older and newer instances is passed over. */
        List<String> unknownNames() {
            List<String> found = new ArrayList<>();
            maps.get(field).forEach((word, names) -> names.stream()
                    .filter(name -> !isChoice(name) && !isShipped(name))
                    .forEach(name -> found.add(key(word) + " must hold " + noun() + " of " + profile.table() + ", was '"
                            + Masked.value(name) + "': write "
                            + Nearest.orOneOf(name, choices.keySet())
                                    .replace("one of them", "one of " + String.join(", ", choices.keySet())))));
            return found;
        }

        /** A case that has this value could not be written to a ticket. */
        List<String> withoutList() {
            List<String> found = new ArrayList<>();
            for (String word : SyncDefaults.words(field)) {
                List<String> names = maps.get(field).get(word);
                boolean wanted = names != null || !word.equals("OtherFindings");
                boolean own = names != null && names.stream().anyMatch(name -> !isShipped(name));
                if (wanted && !own && (names == null || names.stream().noneMatch(this::isChoice))) {
                    found.add(key(word) + " names no " + noun().replaceFirst("^an? ", "") + " that " + profile.table()
                            + " has: set it to one of " + labels());
                }
            }
            return found;
        }

        List<String> unlisted(boolean withoutLegacy) {
            Set<String> listed = new HashSet<>();
            maps.get(field).values().forEach(names -> names.forEach(name -> listed.add(SyncMaps.value(name, choices))));
            return choices.entrySet().stream()
                    .filter(choice -> !listed.contains(choice.getValue()))
                    .filter(choice -> !withoutLegacy || !SyncDefaults.isLegacyState(profile.table(), choice.getValue()))
                    .map(choice -> noun().replaceFirst("^an? ", "The ") + " " + shown(choice) + " of " + profile.table()
                            + " is in no list: add it to " + key("VALUE") + " with one of "
                            + String.join(", ", SyncDefaults.words(field)) + " for VALUE")
                    .toList();
        }

        /** Which status of a case a state stands for must be one. */
        List<String> ambiguous() {
            List<String> found = new ArrayList<>();
            Map<String, String> first = new LinkedHashMap<>();
            maps.get(field)
                    .forEach((word, names) -> names.forEach(name -> {
                        String value = SyncMaps.value(name, choices);
                        String before = first.putIfAbsent(value, word);
                        if (before != null && !before.equals(word)) {
                            found.add(key(word) + " must not hold '" + Masked.value(name) + "', which " + key(before)
                                    + " holds: remove it from one of them");
                        }
                    }));
            return found;
        }

        private boolean isChoice(String name) {
            return choices.containsValue(SyncMaps.value(name, choices));
        }

        private boolean isShipped(String name) {
            return SyncDefaults.lists(profile.table(), field).values().stream().anyMatch(names -> names.contains(name));
        }

        private String labels() {
            return String.join(", ", choices.keySet());
        }

        private static String shown(Map.Entry<String, String> choice) {
            return choice.getKey().equals(choice.getValue())
                    ? "'" + Masked.value(choice.getValue()) + "'"
                    : choice.getValue() + " (" + Masked.value(choice.getKey()) + ")";
        }

        private String noun() {
            return switch (field) {
                case STATUS -> "a state";
                case PRIORITY -> "a priority";
                default -> "a close code";
            };
        }

        private String key(String word) {
            return ProfileKeys.SYNC.get(field).at(profile.name(), word);
        }
    }
}
