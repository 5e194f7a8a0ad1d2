package io.ticketbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is set for a system wins over what is set for all (P37). */
class NetworkSettingsTest {
    private static Settings settings(String... settings) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("ticketbridge." + settings[i], settings[i + 1]);
        }
        return Settings.load(Sources.only(all), Requirement.LEDGER_ONLY);
    }

    @Test
    void a_system_has_what_is_set_for_all_unless_it_has_its_own() {
        Settings settings = settings(
                "network.proxy", "proxy.example.com:3128",
                "network.proxy-user", "bridge",
                "network.ca-file", "common.pem",
                "scc.emea.proxy", "none",
                "scc.emea.url", "https://scc.example.com/v3",
                "servicenow.ca-file", "own.pem");
        assertThat(settings.serviceNow().network().proxy()).hasValueSatisfying(proxy -> {
            assertThat(proxy).hasToString("proxy.example.com:3128");
            assertThat(proxy.user()).isEqualTo("bridge");
        });
        assertThat(settings.serviceNow().network().caFile()).contains(Path.of("own.pem"));
        assertThat(settings.scc().get("emea").network().proxy()).isEmpty();
        assertThat(settings.scc().get("emea").network().caFile()).contains(Path.of("common.pem"));
        assertThat(settings.scc().get("emea").network().key("ca-file"))
                .isEqualTo("ticketbridge.scc.emea.ca-file (or ticketbridge.network.ca-file for all systems)");
    }

    @Test
    void a_certificate_and_its_key_come_from_the_same_place() {
        NetworkSettings network = settings(
                        "network.client-certificate", "all.pem",
                        "network.client-key", "all-key.pem",
                        "servicenow.client-certificate", "own.p12",
                        "servicenow.client-key-password", "secret-of-p12")
                .serviceNow()
                .network();
        assertThat(network.clientCertificate()).contains(Path.of("own.p12"));
        assertThat(network.clientKey()).isEmpty();
        assertThat(network.toString()).doesNotContain("secret-of-p12");
    }

    @Test
    void excepted_hosts_are_called_directly() {
        NetworkSettings network = settings(
                        "network.proxy", "proxy.example.com:3128",
                        "network.no-proxy", "localhost, .intranet.example.com, *.Example.org")
                .network();
        assertThat(network.proxyFor(URI.create("https://api.example.com/v3"))).isPresent();
        assertThat(network.proxyFor(URI.create("https://LOCALHOST:8443"))).isEmpty();
        assertThat(network.proxyFor(URI.create("https://scc.intranet.example.com")))
                .isEmpty();
        assertThat(network.proxyFor(URI.create("https://a.example.org"))).isEmpty();
        assertThat(network.proxyFor(URI.create("https://notexample.org"))).isPresent();
    }

    @Test
    void verification_that_is_off_is_said_loudly() {
        assertThat(settings("network.tls-verify", "true").warnings()).isEmpty();
        Settings off = settings("vision-one.tls-verify", "false");
        assertThat(off.warnings())
                .singleElement()
                .asString()
                .contains(
                        "ticketbridge.vision-one.tls-verify=false", "NOT verified", "ticketbridge.vision-one.ca-file");
        assertThat(off.visionOne().get("default").network().tlsVerify()).isFalse();
        assertThat(off.serviceNow().network().tlsVerify()).isTrue();
    }

    @Test
    void credentials_do_not_belong_into_the_address_of_a_proxy() {
        assertThatThrownBy(() -> settings("network.proxy", "http://me:secret-word@proxy.example.com:3128"))
                .hasMessageContaining("ticketbridge.network.proxy must not carry credentials")
                .hasMessageContaining("use .proxy-user and .proxy-password")
                .hasMessageNotContaining("secret-word");
        assertThatThrownBy(() -> settings("network.proxy", "proxy.example.com"))
                .hasMessageContaining("must be a host and a port");
    }
}
