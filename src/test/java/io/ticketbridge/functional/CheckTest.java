package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.sandbox.servicenow.Seed;
import io.ticketbridge.sandbox.servicenow.Settings.RangeRefusal;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Certificates;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.ForwardProxy;
import io.ticketbridge.testing.ServiceNowPage;
import io.ticketbridge.testing.TlsFront;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} names every problem at once, each with its cure, and writes nothing (P30). */
class CheckTest {
    @TempDir
    private Path folder;

    private static CommandRun check(Bridge bridge, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("check", "--config", bridge.config().toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** The lines of a check with its cure below it. */
    private static void assertSaid(CommandRun check, String verdict, String text, String cure) {
        assertThat(check.out().replaceAll("\\s+", " "))
                .as(check.out() + check.err())
                .contains(verdict + " " + text)
                .contains(cure);
    }

    /** The folder of a route of one's own that reads a folder, as one would read a bucket. */
    private Path incoming() throws IOException {
        Path incoming = Files.createDirectories(folder.resolve("incoming"));
        Files.writeString(incoming.resolve("report.json"), "[]");
        ownRoute(
                "77-fetch-reports.camel.yaml",
                "- route:\n    id: fetch-reports\n    from:\n      uri: \"file:" + incoming
                        + "?initialDelay=0&delete=true\"\n      steps:\n        - log:\n            message: read\n");
        return incoming;
    }

    private String ownRoute(String name, String text) throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve(name), text);
        return routes.toString();
    }

    private String editedRoute(String name, String before, String after) throws IOException {
        String shipped = Files.readString(Path.of("routes", name));
        assertThat(shipped).contains(before);
        return ownRoute(name, shipped.replace(before, after));
    }

