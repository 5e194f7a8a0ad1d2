package io.ticketbridge.source.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;

/** Which of the two servers refused, while several flows share a token. */
class ApiTokensTest {
    private final ApiTokens tokens = new ApiTokens(
            Settings.load(
                    Sources.only(Map.of(
                            "ticketbridge.api.own.url", "https://api.example/v1",
                            "ticketbridge.api.own.auth", "oauth-client-credentials",
                            "ticketbridge.api.own.client-id", "id",
                            "ticketbridge.api.own.client-secret", "secret",
                            "ticketbridge.api.own.token-url", "https://login.example/token",
                            "ticketbridge.flow.own.source", "api",
                            "ticketbridge.flow.own.instance", "own")),
                    Requirement.LEDGER_ONLY),
            Clock.systemUTC());

    private static HttpOperationFailedException answered(String by, int status) {
        return new HttpOperationFailedException(by, status, "", null, Map.of(), "");
    }

    @Test
    void what_the_api_refuses_while_another_flow_gets_a_token_is_no_fault_of_the_client() {
        HttpOperationFailedException ofApi = answered("https://api.example/v1/findings?page=2", 401);

        assertThat(tokens.isStale("own")).isTrue();
        assertThat(tokens.refuses("own", ofApi)).isFalse();
        assertThat(tokens.mayRenew("own", ofApi)).isTrue();
        assertThat(tokens.sentence("own", ofApi)).startsWith("API own answers 401");
    }

    @Test
    void what_the_token_server_refuses_is_its_own_even_where_there_is_a_token() {
        HttpOperationFailedException ofServer = answered("https://LOGIN.example/token", 400);
        tokens.take("own", JsonNodeFactory.instance.objectNode().put("access_token", "t1"));

        assertThat(tokens.refuses("own", ofServer)).isTrue();
        assertThat(tokens.mayRenew("own", answered("https://login.example/token", 401)))
                .isFalse();
        assertThatThrownBy(() -> tokens.refused("own", ofServer))
                .hasMessageStartingWith("The token server of API own refuses the client (400)");
    }

    @Test
    void a_token_that_was_renewed_meanwhile_is_kept() {
        tokens.take("own", JsonNodeFactory.instance.objectNode().put("access_token", "t2"));

        tokens.forget("own", "Bearer t1");
        assertThat(tokens.isStale("own")).isFalse();

        tokens.forget("own", "Bearer t2");
        assertThat(tokens.isStale("own")).isTrue();
    }
}
