package io.ticketbridge.deliver.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.LastAnswers;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.testing.ServiceNowPage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check} makes of the roles of the integration's user (P30). */
class InstanceUserTest {
    private static final Settings SETTINGS = Flow.settings(Map.of("servicenow.user", "bridge"));

    @BeforeEach
    void nothing_was_answered_before() {
        LastAnswers.none();
    }

    private static boolean isOf(ServiceNowCall call, String table) {
        return call.headers().get(ServiceNowConstants.PARAM_TABLE_NAME).equals(table);
    }

    private static Map<String, Object> user(String name, boolean servicesOnly) {
        return Map.of("sys_id", "1", "user_name", name, "web_service_access_only", String.valueOf(servicesOnly));
    }

    private static List<Map<String, Object>> answer(ServiceNowCall call, String roles) {
        return isOf(call, "sys_user")
                ? List.of(user("bridge", true))
                : Stream.of(roles.split(" "))
                        .<Map<String, Object>>map(role -> Map.of("user", "bridge", "role", role))
                        .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "itil, OK",
        "sn_incident_write snc_internal, OK",
        "snc_internal, PROBLEM",
        "snc_read_only sn_problem_write, PROBLEM",
        "acme.tickets snc_internal, WARNING",
    })
    void a_role_that_is_not_known_may_be_the_companys_own(String roles, Checked.Verdict verdict) {
        List<Checked> checked =
                new InstanceUser(SETTINGS.serviceNow(), call -> answer(call, roles)).of(Set.of("incident"));

        assertThat(checked)
                .filteredOn(each -> each.name().equals("roles"))
                .extracting(Checked::verdict)
                .containsExactly(verdict);
    }

    @Test
    void the_page_for_administrators_names_the_same_roles_the_least_first() {
        Map<String, Set<String>> told = ServiceNowPage.roles();
        assertThat(told.keySet()).isEqualTo(InstanceUser.ROLES.keySet());
        InstanceUser.ROLES.forEach((table, roles) -> assertThat(told.get(table)).containsExactlyElementsOf(roles));
    }

    @Test
    void a_user_without_the_role_or_that_may_sign_in_to_pages_is_named() {
        List<Checked> checked = new InstanceUser(
                        SETTINGS.serviceNow(),
                        call -> isOf(call, "sys_user") ? List.of(user("bridge", false)) : answer(call, "snc_internal"))
                .of(Set.of("problem"));

        assertThat(checked)
                .extracting(Checked::verdict)
                .containsExactly(Checked.Verdict.WARNING, Checked.Verdict.PROBLEM);
        assertThat(checked.toString())
                .contains("bridge may sign in to pages, too", "tick Web service access only")
                .contains("bridge has no role that may write problem", "give it sn_problem_write");
    }

    @Test
    void whom_the_settings_do_not_name_the_instance_does_and_more_than_one_is_nobody() {
        ServiceNowSettings unnamed = Flow.settings(Map.of(
                        "servicenow.auth", "oauth-client-credentials",
                        "servicenow.client-id", "id",
                        "servicenow.client-secret", "secret",
                        "servicenow.user", ""))
                .serviceNow();

        assertThat(new InstanceUser(unnamed, call -> answer(call, "sn_incident_write")).of(Set.of("incident")))
                .extracting(Checked::verdict)
                .containsExactly(Checked.Verdict.OK, Checked.Verdict.OK);
        // It dropped the condition.
        assertNobody(new InstanceUser(unnamed, call -> List.of(user("one", true), user("two", true)))
                .of(Set.of("incident")));
        // It dropped it, too, and shows but one of those that it counts.
        LastAnswers.was(200, Map.of("X-Total-Count", List.of("812")));
        assertNobody(new InstanceUser(unnamed, call -> List.of(user("one", true))).of(Set.of("incident")));
    }

    private static void assertNobody(List<Checked> checked) {
        assertThat(checked).singleElement().satisfies(unchecked -> {
            assertThat(unchecked.verdict()).isEqualTo(Checked.Verdict.UNCHECKED);
            assertThat(unchecked.toString())
                    .contains("roles", "with oauth-client-credentials", "set ticketbridge.servicenow.user");
        });
    }
}
