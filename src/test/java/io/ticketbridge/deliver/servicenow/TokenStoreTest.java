package io.ticketbridge.deliver.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.config.Auth;
import io.ticketbridge.deliver.servicenow.FakeInstance.Answer;
import io.ticketbridge.testing.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One token for all calls, renewed in time (P21). */
class TokenStoreTest {
    private final FakeInstance instance = new FakeInstance();
    private final HandClock clock = new HandClock();
    private final TokenStore store = new TokenStore(Accesses.client(instance.url()), Network.DIRECT, clock);

    @AfterEach
    void stop() {
        instance.close();
    }

    private String grant(int call) {
        return instance.tokenCalls.get(call).body().replaceAll(".*grant_type=([a-z_]+).*", "$1");
    }

    @Test
    void a_token_serves_until_a_minute_before_it_expires() {
        assertThat(store.token()).isEqualTo("token-1");
        clock.advance(Duration.ofSeconds(1739));
        assertThat(store.token()).isEqualTo("token-1");
        clock.advance(Duration.ofSeconds(1));
        assertThat(store.token()).isEqualTo("token-2");
        assertThat(grant(1)).isEqualTo("refresh_token");
    }

    @Test
    void a_short_token_is_renewed_after_nine_tenths_of_its_life() {
        instance.onToken = asked -> FakeInstance.token("token-" + instance.tokenCalls.size(), null, 20);
        store.token();
        clock.advance(Duration.ofSeconds(17));
        assertThat(store.token()).isEqualTo("token-1");
        clock.advance(Duration.ofSeconds(1));
        assertThat(store.token()).isEqualTo("token-2");
    }

