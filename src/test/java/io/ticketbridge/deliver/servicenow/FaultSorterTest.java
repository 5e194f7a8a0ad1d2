package io.ticketbridge.deliver.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Auth;
import io.ticketbridge.deliver.servicenow.FakeInstance.Answer;
import io.ticketbridge.deliver.servicenow.Fault.Kind;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the component makes of each answer, through a real route. */
class FaultSorterTest {
    private static final String WAY = "; check ticketbridge.servicenow.url, and ticketbridge.servicenow.proxy"
            + " (or ticketbridge.network.proxy for all systems) where a proxy is the way there";
    private static final EncodedQuery QUERY =
            EncodedQuery.where("correlation_id", "a1").orderBy("sys_id");

    private final FakeInstance instance = new FakeInstance();
    private Calls calls;

    @BeforeEach
    void start() {
        calls = new Calls(Accesses.client(instance.url()), Network.DIRECT, Clock.systemUTC());
    }

    @AfterEach
    void stop() throws Exception {
        calls.close();
        instance.close();
    }

    private Fault created(Answer answer) {
        instance.onCall = asked -> answer;
        return Calls.fault(calls.create(Map.of("short_description", "x")));
    }

    @Test
    void a_call_that_ended_on_a_connection_may_have_left_whatever_its_cause_is_called() {
        Throwable late =
                new HttpTimeoutException("request timed out").initCause(new ConnectException("HTTP connect timed out"));
        Throwable never = new HttpConnectTimeoutException("HTTP connect timed out")
                .initCause(new ConnectException("HTTP connect timed out"));

        assertThat(FaultSorter.sort(new ProcessingException(late), LastAnswer.NONE, Instant.EPOCH)
                        .kind())
                .isEqualTo(Kind.AMBIGUOUS);
        assertThat(FaultSorter.sort(new ProcessingException(never), LastAnswer.NONE, Instant.EPOCH)
                        .kind())
                .isEqualTo(Kind.NOT_SENT);
    }

    /** The threads of deliveries are few: the answer before is one to another ticket as a rule. */
    @Test
    void what_no_call_threw_says_nothing_of_the_answer_before() {
        LastAnswer another = new LastAnswer(403, Map.of(), false);
        Throwable step = new MethodNotFoundException(String.class, "titel");
        Throwable list = new UncheckedIOException("The list can't be written", new IOException("No space left"));

        assertThat(FaultSorter.sort(step, another, Instant.EPOCH))
                .satisfies(fault -> assertThat(fault.message())
                        .startsWith("The request was not sent: ")
                        .contains("titel"))
                .extracting(Fault::kind, Fault::status)
                .containsExactly(Kind.REFUSED, 0);
        assertThat(FaultSorter.sort(list, another, Instant.EPOCH))
                .isEqualTo(new Fault(
                        Kind.AMBIGUOUS,
                        0,
                        Duration.ZERO,
                        "An error that is not ServiceNow's: The list can't be written: No space left"));
    }

    @Test
    void a_rate_limit_says_how_long_to_wait() {
        Fault fault = created(
                Answer.error(429, "Rate limit exceeded", "Rate limit of 100 requests per hour for Table API exceeded")
                        .with("Retry-After", "17"));

        assertThat(fault)
                .isEqualTo(new Fault(
                        Kind.RATE_LIMITED,
                        429,
                        Duration.ofSeconds(17),
                        "ServiceNow answered 429: Rate limit exceeded: Rate limit of 100 requests per hour for Table API"
                                + " exceeded"));
        assertThat(fault.mayHaveHappened()).isFalse();
    }

    @Test
    void a_rate_limit_may_give_a_date_or_only_its_reset() {
        Instant then = Instant.now().plusSeconds(100);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(then.atZone(ZoneOffset.UTC));
        assertThat(created(Answer.html(429).with("Retry-After", date)).retryAfter())
                .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
        assertThat(created(Answer.error(429, "Rate limit exceeded", null)
                                .with("X-RateLimit-Reset", String.valueOf(then.getEpochSecond())))
                        .retryAfter())
                .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
        assertThat(created(Answer.error(429, "Rate limit exceeded", null)).retryAfter())
                .isZero();
    }

