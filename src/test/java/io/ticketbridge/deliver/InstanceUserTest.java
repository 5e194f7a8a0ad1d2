package io.ticketbridge.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Settings;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.ledger.Flow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check} makes of the roles of the integration's user (P30). */
class InstanceUserTest {
    private static final Settings SETTINGS = Flow.settings(Map.of("servicenow.user", "bridge"));

    private static List<Map<String, Object>> answer(ServiceNowCall call, String roles) {
        return call.headers().get(ServiceNowConstants.PARAM_TABLE_NAME).equals("sys_user")
                ? List.of(Map.of("sys_id", "1", "user_name", "bridge", "web_service_access_only", "true"))
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
}