    @Test
    void all_is_well_and_nothing_is_written_or_taken_away() throws IOException {
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.assignment-group", Seed.CLOUD_COMPLIANCE)) {
            bridge.listen();
            Path incoming = incoming();

            CommandRun check =
                    check(bridge, "--routes", folder.resolve("routes").toString());

            assertThat(check.exit()).as(check.out() + check.err()).isZero();
            assertSaid(check, "ok", "settings: every setting is known and fits", "");
            assertSaid(check, "ok", "routes: every route file parses", "");
            assertSaid(check, "ok", "probe of incident: signed in", "");
            // Nobody said who calls: the instance did.
            assertSaid(check, "ok", "user: sandbox.integration may use web services only", "");
            assertSaid(check, "ok", "roles: role sn_incident_write may write incident", "");
            assertSaid(check, "ok", "assignment group: Cloud Compliance, by ticketbridge.profile", "");
            assertSaid(check, "ok", "caller: Sandbox Integration, the integration's own user, for tickets", "");
            assertSaid(
                    check, "ok", "columns of incident: profile tickets writes columns and choices that are there", "");
            assertSaid(check, "ok", "token: it may read", "");
            assertThat(bridge.writes()).isZero();
            assertThat(bridge.visionOne().requests().countWrites()).isZero();
            assertThat(folder.resolve("ledger.mv.db")).doesNotExist();
            assertThat(incoming.resolve("report.json")).exists();
            ServiceNowPage.assertTellsOf(bridge);
        }
    }

    @Test
    void every_problem_is_named_at_once_with_its_cure() throws IOException {
        editedRoute("71-open-ticket.camel.yaml", "method: hold\n", "method: holdd\n");
        String routes = editedRoute("84-write-source.camel.yaml", "- split:", "- spilt:");
        try (Bridge bridge = Bridge.in(folder)
                .with("servicenow.user", "nobody.here")
                .with("vision-one.token", "wrong")
                .with("flow.compliance.folder", folder.resolve("not-there").toString())
                .with("servicenow.user-sys-id", "0".repeat(32))
                .with("profile.tickets.field.u_owner", "me")
                .with("profile.tickets.on-open.category", "Nonsense")
                .with("profile.chosen-by-a-route.table", "sn_si_incident")
                .with("profile.chosen-by-a-route.field.u_team", "soc")) {

            bridge.serviceNow().choices("incident", "close_code", "a = Accepted risk", "f = Fixed");

            CommandRun check = check(bridge, "--routes", routes);

            assertThat(check.exit()).as(check.out()).isEqualTo(2);
            // What writes is replaced while the rest is checked, and looked at all the same.
            assertSaid(check, "problem", "routes: file:" + routes + "/71-open-ticket.camel.yaml: ", "holdd");
            assertSaid(check, "problem", "routes: file:" + routes + "/84-write-source.camel.yaml: line ", "spilt");
            assertSaid(
                    check,
                    "problem",
                    "choices of incident: incident has no close_code 'Solution provided'",
                    "set ticketbridge.profile.tickets.on-resolve.close_code to one of Accepted risk, Fixed");
            assertSaid(
                    check,
                    "problem",
                    "user: there is no user nobody.here",
                    "set ticketbridge.servicenow.user to the User ID");
            assertSaid(
                    check,
                    "problem",
                    "assignee: there is no user 0000",
                    "set ticketbridge.servicenow.user-sys-id to the sys_id of an active user");
            assertSaid(
                    check,
                    "problem",
                    "token: the token is not known there, or has expired",
                    "set ticketbridge.vision-one.token to it");
            assertSaid(
                    check,
                    "problem",
                    "compliance: there is no folder",
                    "make it, or change ticketbridge.flow.compliance.folder");
            assertSaid(
                    check,
                    "problem",
                    "columns of incident: incident has no column u_owner",
                    "remove ticketbridge.profile.tickets.field.u_owner");
            assertSaid(
                    check,
                    "problem",
                    "columns of sn_si_incident: sn_si_incident has no column u_team",
                    "remove ticketbridge.profile.chosen-by-a-route.field.u_team");
            assertSaid(
                    check,
                    "problem",
                    "choices of incident: category has no choice 'Nonsense'",
                    "set ticketbridge.profile.tickets.on-open.category to one of ");
        }
    }

    @Test
    void what_only_a_start_finds_hides_nothing_of_the_instance() {
        try (Bridge bridge = Bridge.in(folder)
                .with("profile.tickets.field.short_description", "${body.titel}")
                .with("profile.tickets.field.nocolumn", "1")
                .with("profile.tickets.on-resolve.close_code", "Nope")
                .with("flow.compliance.new-ticket-when-status", "Nosuch")
                .with("flow.compliance.filter", "${body.sevrity} != 'LOW'")) {
            CommandRun check = check(bridge);

            assertThat(check.exit()).as(check.out()).isEqualTo(2);
            assertSaid(check, "problem", "start: ticketbridge.profile.tickets.field.short_description asks for", "");
            assertSaid(check, "problem", "start: ticketbridge.flow.compliance.new-ticket-when-status must be", "");
            assertSaid(check, "problem", "start: ticketbridge.flow.compliance.filter asks for ${body.sevrity}", "");
            assertThat(check.out()).doesNotContain("every setting is known and fits");
            assertSaid(check, "ok", "routes: every route file parses", "");
            assertSaid(check, "ok", "probe of incident: signed in", "");
            assertSaid(check, "problem", "columns of incident: incident has no column nocolumn", "");
            assertSaid(check, "problem", "choices of incident: ", "on-resolve.close_code to one of ");
        }
    }

    @Test
    void a_table_that_can_not_be_used_hides_nothing_of_the_others() {
        try (Bridge bridge = Bridge.in(folder)
                .with("profile.tickets.field.nocolumn", "1")
                .with("profile.tickets.assignment-group", "0".repeat(32))
                .with("profile.tickets.sync.findings.FalsePositive", "User eror")
                .with("profile.other.table", "u_nothing")
                .with("flow.compliance.profile", "other")) {
            CommandRun check = check(bridge);

            assertThat(check.exit()).as(check.out()).isPositive();
            assertSaid(check, "problem", "probe of u_nothing: ", "correct ticketbridge.profile.other.table");
            assertSaid(check, "unchecked", "columns of u_nothing: ", "mend that and check again");
            assertSaid(check, "ok", "probe of incident: signed in", "");
            assertSaid(check, "problem", "columns of incident: incident has no column nocolumn", "");
            assertSaid(check, "problem", "assignment group: ", "ticketbridge.profile.tickets.assignment-group");
            assertSaid(check, "warning", "maps: ticketbridge.profile.tickets.sync.findings.FalsePositive", "");
        }
    }

    @Test
    void where_no_route_starts_it_is_said_that_the_instance_was_not_asked() throws IOException {
        try (Bridge bridge = Bridge.in(folder)) {
            String routes = ownRoute("40-dedupe-findings.camel.yaml", "- route:\n    id: dedupe-findings\n    from:\n");

            assertSaid(check(bridge, "--routes", routes), "unchecked", "reachable: it was not asked", "");
        }
    }

    @Test
    void a_close_code_that_is_no_choice_is_a_warning_of_the_result() {
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.sync.findings.FalsePositive", "User eror")) {
            CommandRun check = check(bridge);

            assertThat(check.exit()).as(check.out() + check.err()).isZero();
            assertSaid(
                    check,
                    "warning",
                    "maps: ticketbridge.profile.tickets.sync.findings.FalsePositive must hold a close code of incident,"
                            + " was 'User eror': write User error",
                    "");
            assertThat(check.err()).doesNotContain("eror");
            assertThat(check(bridge, "--output", "json").json().path("checks")).anySatisfy(each -> {
                assertThat(each.path("verdict").asText()).isEqualTo("warning");
                assertThat(each.path("text").asText()).contains("eror");
            });
        }
    }

    @Test
    void what_the_rights_do_not_allow_to_ask_is_no_problem() {
        try (Bridge bridge = Bridge.in(folder).with("servicenow.user", "sandbox.integration")) {
            bridge.serviceNow().settings().unreadable("sys_user_has_role", true).unreadable("sys_dictionary", true);

            CommandRun check = check(bridge);

            assertThat(check.exit()).as(check.out()).isZero();
            assertSaid(check, "unchecked", "roles: ", "read sys_user_has_role");
            assertSaid(check, "unchecked", "columns of incident: ", "let the integration's user read sys_dictionary");
        }
    }

    @Test
    void a_table_whose_tickets_are_hidden_from_the_user_is_a_problem_although_it_answers() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.visionOne().addCase("Phishing", "P2");
            bridge.poll();
            bridge.serviceNow().settings().unreadable("incident", true);

            assertSaid(
                    check(bridge),
                    "problem",
                    "tickets in incident: ServiceNow shows none of those that are there",
                    "give the integration's user read access to incident");
        }
    }

    @Test
    void a_wrong_client_secret_and_a_table_that_is_not_there_are_told_apart() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.with("servicenow.client-secret", "wrong-secret");
            assertSaid(
                    check(bridge),
                    "problem",
                    "probe of incident: ServiceNow refused to give a token",
                    "client-secret and .token-url, and in ServiceNow that the client has an active application user");
        }
        try (Bridge bridge = Bridge.in(folder.resolve("second"))
                .with("profile.tickets.table", "u_nothing")
                .with("flow.cases.enabled", "false")) {
            assertSaid(
                    check(bridge),
                    "problem",
                    "probe of u_nothing: ServiceNow answered 400: Invalid table u_nothing; check the profile's table",
                    "correct ticketbridge.profile.tickets.table");
        }
    }

    @Test
    void a_key_that_can_not_be_queried_is_named() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.visionOne().addCase("Phishing", "P2");
            bridge.poll();
            bridge.serviceNow()
                    .faults()
                    .always(RequestMatcher.on("GET", "/table/incident$"), Fault.conditionsDropped());

            assertSaid(check(bridge), "problem", "probe of incident: ", "can't query correlation_id");
        }
    }

    @Test
    void a_user_that_may_not_query_by_range_is_named() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.visionOne().addCase("Phishing", "P2");
            bridge.poll();
            bridge.serviceNow().settings().rangeRefused("incident", "sys_updated_on", RangeRefusal.NO_ROWS);

            assertSaid(check(bridge), "problem", "probe of incident: ", "an ACL of the operation query_range");
        }
    }

    @Test
    void what_can_not_be_reached_is_named_with_its_property() {
        try (Bridge bridge = Bridge.in(folder)
                .with("servicenow.url", "http://127.0.0.1:9")
                .with("vision-one.url", "http://no-such-host.invalid")) {
            CommandRun check = check(bridge);

            assertThat(check.exit()).as(check.out()).isEqualTo(1);
            assertSaid(
                    check,
                    "problem",
                    "reachable: http://127.0.0.1:9 can't be reached: the connection is refused",
                    "check ticketbridge.servicenow.url");
            assertSaid(
                    check,
                    "problem",
                    "reachable: http://no-such-host.invalid can't be reached: no such host",
                    "check ticketbridge.vision-one.url");
        }
    }

    @Test
    void a_token_whose_role_is_too_small_is_told_from_one_that_is_wrong() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.visionOne()
                    .faults()
                    .always(
                            path -> path.contains("/cases"),
                            HttpFault.answer(
                                    Answer.text(403, "application/json", "{\"error\":{\"code\":\"AccessDenied\"}}")));

            assertSaid(
                    check(bridge),
                    "problem",
                    "token: the token's role may not read this",
                    "give the API key's role Case Management: View; and, as sync-back writes, Edit case and assign owners");
        }
    }

    @Test
    void settings_and_routes_are_named_together_and_nothing_is_asked() throws IOException {
        try (Bridge bridge = Bridge.in(folder)) {
            Path routes = Files.createDirectories(folder.resolve("routes"));
            Files.writeString(
                    routes.resolve("40-dedupe-findings.camel.yaml"),
                    "- route:\n    id: dedupe-findings\n    from:\n      urii: direct\n");
            bridge.with("flow.compliance.sorce", "files").listen();

            CommandRun check = check(bridge, "--routes", routes.toString());

            assertThat(check.exit()).as(check.out()).isEqualTo(2);
            assertSaid(check, "problem", "ticketbridge.flow.compliance.sorce: ", "ticketbridge.flow.compliance.source");
            assertSaid(check, "problem", "routes: ", "40-dedupe-findings.camel.yaml");
            assertThat(bridge.serviceNow().requests().count()).isZero();
        }
    }

    @Test
    void a_pipeline_checks_routes_alone() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(
                routes.resolve("40-dedupe-findings.camel.yaml"),
                Files.readString(Path.of("routes", "40-dedupe-findings.camel.yaml")) + "# edited\n");
        CommandRun well = CommandRun.of("check", "--routes-only", "--routes", routes.toString());
        assertThat(well.exit()).isZero();
        assertThat(well.out()).contains("; of your own: 40-dedupe-findings.camel.yaml");

        Files.writeString(
                routes.resolve("my-own.camel.yaml"),
                "- route:\n    id: dedupe-findings\n    from:\n      uri: direct:mine\n      steps: []\n");
        CommandRun twice = CommandRun.of("check", "--routes-only", "--routes", routes.toString());
        assertThat(twice.exit()).as(twice.out()).isEqualTo(2);
        assertThat(twice.out()).contains("my-own.camel.yaml", "dedupe-findings");
    }

    /** Else what is misspelt in a pipeline is green for ever: it checks the files of the jar. */
    @Test
    void a_folder_of_routes_that_is_not_there_is_a_problem() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.sorce", "files")) {
            String rotues = folder.resolve("rotues").toString();
            CommandRun alone = CommandRun.of("check", "--routes-only", "--routes", rotues);
            assertThat(alone.exit()).isEqualTo(2);
            assertSaid(
                    alone, "problem", "routes: --routes must name a folder, was " + rotues, "or leave --routes away");

            CommandRun all = check(bridge, "--routes", rotues);
            assertThat(all.exit()).isEqualTo(2);
            assertSaid(all, "problem", "routes: --routes must name a folder", "flow.compliance.sorce");

            bridge.with("flow.compliance.sorce", null);
            CommandRun settingsAreWell = check(bridge, "--routes", rotues);
            assertThat(settingsAreWell.exit()).isEqualTo(2);
            assertSaid(settingsAreWell, "problem", "routes: --routes must name a folder", "");
        }
    }

    @Test
    void a_database_that_is_down_is_named_and_the_rest_is_checked() {
        try (Bridge bridge = Bridge.in(folder).with("database.url", "jdbc:postgresql://127.0.0.1:9/ticketbridge")) {
            CommandRun check = check(bridge);

            assertThat(check.exit()).as(check.out()).isEqualTo(1);
            assertSaid(
                    check,
                    "problem",
                    "database: ticketbridge.database.url: the ledger",
                    "Check that the database runs");
            assertSaid(check, "ok", "probe of incident: signed in", "");
        }
    }

    @Test
    void it_goes_the_way_that_a_run_goes() {
        Certificates client = Certificates.ofClient(folder);
        Certificates server = Certificates.forLoopback(folder);
        try (Bridge bridge = Bridge.in(folder);
                ForwardProxy proxy = ForwardProxy.open();
                TlsFront serviceNow = TlsFront.before(bridge.serviceNow().url(), server, client);
                TlsFront visionOne = TlsFront.before(bridge.visionOne().url(), server)) {
            bridge.with("servicenow.url", serviceNow.url())
                    .with("vision-one.url", visionOne.url())
                    .with("network.ca-file", server.authorityPem().toString());
            CommandRun demanded = check(bridge);
            assertThat(demanded.exit()).as(demanded.out()).isEqualTo(1);
            assertSaid(
                    demanded,
                    "problem",
                    "tls: 127.0.0.1: it demands a client certificate",
                    "set ticketbridge.servicenow.client-certificate");

            bridge.with("servicenow.client-certificate", client.pem().toString())
                    .with("servicenow.client-key", client.keyPem().toString())
                    .with("network.proxy", proxy.address());
            CommandRun well = check(bridge);
            assertThat(well.exit()).as(well.out()).isZero();
            assertSaid(well, "ok", "probe of incident: signed in", "through " + proxy.address());

            bridge.with("network.proxy", "127.0.0.1:9");
            assertSaid(
                    check(bridge),
                    "problem",
                    "proxy: the proxy 127.0.0.1:9 can't be reached: the connection is refused",
                    "check ticketbridge.vision-one.proxy (or ticketbridge.network.proxy for all systems)");
        }
    }

    @Test
    void a_proxy_that_wants_credentials_is_named_and_they_are_not_shown() {
        Certificates server = Certificates.forLoopback(folder);
        try (Bridge bridge = Bridge.in(folder);
                ForwardProxy proxy = ForwardProxy.wanting("bridge", "proxy-secret");
                TlsFront serviceNow = TlsFront.before(bridge.serviceNow().url(), server)) {
            bridge.with("servicenow.url", serviceNow.url())
                    .with("servicenow.ca-file", server.authorityPem().toString())
                    .with("servicenow.proxy", proxy.address());
            assertSaid(
                    check(bridge), "problem", "proxy: the proxy " + proxy.address() + " wants credentials (407)", "");

            bridge.with("servicenow.proxy-user", "bridge").with("servicenow.proxy-password", "wrong-secret");
            CommandRun refused = check(bridge);
            assertSaid(refused, "problem", "proxy: ", "wants other credentials than those it was given");
            assertThat(refused.out() + refused.err()).doesNotContain("wrong-secret");

            bridge.with("servicenow.proxy-password", "proxy-secret");
            try (ChildProcess child = ChildProcess.start(
                    folder, "check", "--config", bridge.config().toString())) {
                assertThat(child.exit()).as(child.out()).isZero();
                assertThat(child.out() + child.err())
                        .contains("probe of incident: signed in")
                        .doesNotContain("proxy-secret");
            }
        }
    }

    @Test
    void a_file_of_the_network_settings_that_can_not_be_used_is_a_problem_of_the_settings() {
        try (Bridge bridge = Bridge.in(folder).with("vision-one.ca-file", "missing.pem")) {
            CommandRun check = check(bridge);

            assertThat(check.exit()).as(check.out()).isEqualTo(2);
            assertSaid(
                    check,
                    "problem",
                    "start: ticketbridge.vision-one.ca-file (or ticketbridge.network.ca-file for all systems) names"
                            + " missing.pem: there is no such file",
                    "");
            assertSaid(check, "unchecked", "reachable: it was not asked", "");
        }
    }

    @Test
    void programs_get_json() {
        try (Bridge bridge = Bridge.in(folder)) {
            JsonNode checks = check(bridge, "--output", "json").json().path("checks");

            assertThat(checks).isNotEmpty().allSatisfy(each -> {
                assertThat(each.path("system").asText()).isNotBlank();
                assertThat(each.path("verdict").asText()).isIn("ok", "warning", "problem", "unchecked");
            });
        }
    }

    @Test
    void what_is_wrong_with_certificates_is_named_with_the_setting() {
        Certificates server = Certificates.forLoopback(folder);
        Certificates client = Certificates.ofClient(folder);
        try (Bridge bridge = Bridge.in(folder);
                TlsFront plain = TlsFront.before(bridge.serviceNow().url(), server);
                TlsFront demanding = TlsFront.before(bridge.serviceNow().url(), server, client)) {
            bridge.with("servicenow.url", plain.url());
            assertSaid(
                    check(bridge),
                    "problem",
                    "tls: 127.0.0.1: its certificate comes from an authority that Java does not trust",
                    "set ticketbridge.servicenow.ca-file");
            bridge.with("network.ca-file", server.pem().toString());
            assertSaid(check(bridge), "ok", "probe of incident: signed in", "");
            bridge.with("servicenow.url", demanding.url());
            assertThat(check(bridge).out()).containsPattern("problem +(tls|reachable): ");
            bridge.with("servicenow.client-certificate", client.pkcs12().toString())
                    .with("servicenow.client-key-password", Certificates.PASSWORD);
            assertSaid(check(bridge), "ok", "probe of incident: signed in", "");
            bridge.with(
                    "servicenow.client-certificate", folder.resolve("gone.p12").toString());
            assertThat(check(bridge).out()).contains("gone.p12: there is no such file");
        }
    }
}
