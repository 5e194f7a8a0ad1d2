package io.ticketbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.HandClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

    private static final String AWKWARD = "p&ss=w+rd %:\"ü^";

    private final HandClock clock = new HandClock("2026-03-01T10:15:30Z");
    private final Credentials credentials = Credentials.sandbox().withPassword(AWKWARD);
    private final ServiceNowSimulator instance = ServiceNowSimulator.start(
            ServiceNowSimulator.Options.defaults().withClock(clock).withCredentials(credentials));
    private final Caller caller = new Caller(instance);

    @AfterEach
    void stop() {
        instance.close();
    }

    private Map<String, String> form(String grant, String... more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", grant);
        form.put("client_id", credentials.clientId());
        form.put("client_secret", credentials.clientSecret());
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    private Caller.Reply token(Map<String, String> form) {
        return caller.with("Authorization", null).form("/oauth_token.do", form);
    }

    private Caller.Reply passwordToken() {
        return token(form("password", "username", credentials.user(), "password", AWKWARD));
    }

    private int statusWith(String authorization) {
        return caller.with("Authorization", authorization)
                .get("/api/now/table/incident?sysparm_limit=1")
                .status();
    }

    @Test
    void wrong_or_missing_credentials_are_refused_and_the_connection_closed() {
        Caller.Reply reply = caller.with("Authorization", null).get("/api/now/table/incident");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("BASIC realm=\"Service-now\"");
        assertThat(reply.header("Connection")).isEqualTo("close");
        assertThat(reply.text())
                .isEqualTo("{\"error\":{\"message\":\"User Not Authenticated\",\"detail\":\"Required to provide Auth"
                        + " information\"},\"status\":\"failure\"}");
        assertThat(statusWith(Caller.basic(credentials.user(), "wrong"))).isEqualTo(401);
        assertThat(statusWith("Bearer nonsense")).isEqualTo(401);
        assertThat(statusWith("Basic !!")).isEqualTo(401);
    }

    @Test
    void basic_and_api_key_open() {
        assertThat(statusWith(Caller.basic(credentials.user(), AWKWARD))).isEqualTo(200);
        Caller keyed = caller.with("Authorization", null).with("x-sn-apikey", credentials.apiKey());
        assertThat(keyed.get("/api/now/table/incident").status()).isEqualTo(200);
        instance.settings().basicRefused(true);
        assertThat(statusWith(Caller.basic(credentials.user(), AWKWARD))).isEqualTo(401);
    }

    @Test
    void client_credentials_give_a_token_without_refresh_token() {
        Caller.Reply reply = token(form("client_credentials"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("access_token", "scope", "token_type", "expires_in");
        assertThat(reply.json().path("expires_in").asInt()).isEqualTo(1799);
        assertThat(statusWith("Bearer " + reply.json().path("access_token").asText()))
                .isEqualTo(200);
    }

    @Test
    void the_password_grant_takes_the_client_from_the_body_or_a_basic_header() {
        Caller.Reply reply = passwordToken();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("refresh_token").asText()).isNotEmpty();
        Map<String, String> bare = new LinkedHashMap<>(
                Map.of("grant_type", "password", "username", credentials.user(), "password", AWKWARD));
        Caller byHeader =
                caller.with("Authorization", Caller.basic(credentials.clientId(), credentials.clientSecret()));
        assertThat(byHeader.form("/oauth_token.do", bare).status()).isEqualTo(200);
        instance.settings().clientInBasicHeader(false);
        assertThat(byHeader.form("/oauth_token.do", bare).status()).isEqualTo(401);
    }

    @Test
    void every_refused_grant_reads_the_same() {
        String refused = "{\"error_description\":\"access_denied\",\"error\":\"server_error\"}";
        Map<String, String> wrongSecret = form("client_credentials", "client_secret", "wrong");
        for (Map<String, String> form : List.of(
                wrongSecret,
                form("password", "username", credentials.user(), "password", "wrong"),
                form("refresh_token", "refresh_token", "dead"),
                form("nonsense"))) {
            Caller.Reply reply = token(form);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.text()).isEqualTo(refused);
        }
        instance.property("glide.oauth.inbound.ropc.grant_type.disabled", "true");
        assertThat(passwordToken().text()).isEqualTo(refused);
        instance.property("glide.oauth.inbound.client.credential.grant_type.enabled", "false");
        assertThat(token(form("client_credentials")).text()).isEqualTo(refused);
        Caller.Reply json = caller.send("POST", "/oauth_token.do", Caller.json(form("client_credentials")));
        assertThat(json.status()).isEqualTo(401);
    }

    @Test
    void a_token_ends_by_the_clock() {
        String token =
                token(form("client_credentials")).json().path("access_token").asText();
        clock.advance(Duration.ofSeconds(1799));
        assertThat(statusWith("Bearer " + token)).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(statusWith("Bearer " + token)).isEqualTo(401);
    }

    @Test
    void asking_again_returns_the_same_token_while_it_is_valid() {
        String token =
                token(form("client_credentials")).json().path("access_token").asText();
        clock.advance(Duration.ofSeconds(1000));
        Caller.Reply again = token(form("client_credentials"));
        assertThat(again.json().path("access_token").asText()).isEqualTo(token);
        assertThat(again.json().path("expires_in").asInt()).isEqualTo(1799);
        instance.settings().sameTokenRenewed(false);
        clock.advance(Duration.ofSeconds(1000));
        assertThat(token(form("client_credentials")).json().path("expires_in").asInt())
                .isEqualTo(799);
        instance.settings().sameTokenWhileValid(false);
        assertThat(token(form("client_credentials")).json().path("access_token").asText())
                .isNotEqualTo(token);
    }

    @Test
    void a_revoked_token_is_refused_and_a_new_one_opens() {
        String token =
                token(form("client_credentials")).json().path("access_token").asText();
        instance.revokeTokens();
        assertThat(statusWith("Bearer " + token)).isEqualTo(401);
        String next =
                token(form("client_credentials")).json().path("access_token").asText();
        assertThat(next).isNotEqualTo(token);
        assertThat(statusWith("Bearer " + next)).isEqualTo(200);
    }

    @Test
    void a_refresh_token_outlives_access_tokens_and_may_be_left_out_of_the_answer() {
        String refresh = passwordToken().json().path("refresh_token").asText();
        clock.advance(Duration.ofHours(1));
        Map<String, String> form = form("refresh_token", "refresh_token", refresh);
        Caller.Reply reply = token(form);
        assertThat(reply.json().path("refresh_token").asText()).isEqualTo(refresh);
        assertThat(statusWith("Bearer " + reply.json().path("access_token").asText()))
                .isEqualTo(200);
        instance.settings().refreshTokenInRefreshAnswer(false);
        assertThat(token(form).json().has("refresh_token")).isFalse();
        clock.advance(Duration.ofDays(101));
        assertThat(token(form).status()).isEqualTo(401);
    }

    @Test
    void a_token_without_the_scope_opens_nothing() {
        String token =
                token(form("client_credentials")).json().path("access_token").asText();
        instance.settings().unscopedRefused(true);
        Caller.Reply reply = caller.with("Authorization", "Bearer " + token).get("/api/now/table/incident");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.detail()).isEqualTo("Access to unscoped api is not allowed");
    }

    @Test
    void a_session_cookie_hides_wrong_credentials_where_sessions_are_on() {
        String cookie =
                caller.get("/api/now/table/incident").header("Set-Cookie").split(";")[0];
        Caller wrong = caller.with("Authorization", null).with("Cookie", cookie);
        assertThat(wrong.get("/api/now/table/incident").status()).isEqualTo(401);
        instance.settings().cookieSessions(true);
        cookie = caller.get("/api/now/table/incident").header("Set-Cookie").split(";")[0];
        wrong = caller.with("Authorization", null).with("Cookie", cookie);
        assertThat(wrong.get("/api/now/table/incident").status()).isEqualTo(200);
    }

    @Test
    void the_rate_limit_counts_requests_by_the_hour() {
        instance.settings().rateLimit(2);
        assertThat(caller.get("/api/now/table/incident").header("X-RateLimit-Limit"))
                .isEqualTo("2");
        caller.get("/api/now/table/incident");
        Caller.Reply reply = caller.get("/api/now/table/incident");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.detail()).isEqualTo("Rate limit of 2 requests per hour for Table API exceeded");
        assertThat(reply.header("Retry-After")).isEqualTo("2670");
        assertThat(reply.header("X-RateLimit-Reset"))
                .isEqualTo(String.valueOf(clock.instant().getEpochSecond() + 2670));
        assertThat(reply.header("X-RateLimit-Rule")).hasSize(32);
        instance.settings().rateLimitHeaders(false);
        assertThat(caller.get("/api/now/table/incident").header("Retry-After")).isEmpty();
        clock.advance(Duration.ofSeconds(2670));
        assertThat(caller.get("/api/now/table/incident").status()).isEqualTo(200);
    }
}
