package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Certificates;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.ForwardProxy;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.TlsFront;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P37: private authorities, client certificates and proxies, on the way to every system. */
class NetworkTest {
    @TempDir
    private Path folder;

    private Bridge bridge;

    @BeforeEach
    void start() {
        bridge = Bridge.in(folder).withShortWaits().withScc(3);
        bridge.visionOne().addCase("Credential dumping on web-01", "P1");
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void every_system_is_reached_through_tls_with_a_private_authority() {
        try (Fronts fronts = new Fronts(Certificates.forLoopback(folder), null)) {
            bridge.with("network.ca-file", fronts.certificates.authorityPem().toString());

            assertThat(bridge.passes().failure()).isEmpty();
            assertThat(bridge.tickets())
                    .anyMatch(ticket -> ticket.get("short_description").contains("dumping"));
            assertThat(bridge.tickets().size()).isGreaterThan(1);
        }
    }

    @Test
    void an_authority_that_is_not_named_is_not_trusted() {
        try (Fronts fronts = new Fronts(Certificates.forLoopback(folder), null)) {
            Pass pass = bridge.passes();

            assertThat(pass.failure()).hasValueSatisfying(why -> assertThat(why)
                    .contains("an authority that Java does not trust", "ca-file")
                    .doesNotContain("SSLHandshakeException"));
            assertThat(bridge.visionOne().requests().all()).isEmpty();
        }
    }

    @Test
    void a_certificate_of_another_host_is_refused_until_verification_is_off() {
        try (Fronts fronts = new Fronts(Certificates.forAnotherHost(folder), null)) {
            bridge.with("network.ca-file", fronts.certificates.authorityPem().toString());
            assertThat(bridge.passes().failure()).isPresent();

            bridge.with("network.tls-verify", "false").restart();
            assertThat(bridge.passes().failure()).isEmpty();
            assertThat(bridge.tickets()).isNotEmpty();
        }
    }

    @Test
    void a_client_certificate_is_shown_to_those_that_demand_it() {
        Certificates client = Certificates.ofClient(folder);
        try (Fronts fronts = new Fronts(Certificates.forLoopback(folder), client)) {
            bridge.with("network.ca-file", fronts.certificates.authorityPem().toString());
            assertThat(bridge.passes().failure()).isPresent();
            assertThat(bridge.tickets()).isEmpty();

            bridge.with("network.client-certificate", client.pem().toString())
                    .with("network.client-key", client.keyPem().toString())
                    .with("vision-one.client-certificate", client.pkcs12().toString())
                    .with("vision-one.client-key-password", Certificates.PASSWORD)
                    .restart();
            assertThat(bridge.passes().failure()).isEmpty();
            assertThat(bridge.tickets()).isNotEmpty();
        }
    }

    @Test
    void every_system_is_reached_through_a_proxy_but_those_that_are_excepted() {
        try (Fronts fronts = new Fronts(Certificates.forLoopback(folder), null);
                ForwardProxy proxy = ForwardProxy.open()) {
            bridge.with("network.ca-file", fronts.certificates.authorityPem().toString())
                    .with("network.proxy", proxy.address())
                    .with("scc.proxy", "none");

            assertThat(bridge.passes().failure()).isEmpty();
            assertThat(proxy.tunnels())
                    .contains("127.0.0.1:" + fronts.visionOne.port(), "127.0.0.1:" + fronts.serviceNow.port())
                    .doesNotContain("127.0.0.1:" + fronts.scc.port());
        }
    }

    @Test
    void a_proxy_gets_its_credentials_and_nobody_else_sees_them() throws Exception {
        try (Fronts fronts = new Fronts(Certificates.forLoopback(folder), null);
                ForwardProxy proxy = ForwardProxy.wanting("bridge", "proxy-secret")) {
            bridge.with("network.ca-file", fronts.certificates.authorityPem().toString())
                    .with("network.proxy", proxy.address())
                    .with("network.proxy-user", "bridge")
                    .with("network.proxy-password", "wrong-secret");
            // In a process of its own: the JDK's client reads once whether it may sign in to a proxy.
            String refused = run(1);
            assertThat(refused).contains("407").doesNotContain("wrong-secret");
            assertThat(proxy.tunnels()).isEmpty();

            bridge.with("network.proxy-password", "proxy-secret");
            assertThat(run(0)).doesNotContain("proxy-secret");
            assertThat(proxy.tunnels()).contains("127.0.0.1:" + fronts.serviceNow.port());
            assertThat(bridge.serviceNow().requests().all())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("proxy-authorization"));
            assertThat(bridge.visionOne().requests().all())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("proxy-authorization"));
        }
    }

    private String run(int exit) throws Exception {
        try (ChildProcess child = ChildProcess.start(
                folder,
                "run",
                "--once",
                "--config",
                bridge.config().toString(),
                "--routes",
                // Those whose waits are short.
                folder.resolve("routes").toString())) {
            assertThat(child.exit()).as("it said %s", child.err()).isEqualTo(exit);
            return child.out() + child.err();
        }
    }

    @Test
    void a_file_that_can_not_be_used_stops_the_start_and_all_are_named() throws Exception {
        Path text = Files.writeString(folder.resolve("ca.pem"), "not a certificate");
        bridge.with("vision-one.ca-file", text.toString()).with("scc.client-certificate", "missing.pem");
        assertThatThrownBy(bridge::engine)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(
                        "ticketbridge.vision-one.ca-file (or ticketbridge.network.ca-file for all systems)" + " names "
                                + text + ": it holds no certificate in PEM form")
                .hasMessageContaining("ticketbridge.scc.client-certificate")
                .hasMessageContaining("missing.pem: there is no such file");
        bridge.with("vision-one.ca-file", null).with("scc.client-certificate", null);
    }

    /** TLS before all three systems, and the settings that lead there. */
    private final class Fronts implements AutoCloseable {
        final Certificates certificates;
        final TlsFront visionOne;
        final TlsFront serviceNow;
        final TlsFront scc;
        final TlsFront iam;

        Fronts(Certificates certificates, Certificates client) {
            this.certificates = certificates;
            visionOne = TlsFront.before(bridge.visionOne().url(), certificates, client);
            serviceNow = TlsFront.before(bridge.serviceNow().url(), certificates, client);
            scc = TlsFront.before(bridge.scc().baseUrl(), certificates, client);
            iam = TlsFront.before(bridge.scc().tokenUrl(), certificates, client);
            bridge.with("vision-one.url", visionOne.url())
                    .with("servicenow.url", serviceNow.url())
                    .with("scc.url", scc.url())
                    .with("scc.iam-url", iam.url());
        }

        @Override
        public void close() {
            visionOne.close();
            serviceNow.close();
            scc.close();
            iam.close();
        }
    }
}
