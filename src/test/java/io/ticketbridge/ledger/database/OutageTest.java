package io.ticketbridge.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.ledger.FreshDatabase;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
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

    /** As where a process gets no processor for a while. */
    @Test
    void a_transaction_that_stood_still_is_not_told_as_a_database_that_is_gone() {
        LedgerDatabase database = FreshDatabase.POSTGRESQL.open();
        try {
            Throwable error = catchThrowable(() -> database.transaction().executeWithoutResult(status -> {
                database.jdbc().execute("set local idle_in_transaction_session_timeout = '50ms'");
                Integer session = database.jdbc().queryForObject("select pg_backend_pid()", Integer.class);
                await().atMost(Duration.ofSeconds(20)).until(() -> isGone(database, session));
                database.jdbc().queryForObject("select 1", Integer.class);
            }));

            assertThat(Outage.isCauseOf(error)).isTrue();
            assertThat(Outage.stoodStill(error)).isTrue();
        } finally {
            FreshDatabase.close(database);
        }
    }

    /** Awaitility asks on a thread of its own, and so on another connection. */
    private static boolean isGone(LedgerDatabase database, int session) {
        return database.jdbc()
                        .queryForObject("select count(*) from pg_stat_activity where pid = ?", Integer.class, session)
                == 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection is closed", "This connection has been closed.", "Connection refused"})
    void a_database_that_is_gone(String said) {
        assertThat(cure(said)).startsWith("see that the database");
    }
}
