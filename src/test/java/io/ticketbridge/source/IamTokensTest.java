package io.ticketbridge.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.testing.HandClock;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys become tokens, which are renewed in time. */
class IamTokensTest {
    private final HandClock clock = new HandClock("2026-11-01T12:00:00Z");
    private final IamTokens tokens = new IamTokens(settings(), clock);

    private static Settings settings() {
        Map<String, String> keys = new HashMap<>();
        keys.put("scc.url", "https://us-south.compliance.cloud.ibm.com/instances/one/v3");
        keys.put("scc.iam-url", "https://iam/identity/token");
        keys.put("scc.api-key", "a key & more");
        keys.put("scc.second.url", "https://eu-de.compliance.cloud.ibm.com/instances/two/v3");
        keys.put("scc.second.api-key", "another");
        for (String flow : new String[] {"one", "same", "other"}) {
            keys.put("flow." + flow + ".source", "scc");
            keys.put("flow." + flow + ".profile", "tickets");
        }
        keys.put("flow.other.instance", "second");
        keys.put("profile.tickets.table", "incident");
        keys.put("servicenow.url", "https://example.service-now.com");
        keys.put("servicenow.client-id", "id");
        keys.put("servicenow.client-secret", "secret");
        Map<String, String> named = new HashMap<>();
        keys.forEach((key, value) -> named.put("ticketbridge." + key, value));
        return Settings.load(Sources.only(named));
    }

    private static ObjectNode answer(String token) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("access_token", token)
                .put("refresh_token", "not_available")
                .put("expires_in", 3600);
    }

    private static HttpOperationFailedException answered(int status, String body) {
        return new HttpOperationFailedException("https://iam/identity/token", status, "", null, Map.of(), body);
    }

    @Test
    void a_key_is_sent_encoded_and_nothing_that_came_with_data() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader("Authorization", "Bearer stale");

        tokens.request("one", exchange);

        assertThat(exchange.getMessage().getBody(String.class))
                .isEqualTo("grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&response_type=cloud_iam"
                        + "&apikey=a+key+%26+more");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("Authorization");
    }

    @Test
    void a_token_is_shared_by_the_flows_of_an_instance_and_stale_after_four_fifths_of_its_life() {
        assertThat(tokens.isStale("one")).isTrue();
        tokens.take("one", answer("t1"));

        assertThat(tokens.bearer("same")).isEqualTo("Bearer t1");
        assertThat(tokens.isStale("other")).isTrue();
        clock.advance(Duration.ofSeconds(2879));
        assertThat(tokens.isStale("one")).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.isStale("one")).isTrue();
    }

    @Test
    void a_refused_token_is_forgotten_and_one_that_another_flow_has_renewed_is_kept() {
        tokens.take("one", answer("t1"));
        tokens.forget("one", "Bearer t1");
        assertThat(tokens.isStale("same")).isTrue();

        tokens.take("one", answer("t2"));
        tokens.forget("same", "Bearer t1");
        assertThat(tokens.bearer("same")).isEqualTo("Bearer t2");
        assertThat(tokens.isStale("same")).isFalse();
    }

    @Test
    void an_answer_without_a_token_is_refused() {
        assertThatThrownBy(() -> tokens.take("one", JsonNodeFactory.instance.objectNode()))
                .isInstanceOf(UnexpectedAnswer.class)
                .hasMessageContaining("iam-url");
    }

    @Test
    void a_refused_key_is_named_with_what_iam_says() {
        String body = "{\"errorCode\":\"BXNIM0415E\",\"errorMessage\":\"Provided API key could not be found.\"}";

        assertThatThrownBy(() -> tokens.refused("one", answered(400, body)))
                .hasMessageStartingWith("IAM refused ticketbridge.scc.api-key:"
                        + " Provided API key could not be found (BXNIM0415E); ");
        assertThatThrownBy(() -> tokens.refused("other", answered(400, body)))
                .hasMessageStartingWith("IAM refused ticketbridge.scc.second.api-key: ");
        assertThatThrownBy(() -> tokens.refused("one", answered(403, "<html>")))
                .hasMessageContaining("it answered 403");
        assertThatThrownBy(() -> tokens.refused("one", answered(401, null))).hasMessageContaining("it answered 401");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void a_refusal_of_the_key_is_no_fault_that_may_pass(int status) {
        assertThat(tokens.refuses(answered(status, ""))).isTrue();
        assertThat(tokens.refuses(answered(500, ""))).isFalse();
        assertThat(tokens.refuses(new IOException("nobody there"))).isFalse();
    }

    @Test
    void an_answer_that_is_no_json_names_where_tokens_come_from() {
        JsonParseException noJson = new JsonParseException(null, "<html>");

        assertThat(tokens.refuses(noJson)).isTrue();
        assertThatThrownBy(() -> tokens.refused("one", noJson))
                .hasMessage("IAM answered with something that is no JSON; check ticketbridge.scc.iam-url");
    }

    @Test
    void a_call_that_is_refused_for_its_token_is_worth_another_one() {
        assertThat(tokens.mayRenew("one", ofScc(401))).isTrue();
        assertThat(tokens.mayRenew("one", ofScc(403))).isFalse();
    }

    private static HttpOperationFailedException ofScc(int status) {
        return new HttpOperationFailedException(
                "https://us-south.compliance.cloud.ibm.com/instances/one/v3/reports/latest",
                status,
                "",
                null,
                Map.of(),
                "");
    }
}
