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
            assertUnsent(patch(instance, Auth.BASIC, null));
            assertUnsent(patch(instance, Auth.OAUTH_CLIENT_CREDENTIALS, null));
            assertThat(instance.calls).isEmpty();
        }
    }

    @Test
    void a_certificate_for_another_host_is_not_trusted() throws Exception {
        PrivateAuthority authority = new PrivateAuthority(directory, "dns:example.org");
        try (FakeInstance instance = new FakeInstance(authority.server())) {
            assertUnsent(patch(instance, Auth.BASIC, authority.client()));
            assertThat(instance.calls).isEmpty();
        }
    }

    private static void assertUnsent(Exchange done) {
        assertThat(Calls.fault(done).kind()).isEqualTo(Kind.NOT_SENT);
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
