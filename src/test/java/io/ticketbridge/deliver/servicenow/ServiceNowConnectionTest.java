package io.ticketbridge.deliver.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Auth;
import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.servicenow.FakeInstance.Answer;
import io.ticketbridge.testing.HandClock;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to log in, and what a request carries (P21). */
class ServiceNowConnectionTest {
    private final FakeInstance instance = new FakeInstance();
    private Calls calls;

    private Calls with(Auth auth) {
        ServiceNowSettings settings = Accesses.of(instance.url(), auth, Duration.ofSeconds(10));
        calls = new Calls(settings, Network.DIRECT, Clock.systemUTC());
        return calls;
    }

    @AfterEach
    void stop() throws Exception {
        if (calls != null) {
            calls.close();
        }
        instance.close();
    }

    @Test
    void client_id_and_secret_alone_send_a_bearer_token() {
        Exchange done = with(Auth.OAUTH_CLIENT_CREDENTIALS).create(Map.of("short_description", "Ünsafe bucket"));

        assertThat(done.getException()).isNull();
        assertThat(instance.lastCall().header("Authorization")).isEqualTo("Bearer token-1");
        assertThat(instance.lastCall().body()).isEqualTo("{\"short_description\":\"Ünsafe bucket\"}");
        assertThat(Calls.record(done)).containsEntry("number", "INC0010001");
        assertThat(instance.tokenCalls.get(0).body())
                .isEqualTo("grant_type=client_credentials&scope=useraccount&client_id=client-1"
                        + "&client_secret=s%26cr%3Dt%2B%C3%9C%2541");
    }

    @Test
    void the_password_grant_encodes_what_a_form_must_encode() {
        with(Auth.OAUTH_PASSWORD).create(Map.of("state", "1"));

        assertThat(instance.tokenCalls.get(0).body())
                .contains("grant_type=password&username=j%C3%BCrgen&password=pa%2Bss%2Fw0rd%3D%C3%9C");
        assertThat(instance.tokenCalls.get(0).header("Authorization")).isNull();
    }

    @Test
    void basic_is_utf_8() {
        with(Auth.BASIC).create(Map.of("state", "1"));

        String pair = instance.lastCall().header("Authorization").substring("Basic ".length());
        assertThat(new String(Base64.getDecoder().decode(pair), StandardCharsets.UTF_8))
                .isEqualTo("jürgen:" + Accesses.PASSWORD);
        assertThat(instance.tokenCalls).isEmpty();
    }

