package io.ticketbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private final ServiceNowSimulator instance = ServiceNowSimulator.start();
    private final Caller caller = new Caller(instance);

    @AfterEach
    void stop() {
        instance.close();
    }

    private Caller.Reply create() {
        return caller.create("incident", Map.of("short_description", "x".repeat(100)));
    }

    private int stored() {
        return instance.records("incident").size();
    }

    @Test
    void a_status_comes_without_effect_for_as_many_requests_as_asked() {
        instance.faults().next(2, RequestMatcher.writes(), Fault.status(503));
        assertThat(caller.get("/api/now/table/incident").status()).isEqualTo(200);
        Caller.Reply first = create();
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.json().path("status").asText()).isEqualTo("failure");
        assertThat(create().status()).isEqualTo(503);
        assertThat(stored()).isZero();
        assertThat(create().status()).isEqualTo(201);
        assertThat(instance.requests().matching(RequestMatcher.on("POST", "incident")))
                .extracting(SeenRequest::fault)
                .containsExactly("status-503", "status-503", "");
    }

    @Test
    void bodies_are_json_html_or_empty() {
        instance.faults().next(1, Fault.status(503).html());
        instance.faults().next(1, Fault.status(502).emptyBody());
        instance.faults().next(1, Fault.loginPage());
        instance.faults().next(1, Fault.status(429).retryAfter(Duration.ofSeconds(7)));
        instance.faults().next(1, Fault.accepted());
        Caller.Reply html = create();
        assertThat(html.header("Content-Type")).startsWith("text/html");
        assertThat(html.text()).startsWith("<!DOCTYPE html>");
        Caller.Reply empty = create();
        assertThat(empty.status()).isEqualTo(502);
        assertThat(empty.text()).isEmpty();
        Caller.Reply login = create();
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.text()).contains("Log in");
        assertThat(create().header("Retry-After")).isEqualTo("7");
        assertThat(create().status()).isEqualTo(202);
        assertThat(stored()).isZero();
    }

    @Test
    void a_failure_may_come_after_the_effect() {
        instance.faults().next(1, RequestMatcher.writes(), Fault.status(500).afterCommit());
        assertThat(create().status()).isEqualTo(500);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void a_connection_closes_before_or_after_the_effect() {
        instance.faults().next(1, Fault.closedBeforeCommit());
        assertThatThrownBy(this::create).isInstanceOf(Caller.BrokenConnection.class);
        assertThat(stored()).isZero();
        instance.faults().next(1, Fault.closedAfterCommit());
        assertThatThrownBy(this::create).isInstanceOf(Caller.BrokenConnection.class);
        assertThat(stored()).isEqualTo(1);
        assertThat(instance.requests().last().status()).isZero();
        instance.faults().next(1, Fault.halfAnswer());
        assertThatThrownBy(this::create).isInstanceOf(Caller.BrokenConnection.class);
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void the_effect_may_come_after_the_connection_closed() {
        instance.faults().next(1, Fault.commitAfterClose(Duration.ofMillis(200)));
        assertThatThrownBy(this::create).isInstanceOf(Caller.BrokenConnection.class);
        assertThat(stored()).isZero();
        await().atMost(Duration.ofSeconds(5)).until(() -> stored() == 1);
    }

    @Test
    void an_answer_may_be_slow() {
        instance.faults().next(1, Fault.slow(Duration.ofMillis(150)));
        long start = System.nanoTime();
        assertThat(create().status()).isEqualTo(201);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(149));
        instance.faults().next(1, Fault.slowAnswer(Duration.ofMillis(150)));
        assertThat(create().status()).isEqualTo(201);
    }

    @Test
    void a_body_may_trickle_in() {
        instance.faults().next(1, Fault.slowBody(Duration.ofMillis(200)));
        long start = System.nanoTime();
        assertThat(create().status()).isEqualTo(201);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(199));
    }

    @Test
    void a_body_may_be_json_that_does_not_end() {
        instance.faults().next(1, Fault.brokenJson());
        Caller.Reply reply = create();
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text()).startsWith("{").doesNotEndWith("}");
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void the_conditions_of_a_query_may_be_dropped() {
        create();
        create();
        instance.faults().next(1, Fault.conditionsDropped());
        String query = "/api/now/table/incident?sysparm_query=correlation_id%3Dnobody";
        assertThat(caller.get(query).result()).hasSize(2);
        assertThat(instance.requests().last().droppedConditions()).containsExactly("correlation_id=nobody");
        assertThat(caller.get(query).result()).isEmpty();
    }

    @Test
    void a_column_of_one_write_may_be_ignored() {
        instance.faults().next(1, Fault.columnsIgnored("description"));
        Map<String, String> fields = Map.of("short_description", "one", "description", "two");
        assertThat(caller.create("incident", fields).status()).isEqualTo(201);
        assertThat(instance.records("incident").get(0))
                .containsEntry("short_description", "one")
                .containsEntry("description", "");
    }

    @Test
    void a_mandatory_column_may_be_missed() {
        instance.faults().next(1, Fault.mandatory("Location"));
        Caller.Reply reply = create();
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).contains("mandatory: Location");
        assertThat(stored()).isZero();
    }

    @Test
    void a_list_may_be_cut_with_an_error_in_a_200() {
        create();
        create();
        instance.faults().next(1, Fault.truncatedList(1));
        Caller.Reply reply = caller.get("/api/now/table/incident");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.result()).hasSize(1);
        assertThat(reply.json().path("error").path("message").asText())
                .isEqualTo("Transaction cancelled: maximum execution time exceeded");
        assertThat(reply.json().path("status").asText()).isEqualTo("failure");
    }

    @Test
    void tokens_may_be_revoked_under_a_request() {
        Caller.Reply token = caller.form(
                "/oauth_token.do",
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", instance.credentials().clientId(),
                        "client_secret", instance.credentials().clientSecret()));
        Caller bearer = caller.with(
                "Authorization", "Bearer " + token.json().path("access_token").asText());
        assertThat(bearer.get("/api/now/table/incident").status()).isEqualTo(200);
        instance.faults().next(1, Fault.tokensRevoked());
        assertThat(bearer.get("/api/now/table/incident").status()).isEqualTo(401);
        assertThat(bearer.get("/api/now/table/incident").status()).isEqualTo(401);
    }

    @Test
    void faults_at_a_rate_are_the_same_for_the_same_seed() {
        List<Fault> mix =
                List.of(Fault.status(503), Fault.status(429), Fault.status(500).afterCommit());
        List<List<Integer>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            Faults.Rule rule = instance.faults().atRate(0.5, 42, RequestMatcher.writes(), mix);
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                statuses.add(create().status());
            }
            assertThat(rule.used()).isBetween(10L, 30L);
            rule.off();
            runs.add(statuses);
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains(201, 503, 429, 500);
        assertThat(instance.faults().drawn()).containsKeys("status-503", "status-429", "status-500-after-commit");
        assertThat(create().status()).isEqualTo(201);
    }

    @Test
    void a_fault_may_stay_until_it_is_turned_off() {
        Faults.Rule rule = instance.faults().always(RequestMatcher.any(), Fault.status(503));
        assertThat(create().status()).isEqualTo(503);
        assertThat(create().status()).isEqualTo(503);
        rule.off();
        assertThat(create().status()).isEqualTo(201);
        instance.faults().always(RequestMatcher.any(), Fault.status(503));
        instance.faults().clear();
        assertThat(create().status()).isEqualTo(201);
    }

    @Test
    void a_fault_that_no_request_met_is_named_also_when_it_is_off_by_now() {
        Faults faults = instance.faults();
        faults.next(2, RequestMatcher.writes(), Fault.status(503));
        Faults.Rule off = faults.always(RequestMatcher.on("GET", "/table/nowhere"), Fault.loginPage());
        faults.next(1, RequestMatcher.on("DELETE", "/table/"), Fault.status(500));
        faults.atRate(0, 1, List.of(Fault.status(429)));
        assertThat(faults.unused()).containsExactly("1. status-503", "2. login-page", "3. status-500");

        create();
        off.off();
        faults.clear();
        create();

        assertThat(faults.unused()).containsExactly("2. login-page", "3. status-500");
    }
}
