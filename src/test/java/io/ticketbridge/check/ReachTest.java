package io.ticketbridge.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.fault.Checked;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the way to a system is told by its name (P30, P37), against real servers. */
class ReachTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-noprompt"));
        Process keytool = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
    }

    /** An authority of our own, in {@code ca.p12}. */
    private Path authority() throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=Our authority",
                "-ext",
                "bc:c",
                "-keystore",
                "ca.p12");
        keytool("-exportcert", "-alias", "ca", "-file", "ca.crt", "-keystore", "ca.p12");
        return folder.resolve("ca.p12");
    }

    /** A server's key with a certificate of the authority. */
    private Path keys(String host, String from) throws Exception {
        String store = host + from + ".p12";
        keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=" + host, "-keystore", store);
        keytool("-certreq", "-alias", "server", "-file", "request", "-keystore", store);
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                "request",
                "-outfile",
                "server.crt",
                "-ext",
                "SAN=dns:" + host,
                "-startdate",
                from,
                "-validity",
                "10",
                "-keystore",
                "ca.p12");
        keytool("-importcert", "-alias", "ca", "-file", "ca.crt", "-keystore", store);
        keytool("-importcert", "-alias", "server", "-file", "server.crt", "-keystore", store);
        return folder.resolve(store);
    }

    private static KeyStore load(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static HttpsServer server(Path store) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(load(store), PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        answering(server);
        return server;
    }

    private static void answering(HttpServer server) {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    private static HttpClient.Builder trusting(Path store) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("ca", load(store).getCertificate("ca"));
        trust.init(certificates);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls);
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
    void a_certificate_of_an_unknown_authority_of_another_host_or_from_the_past_is_told_apart() throws Exception {
        Path authority = authority();
        Path good = keys("localhost", "-1d");
        Path other = keys("elsewhere.example", "-1d");
        Path old = keys("localhost", "-20d");
        HttpsServer trusted = server(good);
        HttpsServer wrongHost = server(other);
        HttpsServer expired = server(old);
        try {
            assertThat(found(
                            new Reach(trusting(authority), NetworkSettings.DIRECT, Clock.systemUTC()),
                            address(trusted)))
                    .allSatisfy(each -> assertThat(each.verdict()).isEqualTo(Checked.Verdict.OK));
            assertProblem(
                    found(new Reach(NetworkSettings.DIRECT, Clock.systemUTC()), address(trusted)),
                    "tls",
                    "comes from an authority that Java does not trust",
                    "ca-file");
            assertProblem(
                    found(
                            new Reach(trusting(authority), NetworkSettings.DIRECT, Clock.systemUTC()),
                            address(wrongHost)),
                    "tls",
                    "is for another host",
                    "check ticketbridge.servicenow.url");
            assertProblem(
                    found(new Reach(trusting(authority), NetworkSettings.DIRECT, Clock.systemUTC()), address(expired)),
                    "tls",
                    "has expired",
                    "the server's certificate");
        } finally {
            trusted.stop(0);
            wrongHost.stop(0);
            expired.stop(0);
        }
    }

    private static String address(HttpServer server) {
        return "https://localhost:" + server.getAddress().getPort() + "/";
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
        return found(new Reach(NetworkSettings.DIRECT, Clock.offset(Clock.systemUTC(), offset)), address).stream()
                .filter(each -> each.name().equals("clock"))
                .findFirst()
                .orElseThrow();
    }
}