    @Test
    void an_api_key_goes_into_its_own_header() {
        with(Auth.API_KEY).create(Map.of("state", "1"));

        assertThat(instance.lastCall().header("x-sn-apikey")).isEqualTo("key-123");
        assertThat(instance.lastCall().header("Authorization")).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"BASIC", "API_KEY"})
    void credentials_that_were_refused_are_not_shown_again_for_half_a_minute(Auth auth) {
        instance.onCall = asked -> Answer.error(401, "User Not Authenticated", null);
        HandClock clock = new HandClock();
        calls = new Calls(Accesses.of(instance.url(), auth, Duration.ofSeconds(10)), Network.DIRECT, clock);
        for (int attempt = 0; attempt < 20; attempt++) {
            assertThat(Calls.fault(calls.create(Map.of("state", "1"))).kind())
                    .isEqualTo(Fault.Kind.CREDENTIALS_REFUSED);
        }
        assertThat(instance.calls).hasSize(1);

        clock.advance(Duration.ofSeconds(30));
        instance.onCall = asked -> Answer.json(201, FakeInstance.RECORD);
        calls.create(Map.of("state", "1"));
        calls.create(Map.of("state", "1"));
        assertThat(instance.calls).hasSize(3);
    }

    @Test
    void requests_ask_for_no_other_protocol_and_keep_no_cookies() {
        instance.onCall = asked -> Answer.json(201, FakeInstance.RECORD).with("Set-Cookie", "JSESSIONID=abc; Path=/");
        with(Auth.OAUTH_CLIENT_CREDENTIALS).create(Map.of("state", "1"));
        calls.create(Map.of("state", "1"));

        assertThat(instance.calls).hasSize(2).allSatisfy(asked -> {
            assertThat(asked.header("Upgrade")).isNull();
            assertThat(asked.header("Cookie")).isNull();
        });
        assertThat(LastAnswer.current().header("set-cookie")).isNull();
    }

    @Test
    void another_server_never_sees_the_token() {
        try (FakeInstance other = new FakeInstance()) {
            with(Auth.OAUTH_CLIENT_CREDENTIALS);
            calls.context
                    .createProducerTemplate()
                    .send(
                            "servicenow:other?resource=table&table=incident&apiUrl=" + other.url() + "/api",
                            exchange -> exchange.getMessage().setHeader("CamelServiceNowAction", "retrieve"));

            assertThat(other.lastCall().header("Authorization")).isNull();
        }
    }

    @Test
    void a_closed_connection_signs_nothing_more() {
        with(Auth.OAUTH_CLIENT_CREDENTIALS);
        calls.connection.close();
        calls.create(Map.of("state", "1"));

        assertThat(instance.lastCall().header("Authorization")).isNull();
    }

    @Test
    void the_headers_of_the_last_answer_can_be_read() {
        instance.onCall = asked ->
                Answer.json(200, FakeInstance.LIST).with("X-Total-Count", "73").with("X-RateLimit-Limit", "500");
        Exchange done = with(Auth.OAUTH_CLIENT_CREDENTIALS).find(EncodedQuery.where("correlation_id", "a1"));

        assertThat(LastAnswer.current().header("x-total-count")).isEqualTo("73");
        assertThat(LastAnswer.current().header("X-RateLimit-Limit")).isEqualTo("500");
        assertThat(LastAnswer.current().header("Content-Type")).startsWith("application/json");
        assertThat(Calls.records(done)).hasSize(1);
    }

    @Test
    void a_value_with_percent_plus_and_umlaut_arrives_as_it_is() {
        instance.onCall = asked -> Answer.json(200, "{\"result\":[]}");
        Exchange done = with(Auth.OAUTH_CLIENT_CREDENTIALS)
                .find(EncodedQuery.where("user_name", "a%41+b c&d=ü#'%").orderBy("sys_id"));

        String query = URLDecoder.decode(
                instance.lastCall().uri().replaceAll(".*sysparm_query=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        assertThat(query).isEqualTo("user_name=a%41+b c&d=ü#'%^ORDERBYsys_id");
        assertThat(Calls.records(done)).isEmpty();
    }

    @Test
    void an_update_is_a_patch_with_only_the_fields_sent() {
        Exchange done = with(Auth.OAUTH_CLIENT_CREDENTIALS).update(FakeInstance.SYS_ID, Map.of("close_notes", ""));

        assertThat(instance.lastCall().method()).isEqualTo("PATCH");
        assertThat(instance.lastCall().uri()).startsWith("/api/now/table/incident/" + FakeInstance.SYS_ID + "?");
        assertThat(instance.lastCall().body()).isEqualTo("{\"close_notes\":\"\"}");
        assertThat(Calls.record(done)).containsEntry("state", "1");
    }

    @Test
    void one_record_is_read_as_a_map() {
        Exchange done = with(Auth.OAUTH_CLIENT_CREDENTIALS).read(FakeInstance.SYS_ID);

        assertThat(instance.lastCall().method()).isEqualTo("GET");
        assertThat(done.getMessage().getBody()).isInstanceOf(Map.class);
    }

    @Test
    void a_file_is_attached_as_it_is() {
        Exchange done = with(Auth.OAUTH_CLIENT_CREDENTIALS).attach(FakeInstance.SYS_ID, "id,name\n1,Ünsafe\n");

        FakeInstance.Asked asked = instance.lastCall();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.uri())
                .startsWith("/api/now/attachment/file?")
                .contains("file_name=resources+1.csv", "table_name=incident", "table_sys_id=" + FakeInstance.SYS_ID);
        assertThat(asked.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(asked.body()).isEqualTo("id,name\n1,Ünsafe\n");
        assertThat(done.getException()).isNull();
        assertThat(Calls.record(done)).containsKey("sys_id");
    }

    @Test
    void the_body_of_a_large_create_arrives_whole() {
        String description = "x".repeat(50_000);
        Exchange done = with(Auth.OAUTH_CLIENT_CREDENTIALS).create(Map.of("description", description));

        assertThat(done.getException()).isNull();
        assertThat(instance.lastCall().body()).contains(description);
    }

    @ParameterizedTest
    @CsvSource({"OAUTH_CLIENT_CREDENTIALS, Bearer token-1", "API_KEY,"})
    void credentials_in_an_endpoint_give_way_to_ours(Auth auth, String authorisation) {
        with(auth);
        bareCall("&userName=a&password=b&httpClientPolicy=#bean:serviceNowHttp");

        assertThat(instance.lastCall().header("Authorization")).isEqualTo(authorisation);
        assertThat(instance.lastCall().header("Upgrade")).isNull();
    }

    @Test
    void the_last_answer_is_forgotten_when_the_next_request_starts() {
        with(Auth.OAUTH_CLIENT_CREDENTIALS);
        bareCall("");
        assertThat(LastAnswer.current().status()).isEqualTo(200);

        instance.onCall = asked -> Answer.HANG_UP;
        bareCall("");
        assertThat(LastAnswer.current()).isEqualTo(LastAnswer.NONE);
    }

    /** Without a route and its bean steps. */
    private void bareCall(String options) {
        calls.context
                .createProducerTemplate()
                .send(
                        "servicenow:x?resource=table&table=incident&apiUrl=" + instance.url() + "/api" + options,
                        exchange -> exchange.getMessage().setHeader("CamelServiceNowAction", "retrieve"));
    }

    @Test
    void two_instances_keep_their_tokens_apart() throws Exception {
        try (FakeInstance other = new FakeInstance();
                Calls second = new Calls(Accesses.client(other.url()), Network.DIRECT, Clock.systemUTC())) {
            other.onToken = asked -> FakeInstance.token("other-token", null, 1800);
            with(Auth.OAUTH_CLIENT_CREDENTIALS);
            second.read(FakeInstance.SYS_ID);
            calls.read(FakeInstance.SYS_ID);
            second.read(FakeInstance.SYS_ID);

            assertThat(other.calls)
                    .allMatch(asked -> asked.header("Authorization").equals("Bearer other-token"));
            assertThat(instance.calls)
                    .allMatch(asked -> asked.header("Authorization").equals("Bearer token-1"));
        }
    }

    @Test
    void eight_threads_share_a_token_and_each_reads_its_own_answer() throws Exception {
        instance.onCall = asked -> {
            String sysId = asked.uri().replaceAll(".*/([0-9a-f]{32}).*", "$1");
            return Answer.json(200, "{\"result\":{\"sys_id\":\"" + sysId + "\"}}")
                    .with("X-Echo", sysId);
        };
        with(Auth.OAUTH_CLIENT_CREDENTIALS);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> reads = new ArrayList<>();
            for (int number = 0; number < 200; number++) {
                String sysId = String.format("%032x", number);
                reads.add(() -> Calls.record(calls.read(sysId)).get("sys_id").equals(sysId)
                        && sysId.equals(LastAnswer.current().header("X-Echo")));
            }
            for (Future<Boolean> own : threads.invokeAll(reads)) {
                assertThat(own.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(instance.tokenCalls).hasSize(1);
    }
}
