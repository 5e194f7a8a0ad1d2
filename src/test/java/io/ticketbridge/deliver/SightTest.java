package io.ticketbridge.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.deliver.instance.InstanceChecks;
import io.ticketbridge.deliver.servicenow.LastAnswers;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.fault.Checked.Verdict;
import io.ticketbridge.ledger.Flow;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether the user sees our tickets: ServiceNow cuts a list to its limit first, and leaves out what the user may not see then. */
class SightTest {
    @AfterEach
    void forget() {
        LastAnswers.none();
    }

    /** @param shown how many of the newest hundred */
    private static Checked sight(int counted, int shown) {
        return new InstanceChecks(Flow.settings(Map.of()).serviceNow(), call -> {
                    assertThat(call.headers()).containsEntry(ServiceNowConstants.SYSPARM_LIMIT, 100);
                    LastAnswers.was(200, Map.of("X-Total-Count", List.of(String.valueOf(counted))));
                    return Collections.nCopies(shown, Map.of("sys_id", "any"));
                })
                .sight("incident");
    }

    @Test
    void that_none_is_shown_of_those_that_are_counted_is_a_problem() {
        assertThat(sight(400, 0).verdict()).isEqualTo(Verdict.PROBLEM);
    }

    @Test
    void a_confidential_ticket_among_others_is_a_warning_with_the_number() {
        assertThat(sight(400, 99).verdict()).isEqualTo(Verdict.WARNING);
        assertThat(sight(400, 99).text()).isEqualTo("ServiceNow hides 1 of the newest 100");
        assertThat(sight(3, 1).text()).isEqualTo("ServiceNow hides 2 of the newest 3");
    }

    @Test
    void what_lies_behind_the_limit_is_not_hidden() {
        assertThat(sight(400, 100).verdict()).isEqualTo(Verdict.OK);
        assertThat(sight(0, 0).verdict()).isEqualTo(Verdict.OK);
    }
}
