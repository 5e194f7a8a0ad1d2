package io.ticketbridge.deliver.instance;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.Delivery;
import io.ticketbridge.deliver.DeliveryWorld;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.UnusableValue;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is written where a profile names nothing, on instances whose tables are not as ServiceNow ships them (P22). */
class ShippedChoicesTest {
    private static final Finding ONE = fail("s3-public", "one");
    private static final String[] OLD_PROBLEM = {"1 Open", "2 Known Error", "3 Pending Change", "4 Closed/Resolved"};
    private DeliveryWorld world;

    @AfterEach
    void close() {
        if (world != null) {
            world.close();
        }
    }

    private void open(String table, Map<String, String> profile, Map<String, String[]> choices) {
        world = new DeliveryWorld(keys(table, profile));
        world.ledger.table = table;
        world.answers("sys_choice", call -> choices(call, table, choices));
    }

    private static Map<String, String> keys(String table, Map<String, String> profile) {
        Map<String, String> keys = new HashMap<>(Map.of("group-by", "check", "on-recurrence", "reopen"));
        keys.put("profile.incident.table", table);
        profile.forEach((key, value) -> keys.put("profile.incident." + key, value));
        return keys;
    }

    private static List<Map<String, Object>> choices(ServiceNowCall call, String table, Map<String, String[]> choices) {
        if (!call.headers().get(ServiceNowConstants.PARAM_TABLE_NAME).equals("sys_choice")
                || call.headers().toString().contains("sys_id>")) {
            return List.of();
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        choices.forEach((column, values) -> {
            for (String each : values) {
                String value = each.substring(0, each.indexOf(' '));
                String label = each.substring(each.indexOf(' ') + 1);
                String id = String.format("%032x", rows.size() + 1);
                rows.add(Map.of(
                        "sys_id",
                        id,
                        "name",
                        table,
                        "element",
                        column,
                        "value",
                        value,
                        "label",
                        label,
                        "sequence",
                        String.valueOf(rows.size())));
            }
        });
        return rows;
    }

    private Delivery resolving() {
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.ledger.scan(pass("s3-public", "one"));
        return world.intended(ONE, Action.RESOLVE, "nothing fails any more");
    }

    private Delivery reopening() {
        world.ledger.scan(ONE);
        world.deliver(ONE, Action.OPEN);
        world.ledger.people(ONE, "6", Phase.RESOLVED);
        world.ledger.scan(ONE);
        return world.intended(ONE, Action.REOPEN, "1 finding fails again");
    }

    @Test
    void a_state_is_never_guessed() {
        open("problem", Map.of(), Map.of("state", OLD_PROBLEM));
        Delivery delivery = resolving();

        assertThatThrownBy(() -> world.draft(delivery))
                .isInstanceOf(UnusableValue.class)
                .hasMessage(
                        "problem has no state '106' that ticketbridge may write by itself, and no other is guessed: set"
                                + " ticketbridge.profile.incident.on-resolve.state to one of Open, Known Error, Pending Change,"
                                + " Closed/Resolved");
    }

    @Test
    void the_profile_names_it() {
        open("problem", Map.of("on-resolve.state", "Closed/Resolved"), Map.of("state", OLD_PROBLEM));

        assertThat(world.draft(resolving())).containsEntry("state", "4");
    }

    @Test
    void a_state_to_reopen_with_is_not_guessed_either_and_may_be_named() {
        open("problem", Map.of(), Map.of("state", OLD_PROBLEM));
        Delivery unnamed = reopening();
        assertThatThrownBy(() -> world.draft(unnamed))
                .hasMessageContaining("set ticketbridge.profile.incident.on-reopen.state to one of Open, Known Error");
        world.close();

        open(
                "problem",
                Map.of("on-reopen.state", "Known Error", "on-reopen.u_back", "${body.flow}"),
                Map.of("state", OLD_PROBLEM));
        assertThat(world.draft(reopening())).containsEntry("state", "2").containsEntry("u_back", Flow.NAME);
    }

    @Test
    void in_a_table_of_ones_own_the_number_of_a_task_may_mean_anything() {
        open("u_work", Map.of(), Map.of("state", new String[] {
            "1 New", "2 Assigned", "3 Investigating", "4 Pending", "5 Done"
        }));
        Delivery delivery = resolving();

        assertThatThrownBy(() -> world.draft(delivery)).hasMessageContaining("u_work has no state '3'");
    }

    @Test
    void a_state_that_is_called_closed_is_no_guess() {
        open("u_item", Map.of(), Map.of("state", new String[] {"1 Open", "2 Under review", "3 Closed", "11 Deferred"}));

        assertThat(world.draft(resolving())).containsEntry("state", "3");
    }

    @Test
    void a_table_with_the_states_of_a_task_needs_no_settings_in_whatever_language() {
        open("sc_task", Map.of(), Map.of("state", new String[] {
            "1 Offen", "2 In Arbeit", "3 Erledigt", "4 Unvollständig", "7 Ausgelassen"
        }));

        assertThat(world.draft(resolving())).containsEntry("state", "3");
    }

    @Test
    void a_close_code_is_one_that_says_the_same_or_none() {
        open("incident", Map.of(), Map.of("close_code", new String[] {
            "d Duplicate", "s Solved (Permanently)", "u User error"
        }));
        assertThat(world.draft(resolving())).containsEntry("close_code", "s");
        world.close();

        open("incident", Map.of(), Map.of("close_code", new String[] {"a Accepted risk", "f Fixed"}));
        Delivery delivery = resolving();
        assertThatThrownBy(() -> world.draft(delivery))
                .isInstanceOf(UnusableValue.class)
                .hasMessageEndingWith(
                        "set ticketbridge.profile.incident.on-resolve.close_code to one of Accepted risk, Fixed");
    }

    @Test
    void no_close_code_of_an_accepted_risk_is_written_by_itself() {
        open("incident", Map.of("accepted-risk.close-code", "Solution provided"), Map.of("close_code", new String[] {
            "s Solution provided", "o Other"
        }));
        Delivery delivery = resolving();

        assertThatThrownBy(() -> world.draft(delivery))
                .hasMessageEndingWith("set ticketbridge.profile.incident.on-resolve.close_code to one of Other");
    }

    /** What ServiceNow answers a write: what was sent, but for what is told. */
    private void answered(Delivery delivery, Map<String, String> other) {
        Map<String, Object> answer = new HashMap<>(world.draft(delivery));
        answer.put("sys_id", delivery.ticket().sysId());
        answer.put("number", delivery.ticket().number());
        answer.putAll(other);
        world.recording.record(delivery, answer);
    }

    private String letters() {
        return world.ledger.deadLetters.open().of(9).toString();
    }

    @Test
    void a_ticket_that_is_open_after_it_was_resolved_is_said_whatever_was_sent() {
        open("u_work", Map.of(), Map.of());
        answered(resolving(), Map.of("active", "true"));
        assertThat(letters()).contains("state '3' of u_work is an open one", "profile.incident.on-resolve.state");
        world.close();

        open("u_work", Map.of("on-resolve.state", "3"), Map.of());
        answered(resolving(), Map.of("active", "true"));
        assertThat(letters()).doesNotContain("is an open one");
        world.close();

        open("u_work", Map.of(), Map.of());
        answered(resolving(), Map.of("active", "false"));
        assertThat(letters()).doesNotContain("is an open one");
    }

    @Test
    void a_ticket_that_is_not_reopened_is_said_and_is_closed_for_good() {
        open("problem", Map.of("on-reopen.state", "103"), Map.of());
        Delivery delivery = reopening();
        answered(delivery, Map.of("state", "106", "active", "true"));

        assertThat(letters()).contains("was to be reopened and stays in state '106'");
        assertThat(world.ledger.tickets.latest(world.ledger.groupOf(ONE))).hasValueSatisfying(ticket -> {
            assertThat(ticket.phase()).isEqualTo(Phase.CLOSED);
            assertThat(ticket.reached()).isTrue();
        });
    }

    @Test
    void a_check_names_what_would_be_missing() {
        Map<String, String[]> codes =
                Map.of("state", OLD_PROBLEM, "resolution_code", new String[] {"done Done", "dup Duplicate"});
        assertThat(checked(Map.of(), codes))
                .contains("no state '106'", "on-resolve.state to one of Open, Known Error")
                .contains("no state '103'", "on-reopen.state to one of Open")
                .contains("no resolution_code 'fix_applied'", "on-resolve.resolution_code to one of Done, Duplicate");
        assertThat(checked(
                        Map.of("on-resolve.state", "4", "on-reopen.state", "1", "on-resolve.resolution_code", "Done"),
                        codes))
                .doesNotContain("PROBLEM");
    }

    private static String checked(Map<String, String> profile, Map<String, String[]> choices) {
        Settings settings = Flow.settings(keys("problem", profile));
        List<Checked> checked = new InstanceChoices(call -> choices(call, "problem", choices))
                .unknown(
                        settings.profiles().get("incident"),
                        List.of("problem"),
                        settings.flows().values());
        return checked.toString();
    }
}