    @Test
    void a_token_that_expires_in_no_time_starts_no_storm() {
        instance.onToken = asked -> FakeInstance.token("token-" + instance.tokenCalls.size(), null, 0);
        for (int call = 0; call < 100; call++) {
            store.token();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(instance.tokenCalls).hasSize(1);
        clock.advance(Duration.ofMinutes(30));
        assertThat(store.token()).isEqualTo("token-2");
    }

    @Test
    void a_refresh_answer_without_refresh_token_keeps_the_old_one() {
        instance.onToken = asked -> FakeInstance.token(
                "token-" + instance.tokenCalls.size(), instance.tokenCalls.size() == 1 ? "refresh-1" : null, 1800);
        for (int life = 1; life <= 3; life++) {
            assertThat(store.token()).isEqualTo("token-" + life);
            clock.advance(Duration.ofSeconds(1800));
        }
        assertThat(grant(1)).isEqualTo("refresh_token");
        assertThat(grant(2)).isEqualTo("refresh_token");
        assertThat(instance.tokenCalls.get(2).body()).contains("refresh_token=refresh-1");
    }

    @Test
    void a_refused_refresh_token_falls_back_to_the_full_grant() {
        instance.onToken = asked -> asked.body().contains("grant_type=refresh_token")
                ? FakeInstance.tokenRefusal()
                : FakeInstance.token("token-" + instance.tokenCalls.size(), "refresh-1", 1800);
        store.token();
        clock.advance(Duration.ofSeconds(1800));

        assertThat(store.token()).isEqualTo("token-3");
        assertThat(List.of(grant(0), grant(1), grant(2)))
                .containsExactly("client_credentials", "refresh_token", "client_credentials");
    }

    @Test
    void eight_threads_fetch_one_token() throws Exception {
        CountDownLatch allAsk = new CountDownLatch(8);
        instance.onToken = asked -> {
            await(allAsk);
            return FakeInstance.token("token-" + instance.tokenCalls.size(), "r", 1800);
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> asks = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                asks.add(() -> {
                    allAsk.countDown();
                    return store.token();
                });
            }
            for (Future<String> token : threads.invokeAll(asks)) {
                assertThat(token.get()).isEqualTo("token-1");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(instance.tokenCalls).hasSize(1);
    }

    @Test
    void only_the_current_token_can_be_refused() {
        String first = store.token();
        assertThat(store.refused(first)).isTrue();
        String second = store.token();
        assertThat(store.refused(first)).isTrue();

        assertThat(store.token()).isEqualTo(second);
        assertThat(instance.tokenCalls).hasSize(2);
    }

    @Test
    void a_replacement_that_is_refused_too_is_not_worth_a_repeat() {
        assertThat(store.refused(store.token())).isTrue();
        assertThat(store.refused(store.token())).isFalse();

        String third = store.token();
        store.accepted(third);
        assertThat(store.refused(third)).isTrue();
    }

    @Test
    void a_refresh_token_that_yields_dead_tokens_is_given_up() {
        store.refused(store.token());
        store.refused(store.token());
        store.token();

        assertThat(List.of(grant(0), grant(1), grant(2)))
                .containsExactly("client_credentials", "refresh_token", "client_credentials");
    }

    @Test
    void a_late_success_of_an_older_token_says_nothing_about_the_new_one() {
        String old = store.token();
        store.refused(old);
        store.accepted(old);
        assertThat(store.refused(store.token())).isFalse();
    }

    @Test
    void a_refusal_names_the_properties_and_no_secret() {
        instance.onToken = asked ->
                Answer.json(401, "{\"error\":\"server_error\",\"error_description\":\"no " + Accesses.SECRET + "\"}");

        assertThatThrownBy(store::token)
                .isInstanceOf(CredentialsRefused.class)
                .hasMessage(
                        "ServiceNow refused to give a token (401 server_error: no ***): check"
                                + " ticketbridge.servicenow.client-id, .client-secret and .token-url, and in ServiceNow that the client has"
                                + " an active application user and that glide.oauth.inbound.client.credential.grant_type.enabled is true");
    }

    @Test
    void a_refusal_stands_for_half_a_minute_so_that_nobody_is_locked_out() {
        instance.onToken = asked -> FakeInstance.tokenRefusal();
        for (int call = 0; call < 20; call++) {
            assertThatThrownBy(store::token).isInstanceOf(CredentialsRefused.class);
        }
        assertThat(instance.tokenCalls).hasSize(1);

        instance.onToken = asked -> FakeInstance.token("token-2", null, 1800);
        clock.advance(Duration.ofSeconds(30));
        assertThat(store.token()).isEqualTo("token-2");
    }

    @Test
    void a_token_that_still_lives_is_used_while_the_endpoint_is_down() {
        store.token();
        instance.onToken = asked -> Answer.html(503);
        clock.advance(Duration.ofSeconds(1750));
        assertThat(store.token()).isEqualTo("token-1");
        assertThat(store.token()).isEqualTo("token-1");
        assertThat(instance.tokenCalls).hasSize(2);

        clock.advance(Duration.ofSeconds(60));
        assertThatThrownBy(store::token)
                .isInstanceOf(TokenUnavailable.class)
                .hasMessageContaining("answered 503 without a token");
    }

    /** A refusal would be kept, and each ticket would wait for somebody to change what is right. */
    @ParameterizedTest
    @CsvSource({"407, check ticketbridge.servicenow.proxy-user", "302, answered 302 without a token"})
    void what_stands_before_the_endpoint_refuses_no_credentials(int status, String said) {
        instance.onToken = asked -> Answer.html(status);
        assertThatThrownBy(store::token).isInstanceOf(TokenUnavailable.class).hasMessageContaining(said);

        instance.onToken = asked -> FakeInstance.token("token-2", null, 1800);
        assertThat(store.token()).isEqualTo("token-2");
    }

    @Test
    void a_slow_endpoint_ends_at_the_time_limit() {
        instance.onToken = asked -> {
            FakeInstance.never();
            return FakeInstance.tokenRefusal();
        };
        TokenStore hasty = new TokenStore(
                Accesses.of(instance.url(), Auth.OAUTH_PASSWORD, Duration.ofMillis(200)), Network.DIRECT, clock);

        assertThatThrownBy(hasty::token)
                .isInstanceOf(TokenUnavailable.class)
                .hasMessageContaining("gave no answer (HttpTimeoutException)");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void an_answer_that_stalls_half_way_ends_at_the_time_limit() {
        instance.onToken = asked -> Answer.STALL;
        TokenStore hasty = new TokenStore(
                Accesses.of(instance.url(), Auth.OAUTH_PASSWORD, Duration.ofMillis(200), Duration.ofMillis(500)),
                Network.DIRECT,
                clock);

        assertThatThrownBy(hasty::token)
                .isInstanceOf(TokenUnavailable.class)
                .hasMessageContaining("did not answer in time");
    }

    @Test
    void a_token_shows_itself_to_nobody() {
        assertThat(Token.received("secret-a", "secret-r", 1800, clock.instant()).toString())
                .doesNotContain("secret");
        assertThat(Accesses.client(instance.url()).toString())
                .doesNotContain(Accesses.PASSWORD, Accesses.SECRET, "key-");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
