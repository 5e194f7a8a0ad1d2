package io.ticketbridge.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is advised to whoever runs it. */
class OutageTest {
    private static String cure(String said) {
        return Outage.cure(said.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "This store is closed", "ticketbridge.mv.db", "File too large"})
    void a_full_disk(String said) {
        assertThat(cure(said)).startsWith("make room");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection is closed", "This connection has been closed.", "Connection refused"})
    void a_database_that_is_gone(String said) {
        assertThat(cure(said)).startsWith("see that the database");
    }
}
