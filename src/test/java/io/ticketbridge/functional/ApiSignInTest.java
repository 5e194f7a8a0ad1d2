package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.engine.Failed;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.http.RecordedRequest;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.PagedApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to sign in works, a wrong credential is named by its setting and shown nowhere, and a refused token is renewed. */
class ApiSignInTest {
    private static final String WRONG = "wrong-wrong-wrong";

    @TempDir
    private Path folder;

    /** One API, as seen by one flow for each way to sign in. */
    private Bridge bridge(PagedApi api, String secret) {
        Bridge bridge = Bridge.in(folder)
                .withShortWaits()
                .with("flow.cases.enabled", "false")
                .with("flow.compliance.enabled", "false");
        flow(bridge, api, "bearer", "bearer", Map.of("auth", "bearer", "token", secret));
        flow(bridge, api, "basic", "basic", Map.of("auth", "basic", "user", "beth", "password", secret));
        flow(
                bridge,
                api,
                "header",
                "api-key",
                Map.of("auth", "api-key", "api-key", secret, "api-key-header", "X-Own-Key"));
        flow(
                bridge,
                api,
                "parameter",
                "parameter",
                Map.of("auth", "api-key", "api-key", secret, "api-key-parameter", "key"));
        Map<String, String> oauth = new LinkedHashMap<>(Map.of(
                "auth", "oauth-client-credentials", "client-id", "client", "client-secret", secret, "scope", "read"));
        oauth.put("token-url", api.url() + "/token");
        flow(bridge, api, "oauth", "oauth", oauth);
        oauth.put("client-secret-in", "body");
        flow(bridge, api, "oauth-body", "oauth", oauth);
        return bridge;
    }

