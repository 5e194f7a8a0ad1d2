package io.ticketbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {
    private static final String KEY = "ticketbridge.servicenow.password";
    private static final String VARIABLE = "TICKETBRIDGE_SERVICENOW_PASSWORD";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> overrides = new HashMap<>();

    @BeforeEach
    void start_with_an_empty_file() throws IOException {
        file("");
    }

    @Test
    void the_file_is_utf_8() throws IOException {
        file(KEY + "=pa+ss/w0rd=Ü");
        assertThat(password()).isEqualTo("pa+ss/w0rd=Ü");
    }

    @Test
    void a_byte_order_mark_is_no_part_of_a_key() throws IOException {
        file("\uFEFF" + KEY + "=x");
        assertThat(password()).isEqualTo("x");
    }

    @Test
    void a_file_that_is_not_utf_8_is_refused() throws IOException {
        Files.write(folder.resolve("application.properties"), (KEY + "=Ü").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(this::load)
                .hasMessage(folder.resolve("application.properties") + " must be UTF-8: save it as UTF-8");
    }

    @Test
    void a_key_that_is_there_twice_is_refused() throws IOException {
        file(KEY + "=one\n" + KEY + "=two");
        assertThatThrownBy(this::load).hasMessage(KEY + " must be there once: remove all but one of its lines");
    }

    @Test
    void each_layer_wins_over_the_one_before() throws IOException {
        assertThat(load().database().poolSize()).isEqualTo(10);
        file("ticketbridge.database.pool-size=11");
        assertThat(load().database().poolSize()).isEqualTo(11);
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("ticketbridge.database.pool-size"), "12\n");
        environment.put("TICKETBRIDGE_SECRETS_DIR", secrets.toString());
        assertThat(load().database().poolSize()).isEqualTo(12);
        environment.put("TICKETBRIDGE_DATABASE_POOL_SIZE", "13");
        assertThat(load().database().poolSize()).isEqualTo(13);
        overrides.put("ticketbridge.database.pool-size", "14");
        assertThat(load().database().poolSize()).isEqualTo(14);
    }

    @Test
    void a_secret_comes_from_a_file_without_the_line_end() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), " pa+ss/w0rd=Ü \r\n");
        file(KEY + ".file=" + secret.toString().replace("\\", "\\\\"));
        assertThat(password()).isEqualTo(" pa+ss/w0rd=Ü ");
    }

    @Test
    void the_environment_may_name_the_file() throws IOException {
        file(KEY + "=from-the-properties");
        environment.put(
                VARIABLE + "_FILE",
                Files.writeString(folder.resolve("secret"), "mounted").toString());
        assertThat(password()).isEqualTo("mounted");
        environment.put(VARIABLE, "from-the-environment");
        assertThat(password()).isEqualTo("from-the-environment");
    }

    @Test
    void a_secrets_folder_takes_the_names_of_keys_and_of_variables() throws IOException {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        file("channel.webhook=https://chat.example.com/from-the-properties");
        Files.writeString(secrets.resolve("channel.webhook"), "https://chat.example.com/hook/s3cr3t\n");
        Files.writeString(secrets.resolve(VARIABLE), "p\n");
        Files.writeString(secrets.resolve("ticketbridge.scc.eu.api-key"), "k\n");
        Files.write(secrets.resolve("mutual.p12"), new byte[] {0x30, (byte) 0xff});
        Files.writeString(secrets.resolve("README"), "x");
        Files.createDirectory(secrets.resolve("..data"));
        // A line of a Secret that nobody filled in.
        Files.writeString(secrets.resolve("ticketbridge.vision-one.token"), "");
        environment.put("TICKETBRIDGE_SECRETS_DIR", secrets.toString());
        assertThat(password()).isEqualTo("p");
        Settings settings = load();
        assertThat(settings.scc().get("eu").apiKey()).isEqualTo(Secret.of("k"));
        assertThat(settings.properties())
                .containsEntry("channel.webhook", "https://chat.example.com/hook/s3cr3t")
                .doesNotContainKeys("mutual.p12", "README");
        assertThat(settings.ownSecrets()).containsExactly(Secret.of("https://chat.example.com/hook/s3cr3t"));
        Files.writeString(secrets.resolve("ticketbrige.servicenow.password"), "p");
        assertThatThrownBy(this::load)
                .hasMessageContaining("ticketbrige.servicenow.password is not a setting")
                .hasMessageContaining(KEY);
    }

    @Test
    void of_keys_of_ones_own_those_named_like_a_secret_are_masked_and_ordinary_words_are_not() throws IOException {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        for (String ordinary :
                List.of("sftp.user=prod", "sftp.host=scan.example.com", "webhook.port=8443", "sort.key=true")) {
            Files.writeString(secrets.resolve(ordinary.split("=")[0]), ordinary.split("=")[1]);
        }
        Files.writeString(secrets.resolve("sftp.password"), "hunter22\n");
        Files.writeString(secrets.resolve("aws.secretAccessKey"), "wJalr");
        Files.writeString(secrets.resolve("teams.webhook-url"), "https://chat.example.com/s3cr3t");
        environment.put("TICKETBRIDGE_SECRETS_DIR", secrets.toString());

        assertThat(load().ownSecrets())
                .extracting(Secret::reveal)
                .containsExactlyInAnyOrder("hunter22", "wJalr", "https://chat.example.com/s3cr3t");
    }

    @Test
    void a_key_that_is_named_like_a_secret_is_masked_wherever_it_stands() throws IOException {
        file("slack.token=T0/B0/xyz\nslack.channel=alerts\nticketbridge.database.password=ours");
        environment.put("CHANNEL_WEBHOOK", "https://chat.example.com/hook");
        environment.put("HOME", "/home/bridge");
        environment.put("PWD", "/opt/bridge");
        environment.put("ADMISSION_SERVICE_PORT_WEBHOOK", "9443");
        environment.put("TICKETBRIDGE_HTTP_PASSWORD", "ours, too");
        overrides.put("my.api-key", "k-1234");

        assertThat(load().ownSecrets())
                .as("secrets of settings are masked as such")
                .extracting(Secret::reveal)
                .containsExactlyInAnyOrder("T0/B0/xyz", "https://chat.example.com/hook", "k-1234");
    }

    @Test
    void a_file_that_is_not_there_or_empty_is_refused() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        environment.put(VARIABLE + "_FILE", "/nowhere/secret");
        environment.put("TICKETBRIDGE_SCC_API_KEY_FILE", empty.toString());
        environment.put("TICKETBRIDGE_SECRETS_DIR", "/nowhere");
        assertThatThrownBy(this::load)
                .hasMessageContaining(VARIABLE
                        + "_FILE must name a readable UTF-8 file, was /nowhere/secret: mount the file there, or")
                .hasMessageContaining("TICKETBRIDGE_SCC_API_KEY_FILE must name a file that holds a value, was " + empty)
                .hasMessageContaining("TICKETBRIDGE_SECRETS_DIR must name a readable folder, was /nowhere: name the");
    }

    @Test
    void variables_are_matched_with_the_names_in_the_file() throws IOException {
        file("ticketbridge.flow.my-cases.enabled=false\nticketbridge.flow.my-cases.source=vision-one-cases\n"
                + "ticketbridge.profile.p_1.table=incident");
        environment.put("TICKETBRIDGE_FLOW_MY_CASES_NEW_TICKET_WHEN_STATUS", "closed");
        environment.put("TICKETBRIDGE_PROFILE_P_1_FIELD_SHORT_DESCRIPTION", "${body.title}");
        environment.put("TICKETBRIDGE_PROFILE_P_1_SEVERITY_HIGH_U_IMPACT", "1");
        Settings settings = load();
        assertThat(settings.flows().get("my-cases").newTicketWhenStatus()).isEqualTo("closed");
        assertThat(settings.profiles().get("p_1").fields()).containsEntry("short_description", "${body.title}");
        assertThat(settings.properties()).containsEntry("ticketbridge.profile.p_1.severity.high.u_impact", "1");
    }

    @Test
    void the_environment_alone_is_enough() {
        environment.put("TICKETBRIDGE_FLOW_MY_CASES_SOURCE", "vision-one-cases");
        environment.put("TICKETBRIDGE_FLOW_MY_CASES_PROFILE", "inc");
        environment.put("TICKETBRIDGE_PROFILE_INC_TABLE", "incident");
        environment.put("TICKETBRIDGE_FLOW_MY_CASES_INSTANCE", "eu");
        environment.put("TICKETBRIDGE_VISION_ONE_EU_URL", "https://api.eu.xdr.trendmicro.com");
        environment.put("TICKETBRIDGE_VISION_ONE_EU_TOKEN", "t");
        environment.put("TICKETBRIDGE_SERVICENOW_URL", "https://example.service-now.com");
        environment.put("TICKETBRIDGE_SERVICENOW_AUTH", "basic");
        environment.put("TICKETBRIDGE_SERVICENOW_USER", "u");
        environment.put(VARIABLE, "pa+ss/w0rd=Ü");
        Settings settings = load();
        assertThat(settings.flows().get("my-cases").instance()).isEqualTo("eu");
        assertThat(settings.visionOne()).containsOnlyKeys("eu");
        assertThat(password()).isEqualTo("pa+ss/w0rd=Ü");
    }

    @Test
    void an_unknown_variable_is_refused_with_the_nearest() throws IOException {
        file("ticketbridge.flow.cases.source=vision-one-cases\nticketbridge.flow.cases.enabled=false");
        environment.put("TICKETBRIDGE_SERVICENOW_PASWORD", "hunter22");
        environment.put("TICKETBRIDGE_FLOW_CASE_POLL", "5m");
        assertThatThrownBy(this::load)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "TICKETBRIDGE_FLOW_CASE_POLL is not a setting: the nearest is TICKETBRIDGE_FLOW_CASES_POLL",
                        "TICKETBRIDGE_SERVICENOW_PASWORD is not a setting: the nearest is " + VARIABLE));
    }

    @Test
    void a_variable_with_two_meanings_is_refused() throws IOException {
        file("ticketbridge.flow.a-source.enabled=false\nticketbridge.flow.a.enabled=false");
        environment.put("TICKETBRIDGE_FLOW_A_SOURCE_FILTER", "x");
        assertThatThrownBy(this::load)
                .hasMessageContaining(
                        "TICKETBRIDGE_FLOW_A_SOURCE_FILTER could mean ticketbridge.flow.a-source.filter or "
                                + "ticketbridge.flow.a.source-filter");
    }

    @Test
    void a_bad_value_tells_the_variable_that_it_comes_from() {
        environment.put("TICKETBRIDGE_DATABASE_POOL_SIZE", "0");
        assertThatThrownBy(this::load)
                .hasMessage("ticketbridge.database.pool-size must be between 2 and 200, was 0 "
                        + "(from TICKETBRIDGE_DATABASE_POOL_SIZE): write 2 or more");
    }

    @Test
    void empty_variables_and_those_of_others_are_left_alone() throws IOException {
        file(KEY + "=kept");
        environment.put(VARIABLE, "");
        environment.put("PATH", "/bin");
        environment.put("TICKETBRIDGE_SERVICE_HOST", "10.0.0.1");
        environment.put("TICKETBRIDGE_SERVICE_PORT_HTTP", "8080");
        environment.put("TICKETBRIDGE_PORT", "tcp://10.0.0.1:8080");
        environment.put("TICKETBRIDGE_PORT_8080_TCP_ADDR", "10.0.0.1");
        environment.put("TICKETBRIDGE_HTTP_PORT", "tcp://10.0.0.1:8080");
        assertThat(password()).isEqualTo("kept");
    }

    @Test
    void the_folder_may_be_named_by_the_environment() throws IOException {
        file(KEY + "=found");
        environment.put("TICKETBRIDGE_CONFIG", folder.toString());
        Settings settings = Settings.load(new Sources(Optional.empty(), environment, Map.of(), true));
        assertThat(settings.serviceNow().password()).isEqualTo(Secret.of("found"));
    }

    @Test
    void a_folder_that_is_not_there_is_refused_and_one_without_the_file_sets_nothing() throws IOException {
        Sources nowhere = new Sources(Optional.of(folder.resolve("nowhere")), Map.of(), Map.of(), true);
        assertThatThrownBy(() -> Settings.load(nowhere))
                .hasMessage("--config must name a folder, was " + folder.resolve("nowhere")
                        + ": name the folder that holds application.properties");
        Files.delete(folder.resolve("application.properties"));
        assertThat(load().flows()).isEmpty();
    }

    /** Who edits it in a checkout and builds would hand secrets out with the jar. */
    @Test
    void the_build_packs_nobody_s_settings() {
        assertThat(Settings.class.getResource("/config/mappings/prowler-app.yaml"))
                .as("what else is there")
                .isNotNull();
        assertThat(Settings.class.getResource("/config/application.properties")).isNull();
    }

    private void file(String content) throws IOException {
        Files.writeString(folder.resolve("application.properties"), content);
    }

    private Settings load() {
        return Settings.load(new Sources(Optional.of(folder), environment, overrides, true));
    }

    private String password() {
        return load().serviceNow().password().reveal();
    }
}
