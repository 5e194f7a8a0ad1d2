package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.RecordedRequest;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.PagedApi;
import io.ticketbridge.testing.Pass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mappings in config/mappings, from pages in their APIs' shapes up to the tickets, in both groupings. */
class ShippedMappingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private static ObjectNode example(String name) {
        try {
            return (ObjectNode) JSON.readTree(Files.readAllBytes(Path.of("docs/examples", name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** GetFindings: two pages, the second for whoever shows the token of the first. */
    private static JsonNode securityHub(Request request) {
        ObjectNode page = example("security-hub-page.json");
        ArrayNode findings = (ArrayNode) page.get("Findings");
        boolean second = request.text().contains("\"NextToken\":\"to-page-2\"");
        for (int i = findings.size() - 1; i >= 0; i--) {
            if (i < 3 == second) {
                findings.remove(i);
            }
        }
        return second ? page : page.put("NextToken", "to-page-2");
    }

    private Bridge bridge(PagedApi api) {
        Bridge bridge = Bridge.in(folder)
                .with("flow.cases.enabled", "false")
                .with("flow.compliance.enabled", "false")
                .with("api.hub.url", api.url())
                .with("api.prowler.url", api.url())
                .with("api.prowler.auth", "api-key")
                .with("api.prowler.api-key", "Api-Key pk_0123456789.abcdef")
                .with("api.prowler.api-key-header", "Authorization");
        for (String flow : List.of("hub-control", "hub-resource", "prowler-control", "prowler-resource")) {
            String name = flow.substring(0, flow.indexOf('-'));
            bridge.with("flow." + flow + ".source", "api")
                    .with("flow." + flow + ".instance", name)
                    .with("flow." + flow + ".mapping", name.equals("hub") ? "security-hub.yaml" : "prowler-app.yaml")
                    .with("flow." + flow + ".group-by", flow.substring(name.length() + 1))
                    .with("flow." + flow + ".profile", "tickets");
        }
        return bridge;
    }

    private static List<String> titles(Bridge bridge, String flow) {
        return bridge.tickets().stream()
                .filter(ticket -> ticket.get("correlation_display").equals("ticketbridge " + flow))
                .map(ticket -> ticket.get("short_description"))
                .sorted()
                .toList();
    }

    @Test
    void security_hub_and_prowler_app_become_tickets_by_control_and_by_resource() {
        try (PagedApi api = PagedApi.open()
                        .answers("/findings", ShippedMappingsTest::securityHub)
                        .answers("/findings/latest", request -> example("prowler-app-page.json"));
                Bridge bridge = bridge(api)) {
            Pass pass = bridge.passes();

            assertThat(pass.failure()).isEmpty();
            assertThat(bridge.deadLetters()).isEmpty();
            assertThat(titles(bridge, "hub-control"))
                    .containsExactly(
                            "S3 general purpose buckets should block public access",
                            "Security groups should not allow unrestricted access to ports with high risk");
            assertThat(titles(bridge, "hub-resource")).hasSize(2);
            assertThat(titles(bridge, "prowler-control"))
                    .containsExactly("S3 bucket has object versioning enabled", "S3 bucket is not publicly accessible");
            assertThat(titles(bridge, "prowler-resource")).hasSize(1);
            assertThat(api.requests())
                    .filteredOn(request -> request.path().endsWith("/findings"))
                    .extracting(RecordedRequest::method)
                    .containsExactly("POST", "POST", "POST", "POST");
            assertThat(api.requests())
                    .filteredOn(request -> request.path().endsWith("/latest"))
                    .allSatisfy(request -> {
                        assertThat(request.query())
                                .isEqualTo("include=resources%2Cscan.provider&sort=check_id&page%5Bsize%5D=100"
                                        + "&page%5Bnumber%5D=1");
                        assertThat(request.headers())
                                .containsEntry("accept", "application/vnd.api+json")
                                .containsEntry("authorization", "Api-Key pk_0123456789.abcdef");
                    });
        }
    }

    @Test
    void check_reaches_the_api_and_names_what_to_change() {
        try (PagedApi api = PagedApi.open()
                        .answers("/findings", request -> example("security-hub-page.json"))
                        .answers("/findings/latest", request -> JSON.createObjectNode());
                Bridge bridge = bridge(api)
                        .with("flow.hub-resource.enabled", "false")
                        .with("flow.prowler-resource.enabled", "false")
                        .with("flow.own.source", "api")
                        .with("flow.own.instance", "own")
                        .with("flow.own.profile", "tickets")
                        .with("api.own.url", api.url())
                        .with("api.own.auth", "oauth-client-credentials")
                        .with("api.own.client-id", "client")
                        .with("api.own.client-secret", "wrong-wrong-wrong")
                        .with("api.own.token-url", api.url() + "/token")) {
            Path mapping = Files.writeString(
                    folder.resolve("own.yaml"),
                    PagedApi.mapping("oauth/offset", "offset: {to: query offset}", "false"));
            bridge.with("flow.own.mapping", mapping.toString());

            CommandRun check =
                    CommandRun.of("check", "--config", bridge.config().toString());

            String said = check.out().replaceAll("\\s+", " ");
            assertThat(said)
                    .contains("ok hub-control: the mapping fits its rules")
                    .contains("ok hub-control: 5 findings on its first page")
                    .contains("problem prowler-control: Mapping ")
                    .contains("jq fails: Cannot iterate over null (null); the answer has nothing at all")
                    .contains("problem token: The token server of API own refuses the client (401")
                    .contains("check ticketbridge.api.own.client-id, client-secret, token-url and scope")
                    .doesNotContain("wrong-wrong-wrong");
            assertThat(check.exit()).isEqualTo(1);

            Files.writeString(mapping, "request: {path: x}\nfinding: {}\n");
            CommandRun refused =
                    CommandRun.of("check", "--config", bridge.config().toString());
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.out().replaceAll("\\s+", " "))
                    .contains("mappings problem start: mapping ")
                    .contains("own.yaml line 1: request.path must begin with a slash")
                    .contains("own.yaml line 2: finding needs the key check");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_mapping_is_tried_on_a_page_without_settings_or_network() {
        CommandRun json = CommandRun.of(
                "check",
                "--mapping",
                "config/mappings/security-hub.yaml",
                "--sample",
                "docs/examples/security-hub-page.json",
                "--output",
                "json");
        assertThat(json.exit()).isZero();
        assertThat(json.json().get("findings")).hasSize(5);
        assertThat(json.json().get("findings").get(0).get("result").asText()).isEqualTo("fail");

        CommandRun wrong = CommandRun.of(
                "check",
                "--mapping",
                "config/mappings/security-hub.yaml",
                "--sample",
                "docs/examples/prowler-app-page.json");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.out()).contains("the answer has no list at /Findings, but links, data, included, meta");

        assertThat(CommandRun.of("check", "--sample", "docs/examples/security-hub-page.json")
                        .exit())
                .isEqualTo(2);
    }

    /** A copy of the shipped template under another id, with a step of its own. */
    @Test
    void a_flow_may_take_a_poll_route_of_its_own_and_one_that_there_is_not_is_named() throws IOException {
        try (PagedApi api = PagedApi.open()
                        .lists("ssh", "one", "BAD")
                        .answers("/owners/one", request -> JSON.createObjectNode()
                                .put("name", "Beth"));
                Bridge bridge = Bridge.in(folder)) {
            Path routes = Files.createDirectories(folder.resolve("routes"));
            String own = Files.readString(Path.of("routes/07-poll-api.camel.yaml"))
                    .replaceAll("(?m)(^ *(?:- )?id: .*)$", "$1-owned")
                    .replace(
                            "                      - setBody:\n                          id: map-api-page-owned",
                            """
                            - split:
                                id: each-owned
                                aggregationStrategy: collected
                                stopOnException: true
                                expression:
                                  simple:
                                    expression: "${body}"
                                steps:
                                  - setProperty:
                                      id: remember-owned
                                      name: record
                                      expression:
                                        simple:
                                          expression: "${body}"
                                  - setBody:
                                      id: ask-owner
                                      expression:
                                        method:
                                          ref: apis
                                          method: get(${exchangeProperty.flow}, ${body}, '/owners/{/thing}')
                                  - to:
                                      id: to-call-api-owner
                                      uri: direct
                                      parameters:
                                        name: "call-api-{{flow}}"
                                  - setBody:
                                      id: add-owner
                                      expression:
                                        method:
                                          ref: apis
                                          method: with(${exchangeProperty.record}, 'owner', ${body})
                            - setBody:
                                id: map-api-page-owned"""
                                    .indent(22)
                                    .stripTrailing());
            Files.writeString(routes.resolve("04-poll-api-owned.camel.yaml"), own);
            Path mapping = Files.writeString(
                    folder.resolve("own.yaml"),
                    PagedApi.mapping("offset", "offset: {to: query offset}", "false")
                            + "  attributes: {owner: /owner/name}\n");
            bridge.withRoutes(routes)
                    .with("flow.cases.enabled", "false")
                    .with("api.url", api.url())
                    .with("flow.compliance.source", "api")
                    .with("flow.compliance.mapping", mapping.toString())
                    .with("flow.compliance.poll-route", "poll-api-owned")
                    .with("profile.tickets.on-open.short_description", "${body.title} of ${body.attributes[owner]}");

            Pass pass = bridge.passes();

            assertThat(pass.failure()).isEmpty();
            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("short_description"))
                    .containsExactly("ssh of Beth");

            api.lists("ssh", "nobody", "BAD");
            assertThat(bridge.passes().failure())
                    .as("a step of the user's own that fails, fails the pass")
                    .get()
                    .asString()
                    .contains("API default answers 404");

            bridge.with("flow.compliance.poll-route", "poll-api-owed").restart();
            assertThat(CommandRun.of("check", "--config", bridge.config().toString(), "--routes", routes.toString())
                            .out())
                    .contains(
                            "flow compliance needs a route template poll-api-owed, and no route file defines it; the nearest is"
                                    + " poll-api-owned");
        }
    }

    @Test
    void settings_that_do_not_go_together_are_named() {
        try (Bridge bridge = Bridge.in(folder)
                .with("flow.cases.enabled", "false")
                .with("flow.compliance.source", "api")
                .with("flow.compliance.folder", "scans")
                .with("api.token", "some-token")
                .with("api.url", "https://api.example.com")) {
            CommandRun check =
                    CommandRun.of("check", "--config", bridge.config().toString());

            assertThat(check.exit()).isEqualTo(2);
            assertThat(check.out())
                    .contains("ticketbridge.api.token is not used while ticketbridge.api.auth=none: set"
                            + " ticketbridge.api.auth=bearer, or remove it")
                    .contains("ticketbridge.flow.compliance.mapping is missing: name a file of mappings/ beside"
                            + " application.properties, security-hub.yaml say")
                    .contains("ticketbridge.flow.compliance.folder must not be set for source api")
                    .doesNotContain("some-token");
        }
    }
}
