package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.sandbox.servicenow.Credentials;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.MountedSecrets;
import io.ticketbridge.testing.PagedApi;
import io.ticketbridge.testing.Scan;
import io.ticketbridge.testing.Sender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in mounted files are exchanged while ticketbridge runs, and those before are revoked at once: nothing is restarted. */
@DisabledOnOs(OS.WINDOWS)
class SecretRotationTest {
    private static final Credentials NEW = new Credentials(
            "sandbox.integration", "rotated-password", "sandbox-client", "rotated-client-secret", "rotated-api-key");
    private static final String OF_SENDER = "0123456789abcdef-first";
    private static final String OTHER_OF_SENDER = "0123456789abcdef-other";
    private static final String OF_PERSON = "first-password";
    private static final String OTHER_OF_PERSON = "other-password";

    @TempDir
    private Path folder;

    private MountedSecrets secrets;

    private Bridge bridge() throws IOException {
        secrets = MountedSecrets.in(Files.createDirectories(folder.resolve("secrets")));
        return Bridge.in(folder);
    }

    /** Mounts the secret in place of its setting. */
    private void mount(Bridge bridge, String key, String value) {
        secrets.put(key, value);
        bridge.with(key, null).with(key + ".file", secrets.file(key));
    }

    private static void mayRefuse(int most, List<Integer> statuses) {
        assertThat(statuses.stream().filter(status -> status == 401 || status == 400))
                .as("refused requests among %s", statuses)
                .hasSizeLessThanOrEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauth-client-credentials", "oauth-password", "basic", "api-key"})
    void servicenow_is_entered_with_the_new_secret(String auth) throws IOException {
        try (Bridge bridge = bridge().with("servicenow.auth", auth)) {
            ServiceNowSimulator serviceNow = bridge.serviceNow();
            Credentials old = serviceNow.credentials();
            bridge.with("servicenow.user", old.user());
            mount(bridge, "servicenow.password", old.password());
            mount(bridge, "servicenow.client-secret", old.clientSecret());
            mount(bridge, "servicenow.api-key", old.apiKey());
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));
            assertThat(bridge.tickets()).hasSize(1);

            try (CapturedLog log = new CapturedLog()) {
                secrets.put("servicenow.password", NEW.password())
                        .put("servicenow.client-secret", NEW.clientSecret())
                        .put("servicenow.api-key", NEW.apiKey());
                serviceNow.changeCredentials(NEW);
                bridge.listen()
                        .importFile(Scan.of()
                                .fails("encryption", "disk-1")
                                .fails("logging", "disk-1")
                                .write(folder));

                assertThat(bridge.tickets()).hasSize(2);
                assertThat(log.lines(Level.WARN)).isEmpty();
                assertThat(log.lines(Level.INFO)).anyMatch(line -> line.contains("A secret was taken over"));
                assertThat(String.join("\n", log.lines(Level.TRACE)))
                        .doesNotContain(NEW.password(), NEW.clientSecret(), NEW.apiKey());
            }
            mayRefuse(
                    // An access token that the old secret was given for is refused once; a refresh token goes with it.
                    auth.equals("oauth-password") ? 2 : 1,
                    serviceNow.requests().all().stream()
                            .map(request -> request.status())
                            .toList());
        }
    }

    @Test
    void every_source_is_read_with_the_new_secret() throws IOException {
        try (Bridge bridge = bridge().withScc(5).withWorkloads(0.05);
                PagedApi api = PagedApi.open().lists("ssh", "one", "BAD")) {
            mount(bridge, "vision-one.token", bridge.visionOne().token());
            mount(bridge, "scc.api-key", bridge.scc().apiKey());
            mount(bridge, "workload-protection.api-key", bridge.workloads().apiKey());
            withApi(bridge, api, "one", "bearer", "token");
            withApi(bridge, api, "two", "basic", "password");
            withApi(bridge, api, "three", "api-key", "api-key");
            withApi(bridge, api, "four", "oauth", "client-secret");
            bridge.visionOne().addCase("Before", "P2");
            assertThat(bridge.passes().failure()).isEmpty();

            try (CapturedLog log = new CapturedLog()) {
                secrets.put("vision-one.token", "rotated.token");
                bridge.visionOne().changeToken("rotated.token");
                secrets.put("scc.api-key", "rotated-scc-key");
                bridge.scc().changeApiKey("rotated-scc-key");
                secrets.put("workload-protection.api-key", "rotated-wp-key");
                bridge.workloads().changeApiKey("rotated-wp-key");
                api.changeSecret("rotated-hush-hush");
                List.of("one.token", "two.password", "three.api-key", "four.client-secret")
                        .forEach(key -> secrets.put("api." + key, "rotated-hush-hush"));
                bridge.visionOne().addCase("After", "P2");
                bridge.listen();

                assertThat(bridge.passes().failure()).isEmpty();

                assertThat(log.lines(Level.WARN)).isEmpty();
            }
            assertThat(bridge.tickets())
                    .anyMatch(ticket -> ticket.get("short_description").equals("After"));
        }
    }

    private void withApi(Bridge bridge, PagedApi api, String name, String auth, String secret) throws IOException {
        Path mapping = Files.writeString(
                folder.resolve(name + ".yaml"),
                PagedApi.mapping(auth + "/offset", "offset: {to: query offset}", "true"));
        bridge.with("api." + name + ".url", api.url())
                .with("api." + name + ".auth", auth.equals("oauth") ? "oauth-client-credentials" : auth)
                .with("flow." + name + ".source", "api")
                .with("flow." + name + ".instance", name)
                .with("flow." + name + ".mapping", mapping.toString())
                .with("flow." + name + ".profile", "tickets");
        switch (auth) {
            case "basic" -> bridge.with("api." + name + ".user", "beth");
            case "api-key" -> bridge.with("api." + name + ".api-key-header", "X-Own-Key");
            case "oauth" ->
                bridge.with("api." + name + ".client-id", "client")
                        .with("api." + name + ".scope", "read")
                        .with("api." + name + ".token-url", api.url() + "/token");
            default -> {}
        }
        mount(bridge, "api." + name + "." + secret, PagedApi.SECRET);
    }

    @Test
    void who_comes_in_shows_the_new_secret() throws IOException {
        try (Bridge bridge = bridge()) {
            bridge.with("flow.cases.enabled", "false")
                    .with("flow.sent.source", "http")
                    .with("flow.sent.profile", "tickets")
                    .scheduled();
            mount(bridge, "flow.sent.token", OF_SENDER);
            mount(bridge, "http.password", OF_PERSON);
            bridge.with("http.user", "beth").with("http.enabled", "true");
            Sender sender = new Sender(bridge.engine().intake().orElseThrow(), "sent");
            assertThat(send(sender, OF_SENDER)).isEqualTo(202);
            assertThat(visit(sender, OF_PERSON)).isEqualTo(200);

            secrets.put("flow.sent.token", OTHER_OF_SENDER).put("http.password", OTHER_OF_PERSON);

            assertThat(send(sender, OTHER_OF_SENDER)).isEqualTo(202);
            assertThat(visit(sender, OTHER_OF_PERSON)).isEqualTo(200);
            assertThat(send(sender, OF_SENDER)).isEqualTo(401);
            assertThat(visit(sender, OF_PERSON)).isEqualTo(401);
        }
    }

    private static int send(Sender sender, String token) {
        byte[] body = Scan.of().passes("encryption", "disk-" + token).json().getBytes(StandardCharsets.UTF_8);
        return sender.post(body, "Authorization", "Bearer " + token).statusCode();
    }

    private static int visit(Sender sender, String password) {
        String pair = Base64.getEncoder().encodeToString(("beth:" + password).getBytes(StandardCharsets.UTF_8));
        return sender.get("/", "Authorization", "Basic " + pair).statusCode();
    }
}
