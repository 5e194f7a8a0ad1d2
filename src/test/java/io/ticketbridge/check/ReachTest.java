package io.ticketbridge.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.testing.Certificates;
import io.ticketbridge.testing.ForwardProxy;
import io.ticketbridge.testing.ProxyOfJvm;
import io.ticketbridge.testing.TlsFront;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the way to a system is told by its name (P30, P37), against real servers. */
class ReachTest {
    @TempDir
    private Path folder;

    private static void answering(HttpServer server) {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    private static NetworkSettings network(String... settings) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("ticketbridge.servicenow." + settings[i], settings[i + 1]);
        }
        return Settings.load(Sources.only(all), Requirement.LEDGER_ONLY)
                .serviceNow()
                .network();
    }

    private static Reach reach(String... settings) {
        return new Reach(network(settings), Clock.systemUTC());
    }

    private static List<Checked> found(Reach reach, String address) {
        List<Checked> found = new ArrayList<>();
        reach.get("servicenow", "ticketbridge.servicenow.url", HttpRequest.newBuilder(URI.create(address)), found);
        return found;
    }

    private static void assertProblem(List<Checked> found, String name, String text, String cure) {
        assertThat(found).anySatisfy(each -> {
            assertThat(each.verdict()).isEqualTo(Checked.Verdict.PROBLEM);
            assertThat(each.name()).isEqualTo(name);
            assertThat(each.text()).contains(text);
            assertThat(each.cure()).contains(cure);
        });
    }

    @Test
    void a_certificate_of_an_unknown_authority_of_another_host_or_from_the_past_is_told_apart() throws IOException {
        Certificates good = Certificates.forLoopback(folder);
        Certificates other = Certificates.forAnotherHost(folder);
        Certificates old = Certificates.expired(folder);
        HttpServer behind = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answering(behind);
        String plain = "http://127.0.0.1:" + behind.getAddress().getPort() + "/";
        try (TlsFront trusted = TlsFront.before(plain, good);
                TlsFront wrongHost = TlsFront.before(plain, other);
                TlsFront expired = TlsFront.before(plain, old)) {
            assertThat(found(reach("ca-file", good.authorityPem().toString()), trusted.url()))
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.verdict()).isEqualTo(Checked.Verdict.OK));
            assertProblem(
                    found(reach(), trusted.url()),
                    "tls",
                    "comes from an authority that Java does not trust",
                    "ticketbridge.servicenow.ca-file (or ticketbridge.network.ca-file for all systems)");
            assertProblem(
                    found(reach("ca-file", other.authorityPem().toString()), wrongHost.url()),
                    "tls",
                    "is for another host",
                    "check ticketbridge.servicenow.url");
            assertProblem(
                    found(reach("ca-file", old.authorityPem().toString()), expired.url()),
                    "tls",
                    "has expired",
                    "be renewed");
            assertThat(found(reach("tls-verify", "false"), expired.url()))
                    .allSatisfy(each -> assertThat(each.verdict()).isEqualTo(Checked.Verdict.OK));
        } finally {
            behind.stop(0);
        }
    }

    @Test
    void a_client_certificate_that_is_missing_is_named() throws IOException {
        Certificates good = Certificates.forLoopback(folder);
        Certificates client = Certificates.ofClient(folder);
        Certificates stranger = Certificates.forAnotherHost(folder);
        HttpServer behind = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answering(behind);
        try (TlsFront front =
                TlsFront.before("http://127.0.0.1:" + behind.getAddress().getPort() + "/", good, client)) {
            String authority = good.authorityPem().toString();
            assertProblem(
                    found(reach("ca-file", authority), front.url()),
                    "tls",
                    "it demands a client certificate",
                    "set ticketbridge.servicenow.client-certificate");
            assertProblem(
                    found(
                            reach(
                                    "ca-file",
                                    authority,
                                    "client-certificate",
                                    stranger.pkcs12().toString(),
                                    "client-key-password",
                                    Certificates.PASSWORD),
                            front.url()),
                    "tls",
                    "it refuses our client certificate",
                    "check ticketbridge.servicenow.client-certificate");
            assertThat(found(
                            reach(
                                    "ca-file",
                                    authority,
                                    "client-certificate",
                                    client.pem().toString(),
                                    "client-key",
                                    client.keyPem().toString()),
                            front.url()))
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.verdict()).isEqualTo(Checked.Verdict.OK));
        } finally {
            behind.stop(0);
        }
    }

    @Test
    void a_proxy_that_is_down_or_wants_credentials_is_told_apart_from_the_system() throws IOException {
        Certificates good = Certificates.forLoopback(folder);
        HttpServer behind = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answering(behind);
        try (TlsFront front = TlsFront.before(
                        "http://127.0.0.1:" + behind.getAddress().getPort() + "/", good);
                ForwardProxy open = ForwardProxy.open();
                ForwardProxy closed = ForwardProxy.wanting("bridge", "proxy-secret")) {
            String authority = good.authorityPem().toString();
            assertThat(found(reach("ca-file", authority, "proxy", open.address()), front.url()))
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.verdict()).isEqualTo(Checked.Verdict.OK))
                    .anySatisfy(each -> assertThat(each.text()).contains("through " + open.address()));
            assertProblem(
                    found(reach("proxy", "127.0.0.1:9"), front.url()),
                    "proxy",
                    "the proxy 127.0.0.1:9 can't be reached: the connection is refused",
                    "check ticketbridge.servicenow.proxy");
            assertProblem(
                    found(reach("proxy", closed.address()), front.url()),
                    "proxy",
                    "wants credentials (407)",
                    "set ticketbridge.servicenow.proxy-user");
            assertProblem(
                    found(
                            reach("proxy", closed.address(), "proxy-user", "bridge", "proxy-password", "wrong-secret"),
                            front.url()),
                    "proxy",
                    "wants other credentials than those it was given",
                    "proxy-password");
        } finally {
            behind.stop(0);
        }
    }

    @Test
    void a_proxy_that_does_not_connect_may_have_been_given_a_misspelt_host() {
        try (ForwardProxy proxy = ForwardProxy.open()) {
            assertProblem(
                    found(reach("proxy", proxy.address()), "https://instance.invalid/"),
                    "proxy",
                    "does not connect to https://instance.invalid (Tunnel failed, got: 502)",
                    "check ticketbridge.servicenow.url, let the proxy connect there, or except the host with"
                            + " ticketbridge.servicenow.no-proxy");
        }
    }

    @Test
    void an_address_that_speaks_no_tls_is_told() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> said = CompletableFuture.runAsync(() -> refuseOnce(server));
            assertProblem(
                    found(reach(), "https://127.0.0.1:" + server.getLocalPort() + "/"),
                    "tls",
                    "it does not speak TLS there",
                    "check the port in ticketbridge.servicenow.url");
            said.get(10, TimeUnit.SECONDS);
        }
    }

    /** As servers do that want plain HTTP. */
    private static void refuseOnce(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getInputStream().read();
            client.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
        } catch (IOException e) {
            // It has hung up by then.
        }
    }

    /** Sources do not take it, so that a check that does would say what does not hold. */
    @Test
    void what_the_jvm_says_of_a_proxy_does_not_count() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answering(server);
        try (ProxyOfJvm proxy = new ProxyOfJvm()) {
            assertThat(found(reach(), "http://127.0.0.1:" + server.getAddress().getPort() + "/"))
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.verdict()).isEqualTo(Checked.Verdict.OK));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_clock_that_differs_is_a_warning_and_then_a_problem() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answering(server);
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        try {
            assertThat(clock(address, Duration.ZERO).verdict()).isEqualTo(Checked.Verdict.OK);
            assertThat(clock(address, Duration.ofMinutes(2)).verdict()).isEqualTo(Checked.Verdict.WARNING);
            Checked off = clock(address, Duration.ofMinutes(-10));
            assertThat(off.verdict()).isEqualTo(Checked.Verdict.PROBLEM);
            assertThat(off.cure()).contains("NTP");
        } finally {
            server.stop(0);
        }
    }

    private static Checked clock(String address, Duration offset) {
        return found(new Reach(network(), Clock.offset(Clock.systemUTC(), offset)), address).stream()
                .filter(each -> each.name().equals("clock"))
                .findFirst()
                .orElseThrow();
    }
}
