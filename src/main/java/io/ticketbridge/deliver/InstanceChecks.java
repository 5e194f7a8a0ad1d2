package io.ticketbridge.deliver;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.ticket.Ticket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks an instance whether it has what the profiles write, and its user the rights (P30; servicenow.md, section 4). Reads only. */
public final class InstanceChecks {
    private static final String SYSTEM = "servicenow";
    private static final int ROWS = 5000;
    /** So many tickets tell whether the user sees them. */
    private static final int NEWEST = 100;

    /** Any one of these lets a user write the table. */
    private static final Map<String, List<String>> ROLES = Map.of(
            "incident", List.of("sn_incident_write", "itil", "admin"),
            "problem", List.of("sn_problem_write", "problem_manager", "itil", "admin"),
            "sn_si_incident", List.of("sn_si.basic", "sn_si.analyst", "sn_si.integration_user", "sn_si.admin", "admin"),
            "sn_customerservice_case", List.of("sn_customerservice_agent", "sn_customerservice_manager", "admin"),
            "change_request", List.of("sn_change_write", "change_manager", "itil", "admin"));

    /** What Trend Micro's own connector suggests, and ticketbridge does not need. */
    private static final Set<String> TOO_MUCH = Set.of("admin", "security_admin");

    private static final Set<String> DATES = Set.of("glide_date", "glide_date_time", "due_date");

    private final ServiceNowSettings serviceNow;
    private final Function<ServiceNowCall, List<Map<String, Object>>> ask;

    /** @param ask sends a call that reads; throws if it failed */
    public InstanceChecks(ServiceNowSettings serviceNow, Function<ServiceNowCall, List<Map<String, Object>>> ask) {
        this.serviceNow = serviceNow;
        this.ask = ask;
    }

    /** The user that the settings name, and its roles for the tables. */
    public List<Checked> user(Set<String> tables) {
        if (serviceNow.user().isEmpty()) {
            return ownUser(tables);
        }
        List<Map<String, Object>> users;
        try {
            users = ask.apply(ServiceNowCall.find(
                    "sys_user",
                    EncodedQuery.where("user_name", serviceNow.user()),
                    "sys_id,user_name,active,web_service_access_only",
                    2));
        } catch (RuntimeException e) {
            return List.of(unreadable("user", "sys_user", e));
        }
        return users.stream()
                .filter(row -> Row.text(row, "user_name").equals(serviceNow.user()))
                .findFirst()
                .map(row -> user(row, tables))
                .orElseGet(
                        () -> List.of(
                                Checked.problem(
                                        SYSTEM,
                                        "user",
                                        "there is no user " + serviceNow.user() + ", or it may not read itself",
                                        "set ticketbridge.servicenow.user to the User ID of the integration's user, and let it read sys_user")));
    }

    /** Whether the user sees the tickets that are there: without the right to read them ServiceNow answers as if there were none. */
    public Checked sight(String table) {
        String what = "tickets in " + table;
        try {
            int shown = ask.apply(ServiceNowCall.find(
                            table,
                            "correlation_idSTARTSWITH" + Ticket.CORRELATION + "^ORDERBYDESCsys_created_on",
                            "sys_id",
                            NEWEST))
                    .size();
            // The limit cuts before the access rules do.
            int counted = Math.min(LastAnswer.current().hidden(0), NEWEST);
            if (shown >= counted) {
                return Checked.ok(SYSTEM, what, "those that are there can be read");
            }
            String cure = MissingTickets.cure(table);
            return shown == 0
                    ? Checked.problem(SYSTEM, what, "ServiceNow shows none of those that are there", cure)
                    : Checked.warning(
                            SYSTEM, what, "ServiceNow hides " + (counted - shown) + " of the newest " + counted, cure);
        } catch (RuntimeException e) {
            return unreadable(what, table, e);
        }
    }

    /** Where the settings name no user, the instance is asked who calls. One that drops the condition shows others, too. */
    private List<Checked> ownUser(Set<String> tables) {
        List<Map<String, Object>> users;
        try {
            users = ask.apply(ServiceNowCall.find(
                    "sys_user",
                    "sys_id=javascript:gs.getUserID()",
                    "sys_id,user_name,active,web_service_access_only",
                    2));
        } catch (RuntimeException e) {
            return List.of(unreadable("user", "sys_user", e));
        }
        return users.size() == 1
                ? user(users.get(0), tables)
                : List.of(
                        Checked.unchecked(
                                SYSTEM,
                                "roles",
                                "with " + serviceNow.auth() + " nothing tells which user this is",
                                "set ticketbridge.servicenow.user to the id of the OAuth application's user, and its roles are checked"));
    }

