package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No secret is left in a text, nor a part of one (P37). */
class MaskingTest {
    private static String masked(String text) {
        Settings settings = Settings.load(
                Sources.only(Map.of(
                        "ticketbridge.database.password", "Winter2026",
                        "ticketbridge.http.password", "Winter2026!old",
                        "ticketbridge.kafka.password", "a word of brokers",
                        "slack.token", "T0/B0/xyz",
                        "slack.user", "prod")),
                Requirement.LEDGER_ONLY);
        return new Masking(settings).masked(text);
    }

    @Test
    void of_two_secrets_that_begin_alike_no_end_stays() {
        assertThat(masked("refused: Winter2026!old, Winter2026")).isEqualTo("refused: ***, ***");
    }

    @Test
    void the_password_of_the_brokers_is_masked() {
        assertThat(masked("a word of brokers was refused")).isEqualTo("*** was refused");
    }

    @Test
    void of_ones_own_what_is_named_like_a_secret_is_masked() {
        assertThat(masked("https://hooks.example.com/services/T0/B0/xyz answered 404 to prod"))
                .isEqualTo("https://hooks.example.com/services/*** answered 404 to prod");
    }
}