    @Test
    void a_503_with_retry_after_waits_but_may_have_happened() {
        Fault fault = created(Answer.html(503).with("Retry-After", "30"));

        assertThat(fault.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(fault.mayHaveHappened()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 302, 500, 502, 503, 504})
    void html_where_json_should_be_is_ambiguous(int status) {
        Fault fault = created(Answer.html(status));

        assertThat(fault.kind()).isEqualTo(Kind.AMBIGUOUS);
        assertThat(fault.status()).isEqualTo(status);
        assertThat(fault.message())
                .isEqualTo("ServiceNow answered " + status + ": a body that can't be read: text/html");
    }

    @Test
    void what_a_proxy_wants_is_no_refusal_of_the_ticket_and_did_not_arrive() {
        Fault fault = created(Answer.html(407));

        assertThat(fault.kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(fault.mayHaveHappened()).isFalse();
        assertThat(fault.message()).contains("407", "check ticketbridge.servicenow.proxy-user");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 491})
    void what_says_nothing_of_the_request_is_ambiguous(int status) {
        assertThat(created(Answer.html(status)).kind()).isEqualTo(Kind.AMBIGUOUS);
    }

    @Test
    void an_empty_error_is_ambiguous() {
        assertThat(created(new Answer(502, Map.of(), "")))
                .isEqualTo(new Fault(
                        Kind.AMBIGUOUS, 502, Duration.ZERO, "ServiceNow answered 502: nothing that can be read"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"server_error\"}",
                "{}",
                "{\"error\":{\"message\":{\"a\":1}}}",
                "[]",
                "null",
                "{\"err"
            })
    void a_500_in_any_shape_is_ambiguous(String body) {
        assertThat(created(Answer.json(500, body)).kind()).isEqualTo(Kind.AMBIGUOUS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"server_error\"}",
                "{}",
                "{\"error\":{\"message\":{\"a\":1}}}",
                "[]",
                "null",
                "{\"err"
            })
    void a_400_in_any_shape_is_refused(String body) {
        Fault fault = created(Answer.json(400, body));

        assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
        assertThat(fault.status()).isEqualTo(400);
    }

    @Test
    void html_with_200_is_ambiguous_after_a_write() {
        assertThat(created(Answer.html(200)).kind()).isEqualTo(Kind.AMBIGUOUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{\"result\":null}", "[]"})
    void a_success_without_a_result_is_not_taken_for_one(String body) {
        Fault fault = created(Answer.json(201, body));

        assertThat(fault).isNotNull();
        assertThat(fault.mayHaveHappened()).isTrue();
    }

    @Test
    void a_success_that_breaks_off_is_ambiguous() {
        assertThat(created(Answer.json(201, "{\"result\":{\"sys_id\":\"01")).kind())
                .isEqualTo(Kind.AMBIGUOUS);
    }

    @Test
    void a_list_that_was_cut_off_is_not_taken_for_whole() {
        instance.onCall = asked -> Answer.json(
                200,
                "{\"result\":[{\"sys_id\":\"" + FakeInstance.SYS_ID + "\"}],\"error\":{\"detail\":\"x\",\"message\":"
                        + "\"Transaction cancelled: maximum execution time exceeded\"},\"status\":\"failure\"}");
        Fault fault = Calls.fault(calls.find(QUERY));

        assertThat(fault.kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(fault.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Invalid table incidentx,, REFUSED",
        "403, Operation Failed, ACL Exception Insert Failed due to security constraints, REFUSED",
        "404, No Record found, Record doesn't exist or ACL restricts the record retrieval, NOT_FOUND",
        "404, Requested URI does not represent any resource,, REFUSED",
        "405, Method not supported,, REFUSED",
        "413, Exception while reading request, Rejected large REST payload, REFUSED",
        "415, Unsupported media type,, REFUSED"
    })
    void a_refusal_keeps_the_words_of_servicenow(int status, String message, String detail, Kind kind) {
        Fault fault = created(Answer.error(status, message, detail));

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.message())
                .isEqualTo("ServiceNow answered " + status + ": " + message + (detail == null ? "" : ": " + detail));
        assertThat(fault.passes()).isFalse();
    }

    @Test
    void words_become_one_short_line_without_credentials() {
        Fault fault = created(Answer.error(
                403,
                "Operation Failed",
                "Data Policy Exception: \\n\\tThe following\\u202e fields: Bearer abcdefgh1234 " + "x".repeat(900)));

        assertThat(fault.message())
                .startsWith(
                        "ServiceNow answered 403: Operation Failed: Data Policy Exception: The following fields: Bearer"
                                + " *** xxx")
                .hasSize(500);
    }

    @Test
    void a_revoked_token_is_renewed_once_and_the_call_repeated() {
        assertThat(calls.create(Map.of("state", "1")).getException()).isNull();
        instance.onCall = asked -> asked.header("Authorization").equals("Bearer token-1")
                ? Answer.error(401, "User Not Authenticated", "Required to provide Auth information")
                        .with("WWW-Authenticate", "BASIC realm=\"Service-now\"")
                : Answer.json(201, FakeInstance.RECORD);
        Exchange done = calls.create(Map.of("state", "2"));

        assertThat(done.getException()).isNull();
        assertThat(Calls.record(done)).containsEntry("number", "INC0010001");
        assertThat(instance.lastCall().body()).isEqualTo("{\"state\":\"2\"}");
        assertThat(instance.calls).hasSize(3);
        assertThat(instance.tokenCalls).hasSize(2);
    }

    @Test
    void a_401_without_a_body_renews_the_token_too() {
        calls.create(Map.of("state", "1"));
        instance.onCall = asked -> asked.header("Authorization").equals("Bearer token-1")
                ? new Answer(401, Map.of(), "")
                : Answer.json(201, FakeInstance.RECORD);

        assertThat(calls.create(Map.of("state", "2")).getException()).isNull();
    }

    @Test
    void a_new_token_that_is_refused_too_is_a_matter_of_credentials() {
        Fault fault = created(Answer.error(401, "User Not Authenticated", "Required to provide Auth information"));

        assertThat(fault.kind()).isEqualTo(Kind.CREDENTIALS_REFUSED);
        assertThat(instance.calls).hasSize(2);
        assertThat(instance.tokenCalls).hasSize(2);
    }

    @Test
    void a_token_that_is_not_given_leaves_the_call_unsent() {
        instance.onToken = asked -> FakeInstance.tokenRefusal();
        Fault fault = created(Answer.json(201, FakeInstance.RECORD));

        assertThat(fault.kind()).isEqualTo(Kind.CREDENTIALS_REFUSED);
        assertThat(fault.message())
                .contains("check ticketbridge.servicenow.client-id")
                .doesNotContain(Accesses.SECRET);
        assertThat(instance.calls).isEmpty();
    }

    @Test
    void a_token_endpoint_that_is_busy_says_when_to_come_back() {
        instance.onToken = asked -> Answer.html(503).with("Retry-After", "9");
        Fault fault = created(Answer.json(201, FakeInstance.RECORD));

        assertThat(fault.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(9));
        assertThat(fault.mayHaveHappened()).isFalse();
    }

    @Test
    void a_connection_lost_after_the_request_is_ambiguous() {
        assertThat(created(Answer.HANG_UP).kind()).isEqualTo(Kind.AMBIGUOUS);
    }

    @Test
    void a_read_timeout_is_ambiguous_and_forgets_the_answer_before() throws Exception {
        hurry();
        calls.find(QUERY);
        instance.onCall = asked -> {
            FakeInstance.never();
            return Answer.html(200);
        };
        Fault fault = Calls.fault(calls.create(Map.of("state", "1")));

        assertThat(fault.kind()).isEqualTo(Kind.AMBIGUOUS);
        assertThat(fault.status()).isZero();
        assertThat(fault.retryAfter()).isZero();
        // The client's limit and ours end at the same time; either may say so first, or find the connection cut by the
        // other.
        assertThat(fault.message())
                .matches("ServiceNow's answer did not arrive \\((Http)?(TimeoutException|IOException)\\)");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void an_answer_that_stalls_half_way_ends_at_the_time_limit() throws Exception {
        hurry();
        instance.onCall = asked -> Answer.STALL;

        Fault fault = Calls.fault(calls.create(Map.of("state", "1")));
        assertThat(fault.kind()).isEqualTo(Kind.AMBIGUOUS);
        assertThat(fault.message())
                .isEqualTo("ServiceNow answered 200: its body did not end within"
                        + " ticketbridge.servicenow.request-timeout");
        assertThat(Calls.fault(calls.attach(FakeInstance.SYS_ID, "x".repeat(100_000)))
                        .mayHaveHappened())
                .isTrue();
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_server_that_does_not_read_ends_at_the_time_limit() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Calls calls = new Calls(
                        Accesses.of(
                                URI.create("http://127.0.0.1:" + deaf.getLocalPort()),
                                Auth.BASIC,
                                Duration.ofMillis(500)),
                        Network.DIRECT,
                        Clock.systemUTC())) {
            Fault fault = Calls.fault(calls.attach(FakeInstance.SYS_ID, "x".repeat(20_000_000)));
            assertThat(fault.kind()).isEqualTo(Kind.AMBIGUOUS);
        }
    }

    private void hurry() throws Exception {
        calls.close();
        calls = new Calls(
                Accesses.of(instance.url(), Auth.BASIC, Duration.ofMillis(300)), Network.DIRECT, Clock.systemUTC());
    }

    @Test
    void a_refused_connection_was_certainly_not_sent() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        assertThat(unreached(nobody))
                .isEqualTo(new Fault(
                        Kind.NOT_SENT,
                        0,
                        Duration.ZERO,
                        "ServiceNow was not reached: the connection was refused" + WAY));
    }

    @Test
    void a_host_without_address_was_certainly_not_sent() throws Exception {
        assertThat(unreached(URI.create("http://no-such-host.invalid")).message())
                .isEqualTo("ServiceNow was not reached: its host name has no address" + WAY);
    }

    private static Fault unreached(URI url) throws Exception {
        try (Calls calls =
                new Calls(Accesses.of(url, Auth.BASIC, Duration.ofSeconds(5)), Network.DIRECT, Clock.systemUTC())) {
            return Calls.fault(calls.create(Map.of("description", "x".repeat(10_000))));
        }
    }

    @Test
    void a_body_that_is_no_map_was_not_sent_and_never_will_be() {
        Fault fault = Calls.fault(calls.create("text"));

        assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
        assertThat(fault.status()).isZero();
        assertThat(instance.calls).isEmpty();
    }
}
