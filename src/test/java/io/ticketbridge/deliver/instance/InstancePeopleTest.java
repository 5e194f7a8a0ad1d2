package io.ticketbridge.deliver.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.servicenow.LastAnswers;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.fault.Checked.Verdict;
import io.ticketbridge.ledger.Flow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code check} makes of the groups and people that profiles name (P30). */
class InstancePeopleTest {
    private static final String GROUP = "c0e5b2f41b5e4d10a3f2c8d47e1f0b02";
    private static final String PERSON = "46d44a23a9fe19810012d100cca80666";
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void nothing_was_answered_before() {
        LastAnswers.none();
    }

    private List<Checked> checked(Map<String, String> keys, Function<String, List<Map<String, Object>>> answer) {
        Map<String, String> all = new HashMap<>(Map.of("servicenow.user", "bridge"));
        all.putAll(keys);
        Settings settings = Flow.settings(all);
        return new InstancePeople(settings.serviceNow(), call -> {
                    asked.add(call.headers()
                            .get(ServiceNowConstants.SYSPARM_QUERY)
                            .toString());
                    return answer.apply(call.headers()
                            .get(ServiceNowConstants.PARAM_TABLE_NAME)
                            .toString());
                })
                .of(settings.profiles().values());
    }

    private static Checked of(List<Checked> checked, String name) {
        return checked.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> row(String sysId, String name, boolean active) {
        return Map.of("sys_id", sysId, "name", name, "active", String.valueOf(active), "user_name", "bridge");
    }

    @Test
    void the_names_say_where_tickets_land() {
        List<Checked> checked = checked(
                Map.of("servicenow.group-sys-id", GROUP, "profile.incident.on-open.assigned_to", PERSON),
                table -> table.equals("sys_user_group")
                        ? List.of(row(GROUP, "Cloud Compliance", true))
                        : List.of(row(PERSON, "Beth Anglin", true)));

        assertThat(checked).extracting(Checked::verdict).containsOnly(Verdict.OK);
        assertThat(of(checked, "assignment group").text())
                .isEqualTo("Cloud Compliance, by ticketbridge.servicenow.group-sys-id");
        assertThat(of(checked, "assignee").text())
                .isEqualTo("Beth Anglin, by ticketbridge.profile.incident.on-open.assigned_to");
        assertThat(of(checked, "caller").text()).isEqualTo("Beth Anglin, the integration's own user, for incident");
    }

    @Test
    void one_that_is_inactive_or_not_there_is_a_problem() {
        List<Checked> checked = checked(
                Map.of("profile.incident.assignment-group", GROUP, "profile.incident.caller", PERSON),
                table -> table.equals("sys_user_group") ? List.of(row(GROUP, "Dissolved", false)) : List.of());

        assertThat(checked).extracting(Checked::verdict).containsExactly(Verdict.PROBLEM, Verdict.PROBLEM);
        assertThat(of(checked, "assignment group").toString())
                .contains("the group Dissolved is inactive", "set ticketbridge.profile.incident.assignment-group to");
        assertThat(of(checked, "caller").toString())
                .contains("there is no user " + PERSON, "set ticketbridge.profile.incident.caller to");
    }

    @Test
    void one_that_is_not_shown_is_no_problem() {
        Map<String, String> keys = Map.of("profile.incident.assignment-group", GROUP);
        LastAnswers.was(200, Map.of("X-Total-Count", List.of("1")));
        assertThat(of(checked(keys, table -> List.of()), "assignment group").verdict())
                .isEqualTo(Verdict.UNCHECKED);

        LastAnswers.none();
        List<Checked> refused = checked(keys, table -> {
            throw new IllegalStateException("Insufficient rights to query records");
        });
        assertThat(refused).extracting(Checked::verdict).containsOnly(Verdict.UNCHECKED);
        assertThat(of(refused, "assignment group").cure()).contains("read sys_user_group");
        // It left out the condition.
        assertThat(of(checked(keys, table -> List.of(row(PERSON, "Network", true))), "assignment group")
                        .verdict())
                .isEqualTo(Verdict.UNCHECKED);
    }

    @Test
    void what_nobody_set_is_said_and_each_is_asked_for_once() {
        List<Checked> checked = checked(
                Map.of(
                        "profile.incident.assigned-to",
                        PERSON,
                        "profile.incident.on-open.caller_id",
                        "",
                        "profile.other.table",
                        "problem",
                        "profile.other.assigned-to",
                        PERSON),
                table -> List.of(row(PERSON, "Beth Anglin", true)));

        assertThat(of(checked, "assignment group").text()).contains("none is set for incident, other");
        assertThat(of(checked, "assignee").text())
                .contains("profile.incident.assigned-to and ticketbridge.profile.other.assigned-to");
        assertThat(checked).extracting(Checked::name).doesNotContain("caller");
        assertThat(asked).containsExactly("sys_id=" + PERSON);
    }
}
