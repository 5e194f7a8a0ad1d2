package io.ticketbridge.deliver.instance;

import static io.ticketbridge.deliver.instance.InstanceChecks.SYSTEM;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.deliver.text.ProfileColumns;
import io.ticketbridge.fault.Checked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Where tickets land: the groups and people that profiles name, and whether the instance has them (P30). */
final class InstancePeople {
    private static final String SYS_ID = "[0-9a-f]{32}";

    private final ServiceNowSettings serviceNow;
    private final Function<ServiceNowCall, List<Map<String, Object>>> ask;

    /** What a column of a ticket names, in which table, and the setting that may say so for all profiles. */
    private enum Role {
        ASSIGNMENT_GROUP("assignment group", "assignment_group", "group", "sys_user_group", "assignment-group"),
        ASSIGNEE("assignee", "assigned_to", "user", "sys_user", "assigned-to"),
        CALLER("caller", "caller_id", "user", "sys_user", "caller");

        private final String label;
        private final String column;
        private final String kind;
        private final String table;
        private final String key;

        Role(String label, String column, String kind, String table, String key) {
            this.label = label;
            this.column = column;
            this.kind = kind;
            this.table = table;
            this.key = key;
        }
    }

    private record Named(Role role, String sysId) {}

    InstancePeople(ServiceNowSettings serviceNow, Function<ServiceNowCall, List<Map<String, Object>>> ask) {
        this.serviceNow = serviceNow;
        this.ask = ask;
    }

    /** One question for each of them, however many profiles name it. */
    List<Checked> of(Collection<ProfileSettings> profiles) {
        Map<Named, Set<String>> named = new LinkedHashMap<>();
        Set<String> withoutGroup = new LinkedHashSet<>();
        Set<String> ownCaller = new LinkedHashSet<>();
        for (ProfileSettings profile : profiles) {
            for (Role role : Role.values()) {
                Map<String, String> written = written(profile, role);
                written.forEach((property, value) -> {
                    if (value.matches(SYS_ID)) {
                        named.computeIfAbsent(new Named(role, value), none -> new LinkedHashSet<>())
                                .add(property);
                    }
                });
                if (written.isEmpty() && role == Role.ASSIGNMENT_GROUP) {
                    withoutGroup.add(profile.name());
                }
                if (written.isEmpty() && role == Role.CALLER && profile.table().equals("incident")) {
                    ownCaller.add(profile.name());
                }
            }
        }
        List<Checked> checked = new ArrayList<>();
        named.forEach((each, properties) -> checked.add(look(each, properties)));
        if (!withoutGroup.isEmpty()) {
            checked.add(Checked.ok(
                    SYSTEM,
                    Role.ASSIGNMENT_GROUP.label,
                    "none is set for " + String.join(", ", withoutGroup)
                            + "; rules of the instance may assign these tickets, else nobody has them"));
        }
        if (!ownCaller.isEmpty()) {
            checked.add(ownCaller(ownCaller));
        }
        return checked;
    }

    /** By property, what is written into the column: what a template makes of it is known only then. */
    private Map<String, String> written(ProfileSettings profile, Role role) {
        Map<String, String> written = new LinkedHashMap<>();
        ProfileColumns.templates(profile).forEach((property, value) -> {
            if (ProfileColumns.column(property).equals(role.column)) {
                written.put(property, value);
            }
        });
        String set =
                switch (role) {
                    case ASSIGNMENT_GROUP -> profile.assignmentGroup();
                    case ASSIGNEE -> profile.assignedTo();
                    case CALLER -> profile.caller();
                };
        if (!set.isEmpty()) {
            written.put(property(profile, role, set), set);
        }
        return written;
    }

    private String property(ProfileSettings profile, Role role, String set) {
        if (role == Role.ASSIGNMENT_GROUP && set.equals(serviceNow.groupSysId())) {
            return "ticketbridge.servicenow.group-sys-id";
        }
        return role == Role.ASSIGNEE && set.equals(serviceNow.userSysId())
                ? "ticketbridge.servicenow.user-sys-id"
                : "ticketbridge.profile." + profile.name() + "." + role.key;
    }

    private Checked look(Named named, Set<String> properties) {
        Role role = named.role();
        List<Map<String, Object>> rows;
        try {
            rows = ask.apply(ServiceNowCall.find(
                    role.table, EncodedQuery.where("sys_id", named.sysId()), "sys_id,name,active", 1));
        } catch (RuntimeException e) {
            return InstanceChecks.unreadable(role.label, role.table, e);
        }
        Optional<Map<String, Object>> found = rows.stream()
                .filter(row -> Row.text(row, "sys_id").equals(named.sysId()))
                .findFirst();
        String property = String.join(" and ", properties);
        if (found.isEmpty() && (!rows.isEmpty() || LastAnswer.current().hidden(0) > 0)) {
            return Checked.unchecked(
                    SYSTEM,
                    role.label,
                    "ServiceNow does not show the " + role.kind + " of " + property,
                    "let the integration's user read " + role.table);
        }
        String name = found.map(row -> Row.text(row, "name")).orElse("");
        if (found.isEmpty() || Row.text(found.get(), "active").equals("false")) {
            return Checked.problem(
                    SYSTEM,
                    role.label,
                    found.isEmpty()
                            ? "there is no " + role.kind + " " + named.sysId()
                                    + ", or it is inactive and hidden from the integration's user"
                            : "the " + role.kind + " " + name + " is inactive",
                    "set " + property + " to the sys_id of an active " + role.kind
                            + " of this instance (its record's menu, Copy sys_id)");
        }
        return Checked.ok(SYSTEM, role.label, (name.isEmpty() ? named.sysId() : name) + ", by " + property);
    }

    private Checked ownCaller(Set<String> profiles) {
        String of = String.join(", ", profiles);
        try {
            return OwnUser.in(ask.apply(OwnUser.question(serviceNow)), serviceNow)
                    .map(row -> Checked.ok(
                            SYSTEM, Role.CALLER.label, OwnUser.name(row) + ", the integration's own user, for " + of))
                    .orElseGet(() -> Checked.unchecked(
                            SYSTEM,
                            Role.CALLER.label,
                            "ServiceNow does not show the integration's own user, so tickets of " + of + " have none",
                            callerCure(profiles)));
        } catch (RuntimeException e) {
            return InstanceChecks.unreadable(Role.CALLER.label, "sys_user", e);
        }
    }

    private static String callerCure(Set<String> profiles) {
        return "let the integration's user read its own record of sys_user, or set ticketbridge.profile."
                + profiles.iterator().next() + ".caller";
    }
}
