package io.ticketbridge.sandbox.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.sandbox.Sandbox;
import io.ticketbridge.sandbox.scans.Observation;
import io.ticketbridge.sandbox.scans.Status;
import io.ticketbridge.sandbox.scc.SccEvaluation;
import io.ticketbridge.sandbox.visionone.SimulatedPosture;
import io.ticketbridge.sandbox.workloadprotection.Checked;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlPageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

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
    void the_page_shows_tickets_findings_and_cases_and_needs_nothing_from_elsewhere() {
        ticket("incident", "Buckets log their access");

        HttpResponse<String> answer = browser.get("");

        assertThat(answer.body())
                .contains("Buckets log their access")
                .contains(sandbox.cloud().failing().get(0).resourceUid())
                .contains(sandbox.visionOne().cases().get(0).id())
                .contains(sandbox.scc().failing().get(0).targetId())
                .doesNotContain("<script", "src=", "style=", "onclick", "href=\"http");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValue(
                        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(browser.get("control.css").body()).contains("prefers-color-scheme: dark");
    }

    @Test
    void what_systems_hold_is_shown_as_text_and_never_as_html() {
        String evil = "<script>alert(1)</script>\"'&<img src=x>";
        String sysId = ticket("incident", evil);
        sandbox.serviceNow().edit("incident", sysId, Map.of("work_notes", evil), "admin");
        sandbox.visionOne().addCase(evil, "P1");
        browser.submit("case/note", "id", evil, "text", "x");

        assertThat(browser.page())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;&lt;img src=x&gt;")
                .doesNotContain("<script", "<img");
    }

    @Test
    void a_name_that_was_pointed_at_loopback_is_refused() throws Exception {
        assertThat(status("evil.example")).isEqualTo(403);
        assertThat(status("evil.example:" + URI.create(page.url()).getPort())).isEqualTo(403);
        assertThat(status("127.0.0.1.evil.example")).isEqualTo(403);
        assertThat(status("localhost:" + URI.create(page.url()).getPort())).isEqualTo(200);
    }

    @Test
    void a_form_without_the_token_of_this_start_changes_nothing() {
        String sysId = ticket("incident", "A ticket");

        assertThat(browser.send(browser.post("ticket/delete", "sys_id", sysId)).statusCode())
                .isEqualTo(403);
        assertThat(browser.send(browser.post("ticket/delete", "sys_id", sysId, "token", "0"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.send(browser.post("ticket/delete", "sys_id", sysId, "token", browser.token())
                                .header("Origin", "https://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(sandbox.serviceNow().record("incident", sysId)).isPresent();
    }

    @Test
    void a_get_changes_nothing() {
        String sysId = ticket("incident", "A ticket");

        assertThat(browser.get("do/ticket/delete?sys_id=" + sysId + "&token=" + browser.token())
                        .statusCode())
                .isEqualTo(404);
        assertThat(sandbox.serviceNow().record("incident", sysId)).isPresent();
    }

    @Test
    void a_form_leads_back_to_its_place_and_what_was_done_is_said() {
        String sysId = ticket("incident", "A ticket");

        HttpResponse<String> answer =
                browser.submit("ticket/move", "sys_id", sysId, "move", "resolve", "back", sysId + "\r\nX: <y>");

        assertThat(answer.statusCode()).isEqualTo(303);
        String encoded = sysId + "%0D%0AX%3A+%3Cy%3E";
        assertThat(answer.headers().firstValue("Location")).hasValue("/?open=" + encoded + "#" + encoded);
        assertThat(browser.page()).contains("INC0010001: resolved");
        assertThat(browser.get("?open=" + sysId).body()).contains("<details id=\"" + sysId + "\" open>");
    }

    @Test
    void what_a_form_may_not_do_is_said_and_not_done() {
        String sysId = ticket("incident", "A ticket");

        assertThat(browser.call("ticket/move", "sys_id", sysId, "move", "explode")
                        .statusCode())
                .isEqualTo(400);
        assertThat(browser.call("ticket/note", "sys_id", sysId, "kind", "work_notes", "text", " ")
                        .body())
                .contains("text is missing");
        assertThat(browser.call("case/close", "id", "CL-none", "findings", "TruePositive")
                        .body())
                .contains("There is no case CL-none");
        assertThat(browser.call("case/explode").statusCode()).isEqualTo(404);
        assertThat(browser.page()).contains("Refused: text is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "incident, resolve, 6",
        "incident, close, 7",
        "incident, cancel, 8",
        "incident, start, 2",
        "problem, start, 103",
        "problem, resolve, 106",
        "problem, cancel, 107",
        "sn_si_incident, resolve, 100",
        "sn_si_incident, close, 3",
        "sn_customerservice_case, resolve, 6",
        "change_request, close, 3"
    })
    void a_ticket_of_any_table_moves_as_its_states_and_policies_say(String table, String move, String state) {
        String sysId = ticket(table, "A ticket");

        assertThat(browser.call("ticket/move", "sys_id", sysId, "move", move).body())
                .contains("done");

        assertThat(sandbox.serviceNow().record(table, sysId))
                .hasValueSatisfying(row -> assertThat(row).containsEntry("state", state));
    }

    @Test
    void a_person_in_servicenow_changes_the_priority_writes_notes_and_deletes() throws Exception {
        String sysId = ticket("incident", "A ticket");
        for (String priority : TicketDesk.PRIORITIES) {
            browser.call("ticket/priority", "sys_id", sysId, "priority", priority);
            assertThat(sandbox.serviceNow().record("incident", sysId).orElseThrow())
                    .containsEntry("priority", priority);
        }
        browser.call("ticket/note", "sys_id", sysId, "kind", "work_notes", "text", "für intern");
        browser.call("ticket/note", "sys_id", sysId, "kind", "comments", "text", "for the caller");

        JsonNode ticket = json("tickets").get(0);
        assertThat(ticket.get("state").asText()).isEqualTo("New");
        assertThat(ticket.get("priority").asText()).isEqualTo("5 - Planning");
        assertThat(ticket.get("journal").findValuesAsText("value")).containsExactly("für intern", "for the caller");

        browser.call("ticket/delete", "sys_id", sysId);
        assertThat(json("tickets")).isEmpty();
    }

    @Test
    void an_analyst_adds_changes_notes_and_closes_a_case() throws Exception {
        browser.call("case/add", "name", "A new case", "priority", "P0");
        String id = json("cases").get(0).get("id").asText();
        browser.call("case/update", "id", id, "status", "In-progress", "priority", "P2", "name", "Another name");
        browser.call("case/note", "id", id, "text", "Looked at it");

        JsonNode changed = json("cases").get(0);
        assertThat(changed.get("name").asText()).isEqualTo("Another name");
        assertThat(changed.get("status").asText()).isEqualTo("In-progress");
        assertThat(changed.get("priority").asText()).isEqualTo("P2");
        assertThat(changed.get("notes").get(0).asText()).endsWith("Amy Analyst: Looked at it");

        browser.call("case/close", "id", id, "findings", "FalsePositive");
        assertThat(json("cases").get(0).get("findings").asText()).isEqualTo("FalsePositive");
        assertThat(json("cases").get(0).get("status").asText()).isEqualTo("Closed");
    }

    @Test
    void an_alert_is_added_worked_on_noted_and_closed() throws Exception {
        browser.call("alert/add", "model", "A new model", "severity", "critical");
        String id = json("alerts").get(0).get("id").asText();
        browser.call("alert/status", "id", id, "status", "In Progress");
        browser.call("alert/note", "id", id, "text", "Looked at it");

        JsonNode changed = json("alerts").get(0);
        assertThat(changed.get("model").asText()).isEqualTo("A new model");
        assertThat(changed.get("severity").asText()).isEqualTo("critical");
        assertThat(changed.get("status").asText()).isEqualTo("In Progress");
        assertThat(changed.get("notes").get(0).asText()).endsWith("Amy Analyst: Looked at it");
        assertThat(browser.page()).contains("id=\"alerts\"").contains(id);

        browser.call("alert/close", "id", id, "result", "Benign True Positive");
        assertThat(json("alerts").get(0).get("result").asText()).isEqualTo("Benign True Positive");
        assertThat(json("alerts").get(0).get("status").asText()).isEqualTo("Closed");
    }

    @Test
    void a_resource_is_fixed_broken_again_muted_and_replaced() {
        Observation seen = sandbox.cloud().failing().get(0);
        String[] which = {"check", seen.check(), "resource", seen.resourceUid()};

        browser.call("finding/fix", which);
        assertThat(now(seen).status()).isEqualTo(Status.PASS);
        assertThat(browser.page()).contains("fixed: " + seen.check());
        browser.call("finding/break", which);
        assertThat(now(seen).status()).isEqualTo(Status.FAIL);
        browser.call("finding/mute", which);
        assertThat(now(seen).muted()).isTrue();
        browser.call("finding/unmute", which);
        assertThat(now(seen).muted()).isFalse();
        browser.call("finding/replace", which);
        assertThat(sandbox.cloud().observations())
                .noneMatch(other -> other.resourceUid().equals(seen.resourceUid()));
    }

    @Test
    void a_check_is_fixed_everywhere_at_once() {
        String check = sandbox.cloud().failing().get(0).check();

        browser.call("finding/fix-all", "check", check);

        assertThat(sandbox.cloud().failing()).noneMatch(seen -> seen.check().equals(check));
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "truncated", "appended", "empty", "partial"})
    void the_next_scan_is_dropped_as_it_was_asked_for(String kind) throws Exception {
        List<Path> before = files();
        browser.call(
                "scan/drop", "kind", kind, "account", sandbox.cloud().accounts().get(0));
        List<Path> dropped =
                files().stream().filter(file -> !before.contains(file)).toList();

        assertThat(dropped).hasSize(1);
        String text = Files.readString(dropped.get(0));
        switch (kind) {
            case "truncated" -> assertThat(text).doesNotEndWith("]");
            case "appended" -> assertThat(text).startsWith("[").endsWith("]").contains("}]{");
            case "empty" -> assertThat(text).isEqualTo("[]");
            case "partial" -> assertThat(text).endsWith("]").doesNotContain("\"us-east-1\"");
            default -> assertThat(text).endsWith("]").contains("us-east-1");
        }
        browser.call("scan/drop", "kind", kind);
        assertThat(files()).hasSize(before.size() + 1 + 3);
    }

    @Test
    void scc_targets_are_fixed_and_broken_and_scanned_again() {
        SccEvaluation seen = sandbox.scc().failing().get(0);
        String[] which = {"assessment", seen.assessmentId(), "target", seen.targetId()};
        int before = sandbox.scc().failing().size();

        browser.call("scc/fix", which);
        assertThat(sandbox.scc().failing()).hasSizeLessThan(before).doesNotContain(seen);
        browser.call("scc/break", which);
        assertThat(sandbox.scc().failing()).contains(seen);
        browser.call("scc/replace", which);
        assertThat(sandbox.scc().evaluations())
                .noneMatch(other -> other.targetId().equals(seen.targetId()));
        for (String kind : SccDesk.KINDS) {
            int reports = sandbox.scc().reports().size();
            browser.call("scc/scan", "kind", kind);
            assertThat(sandbox.scc().reports()).hasSize(reports + 2);
        }
    }

    @Test
    void checks_of_cloud_posture_are_fixed_muted_and_removed() throws Exception {
        SimulatedPosture posture = sandbox.visionOne().cloudPosture();
        String id = posture.open().get(0).id();

        assertThat(json("posture").findValuesAsText("id")).contains(id);
        browser.call("posture/suppress", "id", id);
        assertThat(posture.check(id).isSuppressed()).isTrue();
        browser.call("posture/unsuppress", "id", id);
        assertThat(posture.check(id).isOpen()).isTrue();
        browser.call("posture/fix", "id", id);
        assertThat(posture.check(id).fails()).isFalse();
        browser.call("posture/break", "id", id);
        assertThat(posture.check(id).fails()).isTrue();
        browser.call("posture/remove", "id", id);
        assertThat(posture.open()).noneMatch(check -> check.id().equals(id));
        assertThat(browser.call("posture/fix", "id", id).body()).contains("There is no check " + id);
    }

    @Test
    void what_fails_in_workload_protection_is_fixed_broken_accepted_and_replaced() {
        Checked seen = sandbox.workloadProtection().failing().get(0);
        String[] which = {
            "control", seen.controlId(), "resource", seen.resource().hash()
        };
        assertThat(browser.page()).contains(seen.resource().name());

        browser.call("workloads/fix", which);
        assertThat(sandbox.workloadProtection().failing()).doesNotContain(seen);
        browser.call("workloads/break", which);
        assertThat(sandbox.workloadProtection().failing()).contains(seen);
        browser.call("workloads/accept", which);
        assertThat(sandbox.workloadProtection().failing()).doesNotContain(seen);
        browser.call("workloads/revoke", which);
        browser.call("workloads/accept-shortly", which);
        assertThat(sandbox.workloadProtection().accepted())
                .anyMatch(each -> each.resource().equals(seen.resource())
                        && each.acceptance().orElseThrow().until().isPresent());
        browser.call("workloads/replace", which);
        assertThat(sandbox.workloadProtection().checked())
                .noneMatch(each -> each.resource().equals(seen.resource()));
        assertThat(browser.call("workloads/fix", which).statusCode()).isEqualTo(400);
    }

    @Test
    void two_sandboxes_have_two_tokens() {
        try (ControlPage other = ControlPage.start(sandbox, 0)) {
            assertThat(new Browser(other.url()).token()).hasSize(48).isNotEqualTo(browser.token());
        }
    }

    private Observation now(Observation seen) {
        return sandbox.cloud().observations().stream()
                .filter(other -> other.check().equals(seen.check())
                        && other.resourceUid().equals(seen.resourceUid()))
                .findFirst()
                .orElseThrow();
    }

    private List<Path> files() throws Exception {
        try (var files = Files.list(folder)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }

    private String ticket(String table, String title) {
        return sandbox.serviceNow().create(table, Map.of("short_description", title), "abel.tuter");
    }

    private JsonNode json(String view) throws Exception {
        return JSON.readTree(browser.get("api/" + view).body());
    }

    private int status(String host) throws Exception {
        URI address = URI.create(page.url());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ")[1]);
        }
    }
}
