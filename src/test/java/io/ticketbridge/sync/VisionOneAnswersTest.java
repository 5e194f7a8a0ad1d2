package io.ticketbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketbridge.config.Settings;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.ledger.Flow;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a call to Vision One rests that may pass later (P15, P18). */
class VisionOneAnswersTest {
    private final Settings settings = Flow.settings(Map.of(
            "flow.cases.source", "vision-one-cases",
            "flow.cases.profile", "incident",
            "vision-one.url", "https://api.xdr.trendmicro.com",
            "vision-one.token", "token",
            "vision-one.request-timeout", "20s"));
    private final VisionOneAnswers answers = new VisionOneAnswers(settings, null, null, null, null, Clock.systemUTC());

    @ParameterizedTest(name = "{0} answered with {1} and Retry-After {2}: {3} s")
    @CsvSource({
        "POST, 503, , 20",
        "POST, 503, 1, 20",
        "PATCH, 503, 60, 60",
        "POST, 502, , 20",
        "POST, 302, , 20",
        "GET, 307, , 20",
        "GET, 503, , 1",
        "GET, 503, 7, 7",
        "POST, 429, , 1",
        "POST, 429, 7, 7",
        "POST, 429, 3600, 300",
        "PATCH, 491, , 20",
        "POST, 522, , 20",
        "POST, 302, , 20",
        "PATCH, 407, , 20"
    })
    void what_may_have_been_carried_out_rests_as_long_as_it_may_take(
            String method, int status, String retryAfter, int seconds) {
        Map<String, String> headers = new HashMap<>();
        if (retryAfter != null) {
            headers.put("Retry-After", retryAfter);
        }

        NotNow later =
                catchThrowableOfType(NotNow.class, () -> answers.failed("cases", failed(method, status, headers)));

        assertThat(later.getWait()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 405, 409, 413, 422})
    void what_is_said_of_the_request_itself_is_a_refusal(int status) {
        assertThatThrownBy(() -> answers.failed("cases", failed("PATCH", status, Map.of("X-Trace-Id", "0af7"))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("answered " + status + " (x-trace-id 0af7):");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Not found</html>", "{}", "{\"error\":\"no route\"}", "[]"})
    void a_404_of_somebody_on_the_way_is_tried_again(String body) {
        assertThatThrownBy(() -> answers.failed("cases", failed("GET", 404, Map.of(), body)))
                .isInstanceOf(NotNow.class);
    }

    @Test
    void a_case_is_gone_where_vision_one_says_so() {
        String said =
                "{\"error\":{\"code\":\"NotFound\",\"message\":\"x\",\"innererror\":{\"code\":\"ItemNotFound\"}}}";

        assertThat(answers.failed("cases", failed("GET", 404, Map.of(), said))).isEqualTo(404);
        assertThatThrownBy(() -> answers.failed("cases", failed("PATCH", 404, Map.of(), said)))
                .isInstanceOf(NotNow.class);
    }

    private static Exchange failed(String method, int status, Map<String, String> headers) {
        return failed(method, status, headers, "");
    }

    private static Exchange failed(String method, int status, Map<String, String> headers, String body) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, method);
        exchange.setProperty(
                Exchange.EXCEPTION_CAUGHT,
                new HttpOperationFailedException("https://x", status, "", null, headers, body));
        return exchange;
    }
}
