package io.ticketbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.testing.HandClock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerRulesTest {

    private static final String RESOLUTION =
            "Data Policy Exception: \n\tThe following fields are mandatory: Resolution code, Close notes";

    private final HandClock clock = new HandClock("2026-03-01T10:15:30Z");
    private final ServiceNowSimulator instance =
            ServiceNowSimulator.start(ServiceNowSimulator.Options.defaults().withClock(clock));
    private final Caller caller = new Caller(instance);

    @AfterEach
    void stop() {
        instance.close();
    }

    private String incident(Map<String, String> fields) {
        return caller.create("incident", fields).result("sys_id");
    }

    private Map<String, String> stored(String sysId) {
        return instance.record("task", sysId).orElseThrow();
    }

    private Caller.Reply resolve(String id) {
        return caller.update(
                "incident", id, Map.of("state", "6", "close_code", "Solution provided", "close_notes", "done"));
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,2,2", "1,3,3", "2,1,2", "2,2,3", "2,3,4", "3,1,3", "3,2,4", "3,3,5"})
    void priority_follows_from_impact_and_urgency(String impact, String urgency, String priority) {
        String id = incident(Map.of("impact", impact, "urgency", urgency, "priority", "1"));
        assertThat(stored(id)).containsEntry("priority", priority);
        caller.update("incident", id, Map.of("priority", "1"));
        assertThat(stored(id)).containsEntry("priority", priority);
    }

    @Test
    void a_new_incident_has_what_the_server_fills_in() {
        assertThat(stored(incident(Map.of())))
                .containsEntry("number", "INC0010001")
                .containsEntry("state", "1")
                .containsEntry("incident_state", "1")
                .containsEntry("active", "true")
                .containsEntry("opened_at", "2026-03-01 10:15:30")
                .containsEntry("opened_by", Seed.INTEGRATION_USER)
                .containsEntry("sys_created_by", "sandbox.integration")
                .containsEntry("sys_mod_count", "0")
                .containsEntry("sys_class_name", "incident");
        assertThat(caller.create("problem", Map.of()).result("number")).isEqualTo("PRB0040001");
        assertThat(caller.create("sn_si_incident", Map.of()).result("number")).isEqualTo("SIR0010001");
        assertThat(caller.create("sn_customerservice_case", Map.of()).result("number"))
                .isEqualTo("CS0001001");
    }

    @Test
    void only_a_real_change_counts() {
        String id = incident(Map.of("short_description", "one"));
        clock.advance(Duration.ofMinutes(1));
        caller.update("incident", id, Map.of("short_description", "one"));
        assertThat(stored(id))
                .containsEntry("sys_mod_count", "0")
                .containsEntry("sys_updated_on", "2026-03-01 10:15:30");
        caller.update("incident", id, Map.of("short_description", "two"));
        assertThat(stored(id))
                .containsEntry("sys_mod_count", "1")
                .containsEntry("sys_updated_on", "2026-03-01 10:16:30");
    }

    @Test
    void resolving_needs_a_valid_code_and_notes() {
        String id = incident(Map.of());
        Caller.Reply reply = caller.update("incident", id, Map.of("state", "6"));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.detail()).isEqualTo(RESOLUTION);
        reply = caller.update("incident", id, Map.of("state", "6", "close_code", "Nonsense", "close_notes", "x"));
        assertThat(reply.detail()).endsWith("mandatory: Resolution code");
        reply = caller.update(
                "incident", id, Map.of("state", "6", "close_code", "Solved (Permanently)", "close_notes", "x"));
        assertThat(reply.status()).as("an inactive choice").isEqualTo(403);
        assertThat(stored(id)).containsEntry("state", "1").containsEntry("sys_mod_count", "0");
        instance.settings().dataPolicies(false);
        assertThat(caller.update("incident", id, Map.of("state", "6")).status()).isEqualTo(200);
    }

    @Test
    void a_table_of_ones_own_ends_where_a_task_does_unless_it_says_otherwise() {
        instance.addTable("u_work", "task", "Work", "WRK");
        String id = caller.create("u_work", Map.of("state", "3")).result("sys_id");
        assertThat(instance.record("u_work", id).orElseThrow()).containsEntry("active", "false");

        instance.choices("u_work", "state", "1 = New", "3 = Investigating", "4 = Pending", "5 = Done");
        instance.settings().closeStates("u_work", "5");
        caller.update("u_work", id, Map.of("state", "4"));
        assertThat(instance.record("u_work", id).orElseThrow()).containsEntry("active", "true");
        caller.update("u_work", id, Map.of("state", "5"));
        assertThat(instance.record("u_work", id).orElseThrow()).containsEntry("active", "false");
        assertThat(caller.update("u_work", id, Map.of("state", "7")).status())
                .as("a choice of the parent")
                .isEqualTo(403);
    }

    @Test
    void resolving_and_reopening_leave_their_marks() {
        String id = incident(Map.of());
        assertThat(resolve(id).status()).isEqualTo(200);
        assertThat(stored(id))
                .containsEntry("resolved_at", "2026-03-01 10:15:30")
                .containsEntry("resolved_by", Seed.INTEGRATION_USER)
                .containsEntry("incident_state", "6")
                .containsEntry("active", "true");
        caller.update("incident", id, Map.of("state", "2"));
        assertThat(stored(id))
                .containsEntry("resolved_at", "")
                .containsEntry("resolved_by", "")
                .containsEntry("reopen_count", "1")
                .containsEntry("state", "2");
    }

    @Test
    void on_hold_needs_a_reason() {
        String id = incident(Map.of());
        assertThat(caller.update("incident", id, Map.of("state", "3")).detail()).endsWith("On hold reason");
        assertThat(caller.update("incident", id, Map.of("state", "3", "hold_reason", "1"))
                        .detail())
                .endsWith("Additional comments");
        assertThat(caller.update("incident", id, Map.of("state", "3", "hold_reason", "4"))
                        .status())
                .isEqualTo(200);
        caller.update("incident", id, Map.of("state", "2"));
        assertThat(stored(id)).containsEntry("hold_reason", "");
    }

    @Test
    void a_state_that_is_no_choice_is_refused() {
        String id = incident(Map.of());
        assertThat(caller.update("incident", id, Map.of("state", "99")).status())
                .isEqualTo(403);
        assertThat(caller.update("incident", id, Map.of("state", "done")).status())
                .isEqualTo(403);
        assertThat(caller.create("problem", Map.of()).status()).isEqualTo(201);
    }

    @Test
    void a_closed_record_takes_notes_and_nothing_else() {
        String id = incident(Map.of());
        resolve(id);
        instance.edit("incident", id, Map.of("state", "7"), "beth.anglin");
        assertThat(stored(id)).containsEntry("active", "false").containsEntry("closed_by", Seed.ASSIGNEE);
        Caller.Reply reply = caller.update("incident", id, Map.of("state", "2"));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.detail()).isEqualTo("ACL Exception Update Failed due to security constraints");
        assertThat(caller.update("incident", id, Map.of("work_notes", "late")).status())
                .isEqualTo(200);
        assertThat(instance.journal(id)).hasSize(1);
        instance.edit("incident", id, Map.of("state", "2"), "beth.anglin");
        assertThat(stored(id)).containsEntry("active", "true").containsEntry("closed_at", "");
    }

    @Test
    void another_group_clears_the_assignee_unless_one_is_sent() {
        String id = incident(Map.of("assignment_group", Seed.SECURITY_OPERATIONS, "assigned_to", Seed.ASSIGNEE));
        caller.update("incident", id, Map.of("assignment_group", Seed.CLOUD_COMPLIANCE));
        assertThat(stored(id)).containsEntry("assigned_to", "").containsEntry("reassignment_count", "1");
        caller.update(
                "incident", id, Map.of("assignment_group", Seed.SECURITY_OPERATIONS, "assigned_to", Seed.ASSIGNEE));
        assertThat(stored(id)).containsEntry("assigned_to", Seed.ASSIGNEE);
    }

    @Test
    void an_empty_text_clears_a_field_but_not_a_choice() {
        String id = incident(Map.of("description", "x", "category", "network"));
        caller.update("incident", id, Map.of("description", "", "category", ""));
        assertThat(stored(id)).containsEntry("description", "").containsEntry("category", "network");
    }

    @Test
    void the_table_api_leaves_the_state_of_a_problem_alone() {
        String id =
                caller.create("problem", Map.of("assigned_to", Seed.ASSIGNEE)).result("sys_id");
        Caller.Reply reply = caller.update("problem", id, Map.of("state", "102", "impact", "1"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.result("state")).isEqualTo("101");
        assertThat(reply.result("impact")).isEqualTo("1");
        instance.settings().problemStateByTableApi(true);
        assertThat(caller.update("problem", id, Map.of("state", "102")).result("state"))
                .isEqualTo("102");
        assertThat(caller.update("problem", id, Map.of("state", "104")).status())
                .isEqualTo(403);
        instance.edit(
                "problem",
                id,
                Map.of("state", "106", "resolution_code", "fix_applied", "cause_notes", "c", "fix_notes", "f"),
                "beth.anglin");
        assertThat(stored(id)).containsEntry("resolved_by", Seed.ASSIGNEE).containsEntry("active", "true");
    }

    @Test
    void notes_are_appended_and_read_as_nothing() {
        String id = incident(Map.of("work_notes", "first"));
        clock.advance(Duration.ofMinutes(1));
        Caller.Reply reply = caller.update("incident", id, Map.of("work_notes", "", "comments", "second"));
        assertThat(reply.result("comments")).isEmpty();
        assertThat(instance.journal(id))
                .containsExactly(
                        new JournalEntry("work_notes", "first", "sandbox.integration", "2026-03-01 10:15:30"),
                        new JournalEntry("comments", "second", "sandbox.integration", "2026-03-01 10:16:30"));
        Caller.Reply shown = caller.get("/api/now/table/incident/" + id, "sysparm_display_value", "true");
        assertThat(shown.result("comments_and_work_notes"))
                .isEqualTo("2026-03-01 10:16:30 - Sandbox Integration (Additional comments)\nsecond\n\n"
                        + "2026-03-01 10:15:30 - Sandbox Integration (Work notes)\nfirst\n\n");
        assertThat(shown.result("work_notes")).contains("first").doesNotContain("second");
        Caller.Reply rows = caller.list(
                "sys_journal_field", "element_id=" + id + "^elementINwork_notes,comments^ORDERBYsys_created_on");
        assertThat(rows.result()).hasSize(2);
        assertThat(rows.result().get(0).path("value").asText()).isEqualTo("first");
    }

    @Test
    void display_times_are_in_the_users_zone() {
        instance.settings().displayZone(ZoneId.of("US/Pacific"));
        String id = incident(Map.of());
        assertThat(caller.get(
                                "/api/now/table/incident/" + id,
                                "sysparm_display_value",
                                "all",
                                "sysparm_fields",
                                "sys_created_on")
                        .result()
                        .toString())
                .isEqualTo("{\"sys_created_on\":{\"display_value\":\"2026-03-01 02:15:30\","
                        + "\"value\":\"2026-03-01 10:15:30\"}}");
    }

    @Test
    void a_person_obeys_mandatory_fields_too() {
        String id = incident(Map.of());
        assertThatThrownBy(() -> instance.edit("incident", id, Map.of("state", "6"), "beth.anglin"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Resolution code");
        instance.edit("incident", id, Map.of("assigned_to", Seed.ASSIGNEE), "beth.anglin");
        assertThat(stored(id)).containsEntry("sys_updated_by", "beth.anglin");
    }

    @Test
    void rights_are_refused_as_an_instance_does() {
        String id = incident(Map.of());
        instance.settings()
                .unreadable("sys_journal_field", true)
                .unreadable("incident", true)
                .unwritable("problem", true);
        Caller.Reply journal = caller.get("/api/now/table/sys_journal_field");
        assertThat(journal.status()).isEqualTo(403);
        assertThat(journal.json().path("error").path("message").asText())
                .isEqualTo("Insufficient rights to query records");
        Caller.Reply incidents = caller.get("/api/now/table/incident");
        assertThat(incidents.status()).isEqualTo(200);
        assertThat(incidents.result()).isEmpty();
        assertThat(incidents.header("X-Total-Count")).isEqualTo("1");
        assertThat(caller.get("/api/now/table/incident/" + id).status()).isEqualTo(404);
        assertThat(caller.create("problem", Map.of()).detail())
                .isEqualTo("ACL Exception Insert Failed due to security constraints");
        instance.settings().apiAclRefused(true);
        assertThat(caller.get("/api/now/table/incident").detail()).isEqualTo("Failed API level ACL Validation");
    }

    @Test
    void a_business_rule_may_abort_and_a_column_may_ignore_writes() {
        instance.settings()
                .abortWhen("incident", "No printers", record -> record.get("short_description")
                        .contains("printer"))
                .ignoredColumn("incident", "correlation_id", true);
        Caller.Reply reply = caller.create("incident", Map.of("short_description", "a printer"));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.detail())
                .matches(
                        "Operation against file 'incident' was aborted by Business Rule 'No printers\\^[0-9a-f]{32}'\\."
                                + " Business Rule Stack:No printers");
        String id = incident(Map.of("correlation_id", "tb-1"));
        assertThat(stored(id)).containsEntry("correlation_id", "");
    }

    @Test
    void dictionary_choices_and_people_are_records_too() {
        assertThat(caller.list("sys_dictionary", "name=task^element=short_description")
                        .result()
                        .get(0)
                        .path("max_length")
                        .asText())
                .isEqualTo("160");
        assertThat(caller.list("sys_dictionary", "name=incident^element=short_description")
                        .result())
                .as("inherited columns are declared at the parent")
                .isEmpty();
        Caller.Reply object = caller.list("sys_db_object", "name=incident", "sysparm_fields", "super_class.name");
        assertThat(object.result().get(0).path("super_class.name").asText()).isEqualTo("task");
        assertThat(caller.list("sys_choice", "name=incident^element=close_code^inactive=false")
                        .result())
                .as("those that ServiceNow ships, and one that an instance adds for accepted risks")
                .hasSize(9);
        assertThat(caller.list("sys_user_group", "name=Security Operations")
                        .result()
                        .get(0)
                        .path("sys_id")
                        .asText())
                .isEqualTo(Seed.SECURITY_OPERATIONS);
        assertThat(caller.list("sys_user", "user_name=sandbox.integration").result())
                .hasSize(1);
    }

    @Test
    void a_choice_that_is_turned_off_counts_at_once() {
        String id = incident(Map.of());
        String choice = caller.list("sys_choice", "name=incident^element=close_code^value=Duplicate")
                .result()
                .get(0)
                .path("sys_id")
                .asText();
        Map<String, String> duplicate = Map.of("state", "6", "close_code", "Duplicate", "close_notes", "x");
        assertThat(caller.update("incident", id, duplicate).status()).isEqualTo(200);
        caller.update("incident", id, Map.of("state", "2", "close_code", "Known error"));
        instance.edit("sys_choice", choice, Map.of("inactive", "true"), "admin");
        assertThat(caller.update("incident", id, duplicate).status()).isEqualTo(403);
    }

    @Test
    void a_group_goes_by_its_new_name_only() {
        instance.edit("sys_user_group", Seed.CLOUD_COMPLIANCE, Map.of("name", "Posture"), "admin");
        String path = "/api/now/table/incident?sysparm_input_display_value=true&sysparm_exclude_reference_link=true";
        assertThat(caller.send("POST", path, Caller.json(Map.of("assignment_group", "Posture")))
                        .result("assignment_group"))
                .isEqualTo(Seed.CLOUD_COMPLIANCE);
        assertThat(caller.send("POST", path, Caller.json(Map.of("assignment_group", "Cloud Compliance")))
                        .result("assignment_group"))
                .isEmpty();
    }

    @Test
    void a_customers_own_columns_and_tables_may_be_declared() {
        instance.addColumn("task", "u_scope", "Scope", "string", 5);
        instance.addTable("x_acme_case", "task", "Acme case", "ACM");
        assertThat(stored(incident(Map.of("u_scope", "123456")))).containsEntry("u_scope", "12345");
        assertThat(caller.create("x_acme_case", Map.of("u_scope", "1")).result("number"))
                .isEqualTo("ACM0001001");
        assertThat(caller.list("sys_dictionary", "name=task^element=u_scope").result())
                .hasSize(1);
    }
}
