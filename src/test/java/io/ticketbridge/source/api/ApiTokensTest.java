package io.ticketbridge.source.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;

/** What each of the two servers refuses, while several flows share a token. */
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
    void what_the_api_refuses_is_worth_another_token_and_no_fault_of_the_client() {
        HttpOperationFailedException error = answered("https://api.example/v1/findings?page=2", 401);

        assertThat(tokens.mayRenew("own", error)).isTrue();
        assertThat(tokens.sentence("own", error)).startsWith("API own answers 401");
    }

    @Test
    void what_the_token_server_refuses_is_said_of_the_client() {
        assertThatThrownBy(() -> tokens.refused("own", answered("https://login.example/token", 400)))
                .hasMessageStartingWith("The token server of API own refuses the client (400)");
        assertThatThrownBy(() -> tokens.refused("own", new JsonParseException(null, "<html>")))
                .hasMessage("The token server of API own answers with something that is no JSON;"
                        + " check ticketbridge.api.own.token-url");
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
