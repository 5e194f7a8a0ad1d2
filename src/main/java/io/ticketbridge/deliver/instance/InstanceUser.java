package io.ticketbridge.deliver.instance;

import static io.ticketbridge.deliver.instance.InstanceChecks.SYSTEM;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.fault.Checked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who calls an instance, and whether it has the roles for what is written (P30; servicenow.md, section 4). */
public final class InstanceUser {
    /** Any one of these lets a user write the table, the least first; docs/servicenow.md lists them. */
    static final Map<String, List<String>> ROLES = Map.of(
            "incident", List.of("sn_incident_write", "itil", "admin"),
            "problem", List.of("sn_problem_write", "problem_manager", "itil", "admin"),
            "sn_si_incident", List.of("sn_si.basic", "sn_si.analyst", "sn_si.integration_user", "sn_si.admin", "admin"),
            "sn_customerservice_case", List.of("sn_customerservice_agent", "sn_customerservice_manager", "admin"),
            "change_request", List.of("sn_change_write", "change_manager", "itil", "admin"));

    /** Shipped ones that let nobody write a table; what is neither here nor above may be a company's own, with access controls of its own. */
    private static final Set<String> OTHERS = Set.of(
            "snc_internal",
            "snc_external",
            "snc_read_only",
            "snc_basic_auth_api_access",
            "snc_platform_rest_api_access",
            "sn_incident_read",
            "sn_problem_read",
            "sn_change_read",
            "sn_si.read",
            "web_service_admin",
            "rest_api_explorer",
            "personalize_dictionary",
            "personalize_read_dictionary",
            "personalize_choices",
            "approver_user");

    /** What Trend Micro's own connector suggests, and ticketbridge does not need. */
    private static final Set<String> TOO_MUCH = Set.of("admin", "security_admin");

    private final ServiceNowSettings serviceNow;
    private final Function<ServiceNowCall, List<Map<String, Object>>> ask;

    InstanceUser(ServiceNowSettings serviceNow, Function<ServiceNowCall, List<Map<String, Object>>> ask) {
        this.serviceNow = serviceNow;
        this.ask = ask;
    }

    /** The integration's user, and its roles for the tables. */
    List<Checked> of(Set<String> tables) {
        List<Map<String, Object>> users;
        try {
            users = ask.apply(OwnUser.question(serviceNow));
        } catch (RuntimeException e) {
            return List.of(InstanceChecks.unreadable("user", "sys_user", e));
        }
        return OwnUser.in(users, serviceNow).map(row -> user(row, tables)).orElseGet(this::unknown);
    }

    private List<Checked> unknown() {
        return List.of(
                serviceNow.user().isEmpty()
                        ? Checked.unchecked(
                                SYSTEM,
                                "roles",
                                "with " + serviceNow.auth() + " nothing tells which user this is",
                                "let the integration's user read its own record of sys_user, or set ticketbridge.servicenow.user to"
                                        + " its User ID")
                        : Checked.problem(
                                SYSTEM,
                                "user",
                                "there is no user " + serviceNow.user() + ", or it may not read itself",
                                "set ticketbridge.servicenow.user to the User ID of the integration's user, and let it read sys_user"));
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
            checked.add(InstanceChecks.unreadable("roles", "sys_user_has_role", e));
            return checked;
        }
        if (roles.isEmpty()) {
            checked.add(Checked.unchecked(
                    SYSTEM,
                    "roles",
                    "no role of " + name + " can be seen",
                    "let it read sys_user_has_role; for " + String.join(", ", tables) + " it needs "
                            + tables.stream().map(InstanceUser::needed).collect(Collectors.joining(", "))));
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

    private static Checked role(String name, String table, Set<String> roles) {
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
                .orElseGet(() -> noneKnown(name, table, roles));
    }

    private static Checked noneKnown(String name, String table, Set<String> roles) {
        String own = roles.stream()
                .filter(role -> !OTHERS.contains(role))
                .filter(role -> ROLES.values().stream().noneMatch(shipped -> shipped.contains(role)))
                .collect(Collectors.joining(", "));
        return own.isEmpty()
                ? Checked.problem(
                        SYSTEM, "roles", name + " has no role that may write " + table, "give it " + needed(table))
                : Checked.warning(
                        SYSTEM,
                        "roles",
                        "none of the roles of " + name + " is known to write " + table + "; one of your own may: "
                                + own,
                        "see that it may create and write " + table + ", by the table's access controls, or give it "
                                + needed(table));
    }

    /** What to do where the user does not see the table. */
    public static String readAccess(String table) {
        return "give the integration's user read access to " + table;
    }

    /** The role with which a user may write the table. */
    public static String needed(String table) {
        List<String> enough = ROLES.get(table);
        return enough == null ? "a role that may write " + table : enough.get(0);
    }
}
