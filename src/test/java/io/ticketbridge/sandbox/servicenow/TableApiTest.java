package io.ticketbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableApiTest {

    private final ServiceNowSimulator instance = ServiceNowSimulator.start();
    private final Caller caller = new Caller(instance);

    @AfterEach
    void stop() {
        instance.close();
    }

    private String incident(String title) {
        return caller.create("incident", Map.of("short_description", title)).result("sys_id");
    }

    @Test
    void a_new_record_answers_201_with_its_location() {
        Caller.Reply reply = caller.create("incident", Map.of("short_description", "Ünïcode ✓"));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Location"))
                .isEqualTo(instance.url() + "/api/now/table/incident/" + reply.result("sys_id"));
        assertThat(reply.result("sys_id")).matches("[0-9a-f]{32}");
        assertThat(reply.result("number")).isEqualTo("INC0010001");
        assertThat(reply.result("short_description")).isEqualTo("Ünïcode ✓");
        assertThat(reply.result().path("opened_by").path("value").asText()).isEqualTo(Seed.INTEGRATION_USER);
        assertThat(reply.result("close_notes")).isEmpty();
    }

    @Test
    void one_record_is_read_changed_and_deleted() {
        String id = incident("one");
        assertThat(caller.get("/api/now/table/incident/" + id).result("short_description"))
                .isEqualTo("one");
        assertThat(caller.update("incident", id, Map.of("short_description", "two"))
                        .status())
                .isEqualTo(200);
        Caller.Reply put = caller.send("PUT", "/api/now/v2/table/incident/" + id, Caller.json(Map.of("urgency", "1")));
        assertThat(put.result("short_description"))
                .as("PUT changes only what is sent")
                .isEqualTo("two");
        Caller.Reply deleted = caller.send("DELETE", "/api/now/table/incident/" + id, null);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.text()).isEmpty();
        Caller.Reply gone = caller.get("/api/now/table/incident/" + id);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.text())
                .isEqualTo("{\"error\":{\"message\":\"No Record found\",\"detail\":\"Record doesn't exist or ACL"
                        + " restricts the record retrieval\"},\"status\":\"failure\"}");
    }

    @Test
    void unknown_columns_and_system_columns_in_a_body_are_ignored() {
        Caller.Reply reply =
                caller.create("incident", Map.of("no_such_column", "x", "sys_id", "y", "sys_mod_count", "9"));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.result().has("no_such_column")).isFalse();
        assertThat(reply.result("sys_id")).isNotEqualTo("y");
        assertThat(reply.result("sys_mod_count")).isEqualTo("0");
    }

    @Test
    void a_column_that_may_not_be_read_is_left_out_or_empty_and_takes_what_is_written() {
        instance.settings()
                .unreadableColumn("incident", "description", Settings.Unreadable.OMITTED)
                .unreadableColumn("incident", "close_notes", Settings.Unreadable.EMPTY);
        Caller.Reply reply = caller.create("incident", Map.of("description", "one", "close_notes", "two"));
        assertThat(reply.result().has("description")).isFalse();
        assertThat(reply.result("close_notes")).isEmpty();
        assertThat(instance.record("incident", reply.result("sys_id")).orElseThrow())
                .containsEntry("description", "one")
                .containsEntry("close_notes", "two");
        instance.settings().readableColumn("incident", "description");
        assertThat(caller.get("/api/now/table/incident/" + reply.result("sys_id"))
                        .result("description"))
                .isEqualTo("one");
    }

    @Test
    void text_is_cut_at_the_length_of_its_column() {
        Caller.Reply reply = caller.create("incident", Map.of("short_description", "x".repeat(161)));
        assertThat(reply.result("short_description")).hasSize(160);
    }

    @Test
    void of_several_records_only_the_first_is_made() {
        byte[] two = Caller.json(List.of(Map.of("short_description", "a"), Map.of("short_description", "b")));
        assertThat(caller.send("POST", "/api/now/table/incident", two).result("short_description"))
                .isEqualTo("a");
        assertThat(instance.records("incident")).hasSize(1);
    }

    @Test
    void fields_are_chosen_dot_walked_and_wrong_names_left_out() {
        String id = caller.create("incident", Map.of("caller_id", Seed.CALLER)).result("sys_id");
        JsonNode result = caller.get(
                        "/api/now/table/incident/" + id,
                        "sysparm_fields",
                        "number,caller_id.name,nonsense,caller_id.nonsense,assigned_to.name")
                .result();
        assertThat(result.toString())
                .isEqualTo("{\"number\":\"INC0010001\",\"caller_id.name\":\"Abel Tuter\",\"assigned_to.name\":\"\"}");
    }

    @Test
    void display_values_replace_or_accompany_values() {
        String id = caller.create("incident", Map.of("caller_id", Seed.CALLER, "state", "2"))
                .result("sys_id");
        String path = "/api/now/table/incident/" + id;
        String link = instance.url() + "/api/now/table/sys_user/" + Seed.CALLER;
        String fields = "state,caller_id,assigned_to";

        assertThat(caller.get(path, "sysparm_fields", fields, "sysparm_display_value", "true")
                        .result()
                        .toString())
                .isEqualTo("{\"state\":\"In Progress\",\"caller_id\":{\"display_value\":\"Abel Tuter\",\"link\":\""
                        + link + "\"},\"assigned_to\":\"\"}");
        assertThat(caller.get(path, "sysparm_fields", fields, "sysparm_display_value", "all")
                        .result()
                        .toString())
                .isEqualTo("{\"state\":{\"display_value\":\"In Progress\",\"value\":\"2\"},\"caller_id\":"
                        + "{\"display_value\":\"Abel Tuter\",\"link\":\"" + link + "\",\"value\":\"" + Seed.CALLER
                        + "\"},\"assigned_to\":{\"display_value\":\"\",\"value\":\"\"}}");
        assertThat(caller.get(path, "sysparm_fields", fields, "sysparm_exclude_reference_link", "true")
                        .result("caller_id"))
                .isEqualTo(Seed.CALLER);
    }

    @Test
    void display_values_are_resolved_on_input_and_an_unknown_name_becomes_empty() {
        byte[] body = Caller.json(
                Map.of("caller_id", "abel tuter", "state", "In Progress", "assignment_group", "No Such Group"));
        Caller.Reply reply = caller.send("POST", "/api/now/table/incident?sysparm_input_display_value=true", body);
        assertThat(reply.result().path("caller_id").path("value").asText()).isEqualTo(Seed.CALLER);
        assertThat(reply.result("state")).isEqualTo("2");
        assertThat(reply.result("assignment_group")).isEmpty();
    }

    @Test
    void version_1_answers_404_where_the_others_answer_an_empty_list() {
        String none = "?sysparm_query=number%3DINC9999999";
        assertThat(caller.get("/api/now/v1/table/incident" + none).status()).isEqualTo(404);
        assertThat(caller.get("/api/now/v2/table/incident" + none).text()).isEqualTo("{\"result\":[]}");
        assertThat(caller.get("/api/now/table/incident" + none).text()).isEqualTo("{\"result\":[]}");
    }

    @Test
    void plain_parameters_select_by_value_or_display_value() {
        incident("one");
        caller.create("incident", Map.of("short_description", "two", "state", "2"));
        assertThat(caller.get("/api/now/table/incident?state=In%20Progress").result())
                .hasSize(1);
        assertThat(caller.get("/api/now/table/incident?state=2&short_description=two")
                        .result())
                .hasSize(1);
        assertThat(caller.get("/api/now/table/incident?state=2&short_description=one")
                        .result())
                .isEmpty();
    }

    @Test
    void an_unknown_table_is_a_bad_request() {
        Caller.Reply reply = caller.get("/api/now/table/x_no_such_table");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text())
                .isEqualTo("{\"error\":{\"message\":\"Invalid table x_no_such_table\",\"detail\":null},"
                        + "\"status\":\"failure\"}");
    }

    @Test
    void a_missing_or_wrong_media_type_is_refused() {
        assertThat(caller.with("Accept", null).get("/api/now/table/incident").status())
                .isEqualTo(400);
        assertThat(caller.with("Accept", "text/csv")
                        .get("/api/now/table/incident")
                        .status())
                .isEqualTo(406);
        assertThat(caller.with("Content-Type", null)
                        .create("incident", Map.of())
                        .status())
                .isEqualTo(400);
        assertThat(caller.with("Content-Type", "text/plain")
                        .create("incident", Map.of())
                        .status())
                .isEqualTo(415);
        instance.settings().headersRequired(false);
        assertThat(caller.with("Accept", null).get("/api/now/table/incident").status())
                .isEqualTo(200);
    }

    @Test
    void a_body_that_is_not_json_is_a_bad_request() {
        Caller.Reply reply = caller.send("POST", "/api/now/table/incident", "{".getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(instance.records("incident")).isEmpty();
    }

    @Test
    void a_body_beyond_the_limit_is_refused() {
        instance.settings().maxBodyBytes(1000);
        Caller.Reply reply = caller.create("incident", Map.of("description", "x".repeat(2000)));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).contains("Rejected large REST payload").contains("Max allowed: 1000 bytes.");
    }

    @Test
    void the_response_body_is_left_out_on_request() {
        Caller.Reply reply = caller.with("X-no-response-body", "true").create("incident", Map.of());
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text()).isEmpty();
        assertThat(reply.header("Location")).isNotEmpty();
    }

    @Test
    void the_method_may_be_overridden() {
        String id = incident("one");
        caller.with("X-http-method-override", "PATCH")
                .send("POST", "/api/now/table/incident/" + id, Caller.json(Map.of("short_description", "two")));
        assertThat(instance.record("incident", id).orElseThrow()).containsEntry("short_description", "two");
    }

    @Test
    void children_are_found_through_the_table_that_they_extend() {
        String id = incident("one");
        assertThat(caller.get("/api/now/table/task/" + id).result("sys_class_name"))
                .isEqualTo("incident");
        caller.create("problem", Map.of("short_description", "two"));
        assertThat(caller.get("/api/now/table/task").result()).hasSize(2);
    }

    @Test
    void the_same_seed_makes_the_same_records() {
        String id = incident("one");
        try (ServiceNowSimulator twin = ServiceNowSimulator.start()) {
            assertThat(new Caller(twin)
                            .create("incident", Map.of("short_description", "one"))
                            .result("sys_id"))
                    .isEqualTo(id);
        }
    }

    @Test
    void requests_are_logged_with_what_was_sent_and_answered() {
        caller.list("incident", "active=true^nonsense=1");
        SeenRequest seen = instance.requests().last();
        assertThat(seen.method()).isEqualTo("GET");
        assertThat(seen.parameter("sysparm_query")).isEqualTo("active=true^nonsense=1");
        assertThat(seen.droppedConditions()).containsExactly("nonsense=1");
        assertThat(seen.header("accept")).isEqualTo("application/json");
        incident("one");
        assertThat(instance.requests().last().body()).isEqualTo("{\"short_description\":\"one\"}");
        assertThat(instance.requests().last().status()).isEqualTo(201);
        assertThat(instance.requests().writes()).isEqualTo(1);
        instance.requests().clear();
        assertThat(instance.requests().count()).isZero();
    }
}
