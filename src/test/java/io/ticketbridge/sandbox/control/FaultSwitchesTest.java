package io.ticketbridge.sandbox.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultSwitchesTest {
    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Sandbox sandbox;
    private ControlPage page;
    private Browser browser;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(1, folder, Clock.systemUTC());
        page = ControlPage.start(sandbox, 0);
        browser = new Browser(page.url());
    }

    @AfterEach
    void stop() {
        page.close();
        sandbox.close();
    }

    @Test
    void servicenow_answers_429_until_it_is_switched_off() throws Exception {
        set("servicenow", "429", "on");
        HttpResponse<String> refused = open();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(open().statusCode()).isEqualTo(429);
        assertThat(tickets()).isZero();
        assertThat(browser.page()).contains("1 on");

        set("servicenow", "429", "off");
        assertThat(open().statusCode()).isEqualTo(201);
    }

    @Test
    void once_means_the_next_request_alone() throws Exception {
        set("servicenow", "500-after-commit", "once");

        assertThat(open().statusCode()).isEqualTo(500);
        assertThat(open().statusCode()).isEqualTo(201);
        assertThat(tickets()).isEqualTo(2);
    }

    @Test
    void a_closed_connection_and_a_timeout_come_after_the_record_was_made() {
        set("servicenow", "closed-after-commit", "on");
        assertThatThrownBy(this::open).isInstanceOf(IOException.class);
        assertThat(tickets()).isEqualTo(1);

        set("servicenow", "closed-after-commit", "off");
        set("servicenow", "timeout", "on");
        assertThatThrownBy(this::open).isInstanceOf(HttpTimeoutException.class);
        assertThat(tickets()).isEqualTo(2);
    }

    @Test
    void servicenow_answers_with_a_page_where_json_was_expected() throws Exception {
        set("servicenow", "html-page", "on");
        HttpResponse<String> answer = open();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).contains("text/html");
    }

    @Test
    void a_revoked_token_is_refused() throws Exception {
        String token = token();
        assertThat(open("Bearer " + token).statusCode()).isEqualTo(201);

        set("servicenow", "token-revoked", "once");
        assertThat(open("Bearer " + token).statusCode()).isEqualTo(401);
        assertThat(open("Bearer " + token()).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vision-one", "scc", "workload-protection"})
    void the_sources_fail_in_the_same_ways(String system) throws Exception {
        assertFails(system, "429", 429);
        assertFails(system, "500-after-commit", 500);
        assertFails(system, "token-revoked", 401);
        assertFails(system, "html-page", 200);
        set(system, "closed-after-commit", "on");
        assertThatThrownBy(() -> read(system)).isInstanceOf(IOException.class);

        browser.call("fault/clear");

        assertThat(browser.get("api/faults").body()).doesNotContain("\"on\":true");
        assertThat(read(system).body()).startsWith("{");
    }

    private void assertFails(String system, String name, int status) throws Exception {
        set(system, name, "on");
        HttpResponse<String> answer = read(system);
        assertThat(answer.statusCode()).as(name).isEqualTo(status);
        assertThat(answer.body().startsWith("<html")).isEqualTo(name.equals("html-page"));
        set(system, name, "off");
        assertThat(read(system).body())
                .as("after " + name)
                .startsWith("{")
                .doesNotContain("too_many", "TooMany", "rate limit");
    }

    private HttpResponse<String> read(String system) throws Exception {
        HttpRequest request = system.equals("workload-protection")
                ? HttpRequest.newBuilder(
                                URI.create(sandbox.workloadProtection().url() + "/api/cspm/v1/compliance/requirements"))
                        .header(
                                "Authorization",
                                "Bearer " + sandbox.workloadProtection().token())
                        .build()
                : system.equals("scc")
                        ? HttpRequest.newBuilder(URI.create(sandbox.scc().baseUrl() + "/reports"))
                                .build()
                        : HttpRequest.newBuilder(URI.create(sandbox.visionOne().url() + "/v3.0/caseManagement/cases"))
                                .header(
                                        "Authorization",
                                        "Bearer " + sandbox.visionOne().token())
                                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void set(String system, String name, String state) {
        assertThat(browser.call("fault/set", "system", system, "name", name, "state", state)
                        .statusCode())
                .isEqualTo(200);
    }

    private int tickets() {
        return sandbox.serviceNow().records("incident").size();
    }

    private HttpResponse<String> open() throws Exception {
        var credentials = sandbox.serviceNow().credentials();
        return open("Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (credentials.user() + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> open(String authorization) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(sandbox.serviceNow().url() + "/api/now/table/incident"))
                        .timeout(Duration.ofSeconds(2))
                        .header("Authorization", authorization)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"short_description\":\"x\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String token() throws Exception {
        var credentials = sandbox.serviceNow().credentials();
        String body = client.send(
                        HttpRequest.newBuilder(URI.create(sandbox.serviceNow().url() + "/oauth_token.do"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_id="
                                        + credentials.clientId() + "&client_secret=" + credentials.clientSecret()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return body.replaceAll("(?s).*\"access_token\":\\s*\"([^\"]+)\".*", "$1");
    }
}
