package io.ticketbridge.deliver.instance;

import static io.ticketbridge.deliver.instance.InstanceChecks.SYSTEM;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.text.ProfileColumns;
import io.ticketbridge.fault.Checked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Whether an instance's tables have what a profile writes. */
final class InstanceColumns {
    private static final int ROWS = 5000;
    private static final Set<String> DATES = Set.of("glide_date", "glide_date_time", "due_date");

    private final ServiceNowSettings serviceNow;
    private final Function<ServiceNowCall, List<Map<String, Object>>> ask;
    private final InstanceChoices choices;

    InstanceColumns(ServiceNowSettings serviceNow, Function<ServiceNowCall, List<Map<String, Object>>> ask) {
        this.serviceNow = serviceNow;
        this.ask = ask;
        this.choices = new InstanceChoices(ask);
    }

    /** Whether the columns that a profile writes are there, its mandatory ones are written, and its choices are known. */
    List<Checked> of(ProfileSettings profile, Collection<FlowSettings> flows) {
        List<String> tables = TableHierarchy.of(profile.table(), this::toldOrNothing);
        Map<String, Boolean> columns = new LinkedHashMap<>();
        Map<String, String> types = new LinkedHashMap<>();
        Map<String, Integer> lengths = new LinkedHashMap<>();
        try {
            ask.apply(ServiceNowCall.find(
                            "sys_dictionary",
                            EncodedQuery.whereIn("name", tables),
                            "name,element,mandatory,internal_type,max_length,choice",
                            ROWS))
                    .forEach(row -> {
                        columns.merge(
                                Row.text(row, "element"),
                                Row.text(row, "mandatory").equals("true"),
                                Boolean::logicalOr);
                        types.putIfAbsent(Row.text(row, "element"), Row.text(row, "internal_type"));
                        length(row).ifPresent(length -> lengths.putIfAbsent(Row.text(row, "element"), length));
                    });
        } catch (RuntimeException e) {
            return unchecked(
                    profile,
                    tables,
                    flows,
                    InstanceChecks.unreadable("columns of " + profile.table(), "sys_dictionary", e));
        }
        columns.remove("");
        if (columns.isEmpty()) {
            return unchecked(
                    profile,
                    tables,
                    flows,
                    Checked.unchecked(
                            SYSTEM,
                            "columns of " + profile.table(),
                            "no column can be seen",
                            "let the integration's user read sys_dictionary"));
        }
        List<Checked> checked = new ArrayList<>(unknownColumns(profile, columns.keySet()));
        checked.addAll(unwritten(profile, columns));
        checked.addAll(choices.unknown(profile, tables, flows));
        acceptedUntil(profile, types).ifPresent(checked::add);
        checked.addAll(tooLong(profile, lengths));
        if (checked.isEmpty()) {
            checked.add(Checked.ok(
                    SYSTEM,
                    "columns of " + profile.table(),
                    "profile " + profile.name() + " writes columns and choices that are there"));
        }
        return checked;
    }

    /** Who may not see the columns may often see the choices. */
    private List<Checked> unchecked(
            ProfileSettings profile, List<String> tables, Collection<FlowSettings> flows, Checked columns) {
        List<Checked> checked = new ArrayList<>(List.of(columns));
        checked.addAll(choices.unknown(profile, tables, flows));
        return checked;
    }

    private List<Map<String, Object>> toldOrNothing(ServiceNowCall call) {
        try {
            return ask.apply(call);
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private static List<Checked> unknownColumns(ProfileSettings profile, Set<String> columns) {
        return ProfileColumns.of(profile).entrySet().stream()
                .filter(column -> !columns.contains(column.getKey()))
                .map(column -> Checked.problem(
                        SYSTEM,
                        "columns of " + profile.table(),
                        profile.table() + " has no column " + column.getKey() + ", or the user may not see it",
                        "remove " + column.getValue() + ", or correct the column's name"))
                .toList();
    }

    /** Of a text, which ServiceNow would cut. */
    private static OptionalInt length(Map<String, Object> row) {
        String length = Row.text(row, "max_length");
        boolean isChoice = !Set.of("", "0").contains(Row.text(row, "choice"));
        return Row.text(row, "internal_type").equals("string") && !isChoice && length.matches("[1-9]\\d{0,8}")
                ? OptionalInt.of(Integer.parseInt(length))
                : OptionalInt.empty();
    }

    /** How long a template becomes is known only once it is filled in: then it is cut visibly. */
    private static List<Checked> tooLong(ProfileSettings profile, Map<String, Integer> lengths) {
        List<Checked> checked = new ArrayList<>();
        ProfileColumns.templates(profile).forEach((property, text) -> {
            int most = lengths.getOrDefault(ProfileColumns.column(property), Integer.MAX_VALUE);
            if (!text.contains("${") && text.length() > most) {
                checked.add(Checked.warning(
                        SYSTEM,
                        "columns of " + profile.table(),
                        ProfileColumns.column(property) + " holds " + most + " characters, and its text has "
                                + text.length(),
                        "shorten " + property + ", or make the column longer"));
            }
        });
        return checked;
    }

    /** The end of an accepted risk is read, never written, so it only has to be there and to be a date. */
    private static Optional<Checked> acceptedUntil(ProfileSettings profile, Map<String, String> types) {
        String property = "ticketbridge.profile." + profile.name() + ".accepted-risk.until-field";
        return profile.acceptedRisk().untilField().flatMap(field -> {
            String type = types.get(field);
            if (type == null) {
                return Optional.of(Checked.problem(
                        SYSTEM,
                        "columns of " + profile.table(),
                        profile.table() + " has no column " + field + ", or the user may not see it",
                        "correct " + property + ", or remove it"));
            }
            return type.isEmpty() || DATES.contains(type)
                    ? Optional.empty()
                    : Optional.of(Checked.problem(
                            SYSTEM,
                            "columns of " + profile.table(),
                            field + " holds no date, its type is " + type,
                            "name a column of type Date or Date/Time in " + property));
        });
    }

    private List<Checked> unwritten(ProfileSettings profile, Map<String, Boolean> columns) {
        Set<String> sent = new LinkedHashSet<>(ProfileColumns.of(profile).keySet());
        sent.addAll(ProfileDefaults.fields().keySet());
        sent.addAll(List.of(
                "number",
                "state",
                "impact",
                "urgency",
                "priority",
                "correlation_id",
                "correlation_display",
                "sys_id",
                "opened_at",
                "opened_by"));
        if (!profile.assignmentGroup().isEmpty()) {
            sent.add("assignment_group");
        }
        if (!profile.assignedTo().isEmpty()) {
            sent.add("assigned_to");
        }
        if (!profile.caller().isEmpty() || !serviceNow.user().isEmpty()) {
            sent.add("caller_id");
        }
        return columns.entrySet().stream()
                .filter(column -> column.getValue() && !sent.contains(column.getKey()))
                .map(column -> Checked.problem(
                        SYSTEM,
                        "columns of " + profile.table(),
                        column.getKey() + " is mandatory, and profile " + profile.name() + " does not write it",
                        "set ticketbridge.profile." + profile.name() + ".on-open." + column.getKey()))
                .toList();
    }
}