    private void flow(Bridge bridge, PagedApi api, String name, String path, Map<String, String> settings) {
        try {
            Path mapping = Files.writeString(
                    folder.resolve(name + ".yaml"),
                    PagedApi.mapping(path + "/offset", "offset: {to: query offset}", "true"));
            bridge.with("api." + name + ".url", api.url())
                    .with("flow." + name + ".source", "api")
                    .with("flow." + name + ".instance", name)
                    .with("flow." + name + ".mapping", mapping.toString())
                    .with("flow." + name + ".profile", "tickets");
            settings.forEach((key, value) -> bridge.with("api." + name + "." + key, value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void each_way_to_sign_in_reads_a_token_is_kept_until_it_is_refused_and_who_refuses_another_is_named() {
        try (PagedApi api = PagedApi.open().lists("ssh", "one", "BAD");
                Bridge bridge = bridge(api, PagedApi.SECRET)) {
            assertThat(bridge.passes().failure()).isEmpty();
            assertThat(bridge.tickets()).hasSize(6);
            assertThat(api.requests("token")).as("one a client, for two pages").isEqualTo(2);

            api.revokeTokens();
            assertThat(bridge.passes().failure()).isEmpty();
            assertThat(api.requests("token")).isEqualTo(4);
            assertThat(api.requests())
                    .extracting(RecordedRequest::status)
                    .filteredOn(status -> status == 401)
                    .as("one a client")
                    .hasSize(2);

            api.revokeTokens();
            api.server()
                    .faults()
                    .always(
                            path -> path.equals("/v1/token"),
                            HttpFault.answer(Answer.json(
                                    400, JsonNodeFactory.instance.objectNode().put("error", "invalid_client"))));
            assertThatThrownBy(() -> bridge.engine().pass("oauth"))
                    .hasMessageContaining("The token server of API oauth refuses the client"
                            + " (400, {\"error\":\"invalid_client\"}); check ticketbridge.api.oauth.client-id");
            assertThat(api.requests("token")).isEqualTo(5);
        }
    }

    @Test
    void
            two_flows_of_an_api_whose_token_is_refused_under_way_both_get_another_and_the_server_is_named_if_it_gives_none()
                    throws Exception {
        try (PagedApi api = PagedApi.open().lists("ssh", "one", "BAD");
                Bridge bridge = bridge(api, PagedApi.SECRET).with("flow.oauth-body.instance", "oauth")) {
            assertThat(bridge.passes().failure()).isEmpty();
            assertThat(api.requests("token")).as("one for both").isEqualTo(1);

            api.revokeTokens();
            // Both are refused with the old token, the second while the first asks for another, which neither gets
            // before both ask.
            CyclicBarrier refused = new CyclicBarrier(2);
            CyclicBarrier asking = new CyclicBarrier(2);
            CountDownLatch isAskedFor = new CountDownLatch(1);
            api.server().faults().next(1, path -> path.equals("/v1/oauth/offset"), (request, simulator) -> {
                Answer answer = simulator.handle(request);
                meet(refused);
                return answer;
            });
            api.server().faults().next(1, path -> path.equals("/v1/oauth/offset"), (request, simulator) -> {
                Answer answer = simulator.handle(request);
                meet(refused);
                awaitTrue(isAskedFor);
                return answer;
            });
            api.server().faults().next(2, path -> path.equals("/v1/token"), (request, simulator) -> {
                isAskedFor.countDown();
                meet(asking);
                return simulator.handle(request);
            });
            CompletableFuture<Void> other =
                    CompletableFuture.runAsync(() -> bridge.engine().pass("oauth-body"));
            bridge.engine().pass("oauth");
            other.get(30, TimeUnit.SECONDS);
            assertThat(api.requests("token")).isEqualTo(3);

            api.revokeTokens();
            Runnable again = api.server().faults().always(path -> path.equals("/v1/token"), HttpFault.htmlPage(503));
            long before = api.requests("token");
            assertThatThrownBy(() -> bridge.engine().pass("oauth"))
                    .hasMessageContaining("The token server of API oauth answers 503; it was asked several times");
            assertThat(api.requests("token"))
                    .as("six times, and not by two routes")
                    .isEqualTo(before + 6);

            again.run();
            api.server().faults().always(path -> path.equals("/v1/token"), HttpFault.htmlPage(200));
            assertThatThrownBy(() -> bridge.engine().pass("oauth-body"))
                    .hasMessageContaining("The token server of API oauth answers with something that is no JSON;"
                            + " check ticketbridge.api.oauth.token-url");
        }
    }

    private static void awaitTrue(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_wrong_credential_is_named_by_its_setting_asked_once_and_shown_nowhere() {
        try (CapturedLog log = new CapturedLog();
                PagedApi api = PagedApi.open().lists("ssh", "one", "BAD");
                Bridge bridge = bridge(api, WRONG)) {
            Map<String, String> expected = Map.of(
                    "bearer",
                    "API bearer answers 401, {\"message\":\"who are you?\"}; it does not know the credential: check ticketbridge.api.bearer.token",
                    "basic",
                    "check ticketbridge.api.basic.user and password",
                    "header",
                    "check ticketbridge.api.header.api-key and api-key-header",
                    "parameter",
                    "check ticketbridge.api.parameter.api-key and api-key-parameter",
                    "oauth",
                    "The token server of API oauth refuses the client (401, {\"error\":\"invalid_client\"}); check"
                            + " ticketbridge.api.oauth.client-id, client-secret, token-url and scope; some servers want"
                            + " client-secret-in=body");
            expected.forEach(
                    (flow, said) -> assertThatThrownBy(() -> bridge.engine().pass(flow))
                            .isInstanceOf(Failed.class)
                            .hasMessageContaining(said)
                            .hasMessageNotContaining(WRONG));

            assertThat(api.requests())
                    .as("a wrong credential is no passing fault")
                    .hasSize(5);
            assertThat(log.lines(Level.ERROR)).hasSize(5).noneMatch(line -> line.contains(WRONG));
        }
    }

    @Test
    void a_token_that_is_refused_again_is_asked_for_no_third_time_and_none_where_the_server_sends_on_to() {
        try (PagedApi api = PagedApi.open().lists("ssh", "one", "BAD");
                Bridge bridge = bridge(api, PagedApi.SECRET)) {
            api.server().faults().always(path -> path.equals("/v1/oauth/offset"), HttpFault.answer(Answer.empty(401)));

            assertThatThrownBy(() -> bridge.engine().pass("oauth"))
                    .hasMessageContaining("API oauth answers 401; it does not know the credential")
                    .hasMessageContaining("ticketbridge.api.oauth.client-id, client-secret and scope");
            assertThat(api.requests("token")).isEqualTo(2);
            assertThat(api.requests("oauth/offset")).isEqualTo(2);

            api.server()
                    .faults()
                    .always(
                            path -> path.equals("/v1/token"),
                            HttpFault.answer(Answer.empty(307).with("Location", api.url() + "/elsewhere")));
            assertThatThrownBy(() -> bridge.engine().pass("oauth-body"))
                    .hasMessageContaining(
                            "The token server of API oauth-body answers 307; it sends elsewhere, which is not"
                                    + " followed: set ticketbridge.api.oauth-body.token-url to where it answers itself");
            assertThat(api.requests("elsewhere")).isZero();
        }
    }
}
