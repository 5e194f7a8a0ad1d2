package io.ticketbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.testing.MountedSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A secret follows the file that it came from, and nothing that is wrong with the file costs the value. */
@DisabledOnOs(OS.WINDOWS)
class SecretTest {
    private static final String NAME = "ticketbridge.servicenow.password";

    @TempDir
    private Path folder;

    private Secret mounted(MountedSecrets secrets) {
        Map<String, String> environment =
                Map.of(Sources.SECRETS_DIR, secrets.folder().toString());
        return Settings.load(new Sources(Optional.empty(), environment, Map.of(), false), Requirement.LEDGER_ONLY)
                .serviceNow()
                .password();
    }

    @Test
    void a_file_that_kubernetes_swaps_is_read_again_and_both_values_are_masked() {
        MountedSecrets files = MountedSecrets.in(folder).put(NAME, "first-one\n");
        Secret secret = mounted(files);
        assertThat(secret.reveal()).isEqualTo("first-one");

        files.put(NAME, "other-one\n");

        assertThat(secret.reveal()).isEqualTo("other-one");
        assertThat(secret.everRevealed()).containsExactly("other-one", "first-one");
    }

    @Test
    void a_file_that_is_written_over_is_read_again() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "12345678");
        Secret secret = Settings.load(
                        Sources.only(Map.of("ticketbridge.servicenow.api-key.file", file.toString())),
                        Requirement.LEDGER_ONLY)
                .serviceNow()
                .apiKey();
        assertThat(secret.reveal()).isEqualTo("12345678");

        Files.writeString(file, "87654321");

        assertThat(secret.reveal()).isEqualTo("87654321");
    }

    @Test
    void a_file_that_is_empty_or_gone_changes_nothing_and_is_said_once() throws IOException {
        MountedSecrets files = MountedSecrets.in(folder).put(NAME, "first-one");
        Secret secret = mounted(files);
        try (CapturedLog log = new CapturedLog()) {
            files.put(NAME, "\n");
            assertThat(secret.reveal()).isEqualTo("first-one");
            assertThat(secret.reveal()).isEqualTo("first-one");
            assertThat(log.lines(Level.INFO)).singleElement().asString().contains("WARN", "is empty", NAME);

            Files.delete(folder.resolve(NAME));
            assertThat(secret.reveal()).isEqualTo("first-one");
            assertThat(secret.reveal()).isEqualTo("first-one");
            assertThat(log.lines(Level.INFO)).hasSize(2).last().asString().contains("can't be read", NAME);

            files.put(NAME, "other-one");
            assertThat(secret.reveal()).isEqualTo("other-one");
            assertThat(log.lines(Level.INFO)).hasSize(3).noneMatch(line -> line.contains("-one"));
        }
    }

    @Test
    void a_secret_that_came_from_elsewhere_stays() {
        Secret secret = Secret.of("fixed");

        assertThat(secret.reveal()).isEqualTo("fixed");
        assertThat(secret.toString()).isEqualTo("***");
    }
}