    private List<Checked> user(Map<String, Object> user, Set<String> tables) {
        String name = Row.text(user, "user_name");
        List<Checked> checked = new ArrayList<>();
        checked.add(
                Row.text(user, "web_service_access_only").equals("true")
                        ? Checked.ok(SYSTEM, "user", name + " may use web services only")
                        : Checked.warning(
                                SYSTEM,
                                "user",
                                name + " may sign in to pages, too",
                                "tick Web service access only on the user's record"));
        Set<String> roles;
        try {
            roles = ask
                    .apply(ServiceNowCall.findDisplayed(
                            "sys_user_has_role",
                            EncodedQuery.where("user", Row.text(user, "sys_id")),
                            "user,role",
                            500))
                    .stream()
                    .map(row -> Row.shown(row, "role"))
                    .filter(role -> !role.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (RuntimeException e) {
            checked.add(unreadable("roles", "sys_user_has_role", e));
            return checked;
        }
        if (roles.isEmpty()) {
            checked.add(Checked.unchecked(
                    SYSTEM,
                    "roles",
                    "no role of " + name + " can be seen",
                    "let it read sys_user_has_role; for " + String.join(", ", tables) + " it needs "
                            + tables.stream().map(InstanceChecks::needed).collect(Collectors.joining(", "))));
            return checked;
        }
        tables.forEach(table -> checked.add(role(name, table, roles)));
        roles.stream()
                .filter(TOO_MUCH::contains)
                .forEach(role -> checked.add(Checked.warning(
                        SYSTEM,
                        "roles",
                        name + " has the role " + role + ", which is more than it needs",
                        "take it away")));
        return checked;
    }

    private Checked role(String name, String table, Set<String> roles) {
        List<String> enough = ROLES.get(table);
        if (enough == null) {
            return Checked.unchecked(
                    SYSTEM,
                    "roles",
                    "which role may write " + table + " is not known here",
                    "look at the table's access controls");
        }
        return enough.stream()
                .filter(roles::contains)
                .findFirst()
                .map(role -> Checked.ok(SYSTEM, "roles", "role " + role + " may write " + table))
                .orElseGet(() -> Checked.problem(
                        SYSTEM, "roles", name + " has no role that may write " + table, "give it " + needed(table)));
    }

    private static String needed(String table) {
        List<String> enough = ROLES.get(table);
        return enough == null ? "a role that may write " + table : enough.get(0);
    }

    /** Whether the columns that a profile writes are there, its mandatory ones are written, and its choices are known. */
    public List<Checked> profile(ProfileSettings profile) {
        List<String> tables;
        Map<String, Boolean> columns = new LinkedHashMap<>();
        Map<String, String> types = new LinkedHashMap<>();
        try {
            tables = TableHierarchy.of(profile.table(), ask);
            ask.apply(ServiceNowCall.find(
                            "sys_dictionary",
                            EncodedQuery.whereIn("name", tables),
                            "name,element,mandatory,internal_type",
                            ROWS))
                    .forEach(row -> {
                        columns.merge(
                                Row.text(row, "element"),
                                Row.text(row, "mandatory").equals("true"),
                                Boolean::logicalOr);
                        types.putIfAbsent(Row.text(row, "element"), Row.text(row, "internal_type"));
                    });
        } catch (RuntimeException e) {
            return List.of(unreadable("columns of " + profile.table(), "sys_dictionary", e));
        }
        columns.remove("");
        if (columns.isEmpty()) {
            return List.of(Checked.unchecked(
                    SYSTEM,
                    "columns of " + profile.table(),
                    "no column can be seen",
                    "let the integration's user read sys_dictionary"));
        }
        List<Checked> checked = new ArrayList<>(unknownColumns(profile, columns.keySet()));
        checked.addAll(unwritten(profile, columns));
        checked.addAll(unknownChoices(profile, tables));
        acceptedUntil(profile, types).ifPresent(checked::add);
        if (checked.isEmpty()) {
            checked.add(Checked.ok(
                    SYSTEM,
                    "columns of " + profile.table(),
                    "profile " + profile.name() + " writes columns and choices that are there"));
        }
        return checked;
    }

    /** The columns that a profile sets, each with the property that says so. */
    static Map<String, String> written(ProfileSettings profile) {
        Map<String, String> written = new LinkedHashMap<>();
        String prefix = "ticketbridge.profile." + profile.name() + ".";
        profile.fields().keySet().forEach(column -> written.put(column, prefix + "field." + column));
        profile.onOpen().keySet().forEach(column -> written.put(column, prefix + "on-open." + column));
        profile.onUpdate().keySet().forEach(column -> written.put(column, prefix + "on-update." + column));
        profile.onResolve().keySet().forEach(column -> written.put(column, prefix + "on-resolve." + column));
        profile.severity().forEach((level, fields) -> fields.keySet()
                .forEach(column -> written.put(
                        column,
                        prefix + "severity." + level.name().toLowerCase(java.util.Locale.ROOT) + "." + column)));
        return written;
    }

    private static List<Checked> unknownColumns(ProfileSettings profile, Set<String> columns) {
        return written(profile).entrySet().stream()
                .filter(column -> !columns.contains(column.getKey()))
                .map(column -> Checked.problem(
                        SYSTEM,
                        "columns of " + profile.table(),
                        profile.table() + " has no column " + column.getKey() + ", or the user may not see it",
                        "remove " + column.getValue() + ", or correct the column's name"))
                .toList();
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
        Set<String> sent = new LinkedHashSet<>(written(profile).keySet());
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

    private List<Checked> unknownChoices(ProfileSettings profile, List<String> tables) {
        Map<String, String> properties = written(profile);
        Map<String, Set<String>> constants = new LinkedHashMap<>();
        java.util.stream.Stream.of(
                        List.of(profile.fields(), profile.onOpen(), profile.onUpdate(), profile.onResolve()),
                        List.copyOf(profile.severity().values()))
                .flatMap(List::stream)
                .forEach(fields -> fields.forEach((column, value) -> {
                    if (!value.contains("${")) {
                        constants
                                .computeIfAbsent(column, key -> new TreeSet<>())
                                .add(value);
                    }
                }));
        String closeCode = AcceptanceReader.closeCode(profile.table());
        if (!profile.acceptedRisk().isOff()) {
            constants
                    .computeIfAbsent(closeCode, key -> new TreeSet<>())
                    .addAll(profile.acceptedRisk().closeCodes());
        }
        if (constants.isEmpty()) {
            return List.of();
        }
        Dictionary dictionary;
        try {
            dictionary =
                    Dictionary.of(tables, ChoiceRows.read(ask, tables, List.copyOf(constants.keySet())), List.of());
        } catch (RuntimeException e) {
            return List.of(unreadable("choices of " + profile.table(), "sys_choice", e));
        }
        String accepted = "ticketbridge.profile." + profile.name() + ".accepted-risk.close-code";
        List<Checked> checked = new ArrayList<>();
        constants.forEach((column, values) -> {
            Map<String, String> labels = dictionary.choices().getOrDefault(column, Map.of());
            values.stream()
                    .filter(value -> !labels.isEmpty() && !labels.containsValue(dictionary.value(column, value)))
                    .forEach(value -> checked.add(Checked.problem(
                            SYSTEM,
                            "choices of " + profile.table(),
                            column + " has no choice '" + Lines.cut(Lines.one(value), 60) + "'",
                            "set " + (isAcceptedRisk(profile, column, value) ? accepted : properties.get(column))
                                    + " to one of " + String.join(", ", labels.keySet()))));
        });
        return checked;
    }

    private static boolean isAcceptedRisk(ProfileSettings profile, String column, String value) {
        return column.equals(AcceptanceReader.closeCode(profile.table()))
                && profile.acceptedRisk().closeCodes().contains(value);
    }

    private static Checked unreadable(String name, String table, RuntimeException e) {
        return Checked.unchecked(
                SYSTEM,
                name,
                "could not be asked: " + Lines.cut(Lines.one(String.valueOf(e.getMessage())), 200),
                "let the integration's user read " + table);
    }
}
