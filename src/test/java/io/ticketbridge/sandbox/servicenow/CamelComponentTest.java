package io.ticketbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.servicenow.ServiceNowException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Camel's own component against the simulated instance. */
class CamelComponentTest {

    private final ServiceNowSimulator instance = ServiceNowSimulator.start();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    // One template is one producer is one token.
    private final ProducerTemplate template = camel.createProducerTemplate();
    private String endpoint;

    @BeforeEach
    void start() {
        Credentials credentials = instance.credentials();
        endpoint = "servicenow:sandbox?resource=table&model.incident=com.fasterxml.jackson.databind.JsonNode"
                + "&apiUrl=" + instance.url() + "/api&oauthTokenUrl=" + instance.url() + "/oauth_token.do"
                + "&userName=" + credentials.user() + "&password=" + credentials.password()
                + "&oauthClientId=" + credentials.clientId() + "&oauthClientSecret=" + credentials.clientSecret();
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
        instance.close();
    }

    private Exchange call(String action, Object body, Object... headers) {
        Exchange exchange = template.request(endpoint, message -> {
            message.getIn().setHeader("CamelServiceNowAction", action);
            message.getIn().setHeader("CamelServiceNowTable", "incident");
            for (int i = 0; i < headers.length; i += 2) {
                message.getIn().setHeader((String) headers[i], headers[i + 1]);
            }
            message.getIn().setBody(body);
        });
        if (exchange.getException() != null) {
            throw new CamelExecutionException("failed", exchange, exchange.getException());
        }
        return exchange;
    }

    private static JsonNode body(Map<String, String> fields) {
        return Caller.JSON.valueToTree(new LinkedHashMap<>(fields));
    }

    @Test
    void it_creates_updates_and_lists_with_a_token() {
        JsonNode made = call("create", body(Map.of("short_description", "from Camel")))
                .getMessage()
                .getBody(JsonNode.class);
        String id = made.path("sys_id").asText();
        call("update", body(Map.of("work_notes", "x".repeat(5000))), "CamelServiceNowSysId", id);
        call("create", body(Map.of("short_description", "second")));
        Exchange list = call("retrieve", null, "CamelServiceNowLimit", 1, "CamelServiceNowQuery", "ORDERBYnumber");
        assertThat(list.getMessage().getHeader("CamelServiceNowOffsetNext", String.class))
                .isEqualTo("1");
        assertThat(instance.journal(id)).hasSize(1);
        assertThat(instance.requests().matching(RequestMatcher.on("PATCH", "incident")))
                .singleElement()
                .satisfies(seen -> assertThat(seen.header("authorization")).startsWith("Bearer "));
        assertThat(instance.requests().matching(RequestMatcher.on("POST", "oauth_token")))
                .hasSize(1);
    }

    @Test
    void it_reads_a_refusal_as_such() {
        assertThatThrownBy(() -> call("create", body(Map.of("state", "6"))))
                .hasCauseInstanceOf(ServiceNowException.class)
                .cause()
                .satisfies(cause -> {
                    ServiceNowException refusal = (ServiceNowException) cause;
                    assertThat(refusal.getCode()).isEqualTo(403);
                    assertThat(refusal.getDetail()).contains("Resolution code, Close notes");
                });
    }
}
