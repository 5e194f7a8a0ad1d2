package io.ticketbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shapes of the answers against published and observed ones, where their folder is beside the project. */
class PublishedSamplesTest {

    private static final Path SAMPLES = Path.of(System.getProperty("ticketbridge.samples", "../shared/samples"))
            .resolve("servicenow");

    private final ServiceNowSimulator instance = ServiceNowSimulator.start();
    private final Caller caller = new Caller(instance);

    @BeforeEach
    void samplesAreThere() {
        Assumptions.assumeTrue(
                Files.isDirectory(SAMPLES),
                () -> "No samples in " + SAMPLES.toAbsolutePath() + ": set -Dticketbridge.samples to their folder");
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    private static JsonNode sample(String name) throws IOException {
        return Caller.JSON.readTree(Files.readAllBytes(SAMPLES.resolve(name)));
    }

    /** Every field of the sample is in the answer, and of the same kind unless one of them is empty. */
    private static void covers(JsonNode answer, JsonNode sample) {
        Map<String, String> differences = new TreeMap<>();
        sample.properties().forEach(field -> {
            JsonNode ours = answer.get(field.getKey());
            if (ours == null) {
                differences.put(field.getKey(), "missing");
            } else if (ours.isObject() && field.getValue().isObject()) {
                if (!ours.properties().stream()
                        .map(Map.Entry::getKey)
                        .toList()
                        .containsAll(field.getValue().properties().stream()
                                .map(Map.Entry::getKey)
                                .toList())) {
                    differences.put(field.getKey(), "keys " + ours);
                }
            } else if (ours.getNodeType() != field.getValue().getNodeType()
                    && !ours.asText("x").isEmpty()
                    && !field.getValue().asText("x").isEmpty()) {
                differences.put(field.getKey(), "is " + ours.getNodeType());
            }
        });
        assertThat(differences).isEmpty();
    }

    @Test
    void an_incident_has_the_published_fields() throws IOException {
        JsonNode request = sample("incident_create_request.json");
        Caller.Reply made = caller.send("POST", "/api/now/table/incident", Caller.json(request));
        covers(made.result(), sample("incident_create_response_201.json").path("result"));
        String path = "/api/now/table/incident/" + made.result("sys_id");
        covers(
                caller.get(path).result(),
                sample("incident_get_response_200.json").path("result"));
        Caller.Reply patched = caller.update("incident", made.result("sys_id"), Map.of("assigned_to", Seed.ASSIGNEE));
        covers(patched.result(), sample("incident_patch_response_200.json").path("result"));
        covers(
                caller.get(path, "sysparm_display_value", "all").result(),
                sample("incident_display_value_all_200.json").path("result"));
        covers(
                caller.get(path, "sysparm_display_value", "true").result(),
                sample("incident_display_value_true_200.json").path("result"));
        covers(
                caller.get("/api/now/table/incident").result().get(0),
                sample("incident_list_response_200.json").path("result").get(0));
        Caller.Reply resolved = caller.send("PATCH", path, Caller.json(sample("incident_resolve_request.json")));
        assertThat(resolved.status()).isEqualTo(200);
        assertThat(resolved.result("state")).isEqualTo("6");
    }

    @Test
    void problems_and_journal_entries_have_the_published_fields() throws IOException {
        String id = caller.create("problem", Map.of("work_notes", "x")).result("sys_id");
        covers(
                caller.get("/api/now/table/problem/" + id).result(),
                sample("problem_list_response_200.json").path("result").get(0));
        covers(
                caller.get("/api/now/table/sys_journal_field").result().get(0),
                sample("sys_journal_field_list_200.json").path("result").get(0));
    }

    @Test
    void errors_read_as_observed() throws IOException {
        assertThat(caller.get("/api/now/table/x_no_such_table").json())
                .isEqualTo(sample("error_400_invalid_table.json"));
        assertThat(caller.get("/api/now/table/incident/0").json()).isEqualTo(sample("error_404_no_record.json"));
        assertThat(caller.get("/api/now/nonsense").json()).isEqualTo(sample("error_404_no_resource.json"));
        assertThat(caller.with("Authorization", null)
                        .get("/api/now/table/incident")
                        .json())
                .isEqualTo(sample("error_401_not_authenticated.json"));
        assertThat(caller.create("incident", Map.of("state", "6")).json())
                .isEqualTo(sample("error_403_data_policy.json"));
        assertThat(caller.get("/api/now/table/incident?sysparm_query=number=x").json())
                .isEqualTo(sample("incident_list_empty_200.json"));
        instance.settings().unwritable("incident", true).unreadable("sys_user", true);
        assertThat(caller.create("incident", Map.of()).json()).isEqualTo(sample("error_403_acl_insert.json"));
        assertThat(caller.get("/api/now/table/sys_user").json()).isEqualTo(sample("error_403_query_rights.json"));
        instance.settings().apiAclRefused(true);
        assertThat(caller.get("/api/now/table/sys_user").json()).isEqualTo(sample("error_403_api_acl.json"));
        instance.settings().apiAclRefused(false).rateLimit(100);
        Caller.Reply last = null;
        for (int i = 0; i <= 100; i++) {
            last = caller.get("/api/now/table/incident?sysparm_limit=1");
        }
        assertThat(last.json()).isEqualTo(sample("error_429_rate_limit.json"));
    }

    @Test
    void tokens_and_cut_lists_have_the_observed_fields() throws IOException {
        Credentials credentials = instance.credentials();
        Map<String, String> client =
                Map.of("client_id", credentials.clientId(), "client_secret", credentials.clientSecret());
        Map<String, String> form = new TreeMap<>(client);
        form.put("grant_type", "client_credentials");
        covers(caller.form("/oauth_token.do", form).json(), sample("oauth_token_client_credentials_200.json"));
        form.putAll(
                Map.of("grant_type", "password", "username", credentials.user(), "password", credentials.password()));
        covers(caller.form("/oauth_token.do", form).json(), sample("oauth_token_password_200.json"));
        form.put("password", "wrong");
        assertThat(caller.form("/oauth_token.do", form).json()).isEqualTo(sample("oauth_error_401.json"));
        instance.faults().next(1, Fault.truncatedList(1));
        JsonNode cut = caller.get("/api/now/table/sys_user").json();
        JsonNode published = sample("truncated_list_200_with_error.json");
        assertThat(cut.path("error")).isEqualTo(published.path("error"));
        covers(cut, published);
    }
}
