package io.ticketbridge.deliver.instance;

import static io.ticketbridge.deliver.instance.InstanceChecks.SYSTEM;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.OnRecurrence;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.text.ProfileColumns;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.finding.PlainText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether an instance has the choices that a profile writes as they stand: what a template makes is known only then. */
final class InstanceChoices {
    private final Function<ServiceNowCall, List<Map<String, Object>>> ask;

    InstanceChoices(Function<ServiceNowCall, List<Map<String, Object>>> ask) {
        this.ask = ask;
    }

    /** @param tables the profile's table and what it extends, nearest first */
    List<Checked> unknown(ProfileSettings profile, List<String> tables, Collection<FlowSettings> flows) {
        Map<String, Set<String>> constants = constants(profile);
        Map<String, Map<String, String>> defaults = defaults(profile, flows);
        Set<String> columns = new LinkedHashSet<>(constants.keySet());
        defaults.values().forEach(each -> columns.addAll(each.keySet()));
        if (columns.isEmpty()) {
            return List.of();
        }
        Dictionary dictionary;
        try {
            dictionary = Dictionary.of(tables, ChoiceRows.read(ask, tables, List.copyOf(columns)), List.of());
        } catch (RuntimeException e) {
            return List.of(InstanceChecks.unreadable("choices of " + profile.table(), "sys_choice", e));
        }
        Map<String, String> properties = ProfileColumns.of(profile);
        String accepted = "ticketbridge.profile." + profile.name() + ".accepted-risk.close-code";
        List<Checked> checked = new ArrayList<>();
        constants.forEach((column, values) -> {
            Map<String, String> labels = dictionary.choices().getOrDefault(column, Map.of());
            values.stream()
                    .filter(value -> !labels.isEmpty() && !labels.containsValue(dictionary.value(column, value)))
                    .forEach(value -> checked.add(Checked.problem(
                            SYSTEM,
                            "choices of " + profile.table(),
                            column + " has no choice '" + PlainText.cut(PlainText.oneLine(value), 60) + "'",
                            "set " + (isAcceptedRisk(profile, column, value) ? accepted : properties.get(column))
                                    + " to one of " + String.join(", ", labels.keySet()))));
        });
        ShippedChoices shipped = new ShippedChoices(profile, profile.table(), dictionary);
        defaults.forEach((kind, each) -> each.forEach((column, value) -> {
            if (shipped.value(column, value).isEmpty()) {
                checked.add(Checked.problem(
                        SYSTEM,
                        "choices of " + profile.table(),
                        shipped.missing(column, value),
                        shipped.cure(kind, column)));
            }
        }));
        return checked;
    }

    /** What the flows come to write by themselves, by kind, where the profile names nothing. */
    private static Map<String, Map<String, String>> defaults(ProfileSettings profile, Collection<FlowSettings> flows) {
        Map<String, String> onResolve = new LinkedHashMap<>();
        Map<String, String> onReopen = new LinkedHashMap<>();
        for (FlowSettings flow : flows) {
            Map<String, String> shipped = new LinkedHashMap<>(ProfileDefaults.onResolve(profile.table()));
            if (flow.syncBack()) {
                // Its states go by lists, which are looked at as it starts.
                shipped.remove("state");
            } else if (flow.onRecurrence() == OnRecurrence.REOPEN) {
                onReopen.putAll(ProfileDefaults.onReopen(profile.table()));
            }
            if (flow.syncBack() || flow.resolveWhenFixed()) {
                onResolve.putAll(shipped);
            }
        }
        onResolve.keySet().removeAll(profile.onResolve().keySet());
        onResolve.values().removeIf(value -> value.contains("${"));
        onReopen.keySet().removeAll(profile.onReopen().keySet());
        return Map.of("on-resolve", onResolve, "on-reopen", onReopen);
    }

    /** By column, what stands in the profile as it is sent, and the codes that accept a risk. */
    private static Map<String, Set<String>> constants(ProfileSettings profile) {
        Map<String, Set<String>> constants = new LinkedHashMap<>();
        Stream.of(
                        List.of(
                                profile.fields(),
                                profile.onOpen(),
                                profile.onUpdate(),
                                profile.onResolve(),
                                profile.onReopen()),
                        List.copyOf(profile.severity().values()))
                .flatMap(List::stream)
                .forEach(fields -> fields.forEach((column, value) -> {
                    if (!value.contains("${")) {
                        constants
                                .computeIfAbsent(column, key -> new TreeSet<>())
                                .add(value);
                    }
                }));
        if (!profile.acceptedRisk().isOff()) {
            constants
                    .computeIfAbsent(AcceptanceReader.closeCode(profile.table()), key -> new TreeSet<>())
                    .addAll(profile.acceptedRisk().closeCodes());
        }
        return constants;
    }

    private static boolean isAcceptedRisk(ProfileSettings profile, String column, String value) {
        return column.equals(AcceptanceReader.closeCode(profile.table()))
                && profile.acceptedRisk().closeCodes().contains(value);
    }
}
