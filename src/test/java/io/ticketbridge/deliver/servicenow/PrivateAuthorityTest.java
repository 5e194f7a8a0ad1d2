package io.ticketbridge.deliver.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Auth;
import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.deliver.servicenow.Fault.Kind;
import io.ticketbridge.testing.ForwardProxy;
import io.ticketbridge.testing.ProxyOfJvm;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrivateAuthorityTest {
    @TempDir
    Path directory;

    private static Exchange patch(FakeInstance instance, Auth auth, SSLContext trust) throws Exception {
        ServiceNowSettings access = Accesses.of(instance.url(), auth, Duration.ofSeconds(5));
        try (Calls calls = new Calls(access, new Network(trust, NetworkSettings.DIRECT), Clock.systemUTC())) {
            return calls.update(FakeInstance.SYS_ID, Map.of("state", "6"));
        }
    }

    @Test
    void patch_and_token_work_over_tls_with_a_private_authority() throws Exception {
        PrivateAuthority authority = new PrivateAuthority(directory, "ip:127.0.0.1");
        try (FakeInstance instance = new FakeInstance(authority.server())) {
            Exchange done = patch(instance, Auth.OAUTH_CLIENT_CREDENTIALS, authority.client());

            assertThat(done.getException()).isNull();
            assertThat(instance.lastCall().method()).isEqualTo("PATCH");
            assertThat(instance.lastCall().header("Authorization")).isEqualTo("Bearer token-1");
        }
    }

    @Test
    void an_unknown_authority_is_not_trusted_and_nothing_is_sent() throws Exception {
        PrivateAuthority authority = new PrivateAuthority(directory, "ip:127.0.0.1");
        try (FakeInstance instance = new FakeInstance(authority.server())) {
            for (Auth auth : new Auth[] {Auth.BASIC, Auth.OAUTH_CLIENT_CREDENTIALS}) {
                Fault fault = unsent(patch(instance, auth, null));
                assertThat(fault.message())
                        .contains(
                                "its certificate comes from an authority that Java does not trust;"
                                        + " set ticketbridge.servicenow.ca-file (or ticketbridge.network.ca-file for all systems)");
            }
            assertThat(instance.calls).isEmpty();
        }
    }

    @Test
    void a_certificate_for_another_host_is_not_trusted() throws Exception {
        PrivateAuthority authority = new PrivateAuthority(directory, "dns:example.org");
        try (FakeInstance instance = new FakeInstance(authority.server())) {
            assertThat(unsent(patch(instance, Auth.BASIC, authority.client())).message())
                    .contains("its certificate is for another host; check ticketbridge.servicenow.url");
            assertThat(instance.calls).isEmpty();
        }
    }

    private static Fault unsent(Exchange done) {
        Fault fault = Calls.fault(done);
        assertThat(fault.kind()).as(fault.message()).isEqualTo(Kind.NOT_SENT);
        return fault;
    }

    /** The name of a class says nothing to whoever runs it, and the url is right. */
    @Test
    void a_token_endpoint_that_is_not_reached_is_told_by_the_cause_and_its_setting() throws Exception {
        ServiceNowSettings nobody =
                Accesses.of(URI.create("http://127.0.0.1:9"), Auth.OAUTH_CLIENT_CREDENTIALS, Duration.ofSeconds(5));
        try (Calls calls = new Calls(nobody, Network.DIRECT, Clock.systemUTC())) {
            assertThat(unsent(calls.create(Map.of("state", "1"))).message())
                    .startsWith("The token endpoint 127.0.0.1 was not reached: the connection was refused;"
                            + " check ticketbridge.servicenow.url, and ticketbridge.servicenow.proxy")
                    .endsWith("It is asked again later; `check` says what is in the way")
                    .doesNotContain("Exception");
        }
    }

    /** A misspelt host looks so behind a proxy. */
    @ParameterizedTest
    @EnumSource(names = {"BASIC", "OAUTH_CLIENT_CREDENTIALS"})
    void a_proxy_that_does_not_connect_is_told_and_nothing_was_sent(Auth auth) throws Exception {
        try (ForwardProxy proxy = ForwardProxy.open()) {
            ServiceNowSettings access =
                    Accesses.of(URI.create("https://instance.invalid"), auth, Duration.ofSeconds(5));
            Network network = new Network(null, settings(Map.of("ticketbridge.network.proxy", proxy.address())));
            try (Calls calls = new Calls(access, network, Clock.systemUTC())) {
                assertThat(unsent(calls.create(Map.of("state", "1"))).message())
                        .contains(
                                "the proxy does not connect there (Tunnel failed, got: 502); check ticketbridge.servicenow.url");
            }
        }
    }

    /** Sources would not take it either: what {@code check} says holds for all. */
    @Test
    void what_the_jvm_says_of_a_proxy_counts_neither_for_calls_nor_for_tokens() throws Exception {
        try (FakeInstance instance = new FakeInstance();
                ProxyOfJvm proxy = new ProxyOfJvm();
                Calls calls = new Calls(Accesses.client(instance.url()), Network.DIRECT, Clock.systemUTC())) {
            assertThat(calls.read(FakeInstance.SYS_ID).getException()).isNull();
            assertThat(instance.tokenCalls).hasSize(1);
            assertThat(instance.calls).hasSize(1);
        }
    }

    /** Its password has run out, or it can't look it up: no ticket is at fault. */
    @ParameterizedTest
    @EnumSource(names = {"BASIC", "OAUTH_CLIENT_CREDENTIALS"})
    void a_proxy_that_wants_other_credentials_lets_nothing_through_and_refuses_no_ticket(Auth auth) throws Exception {
        try (ForwardProxy proxy = ForwardProxy.wanting("bridge", "another")) {
            ServiceNowSettings access =
                    Accesses.of(URI.create("https://instance.invalid"), auth, Duration.ofSeconds(5));
            Network network = new Network(
                    null,
                    settings(Map.of(
                            "ticketbridge.network.proxy", proxy.address(),
                            "ticketbridge.network.proxy-user", "bridge",
                            "ticketbridge.network.proxy-password", "run-out")));
            try (Calls calls = new Calls(access, network, Clock.systemUTC())) {
                Fault fault = Calls.fault(calls.create(Map.of("state", "1")));

                assertThat(fault.kind()).isEqualTo(Kind.NOT_SENT);
                assertThat(fault.message()).contains("407", "check ticketbridge.servicenow.proxy-user");
            }
        }
    }

    private static NetworkSettings settings(Map<String, String> keys) {
        return Settings.load(Sources.only(keys), Requirement.LEDGER_ONLY).network();
    }

    @Test
    void calls_and_tokens_go_through_the_proxy() throws Exception {
        try (FakeInstance proxy = new FakeInstance()) {
            ServiceNowSettings access = Accesses.client(URI.create("http://instance.invalid"));
            NetworkSettings settings = settings(Map.of(
                    "ticketbridge.network.proxy", "127.0.0.1:" + proxy.url().getPort()));
            try (Calls calls = new Calls(access, new Network(null, settings), Clock.systemUTC())) {
                Exchange done = calls.read(FakeInstance.SYS_ID);

                assertThat(done.getException()).isNull();
                assertThat(proxy.tokenCalls).hasSize(1);
                assertThat(proxy.lastCall().header("Host")).isEqualTo("instance.invalid");
            }
        }
    }
}
