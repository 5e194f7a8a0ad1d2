package io.ticketbridge.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.ledger.FreshDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A schema on PostgreSQL is brought up to date while others work on the ledger: what it waits for, they must not wait for behind it. */
class SchemaUpdateTest {
    private static final String WAITING =
            "select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid where not l.granted and a.datname = current_database()";

    private final DatabaseSettings settings = FreshDatabase.POSTGRESQL.settings();
    private final CapturedLog log = new CapturedLog();
    private HikariDataSource pool;
    private Connection plan;

    @BeforeEach
    void anOldLedgerThatSomebodyCopies() throws SQLException {
        LedgerDatabase.migrate(settings, "16");
        pool = pool(settings);
        plan = DriverManager.getConnection(settings.url() + "&ApplicationName=a-plan", settings.user(), "");
        plan.setAutoCommit(false);
        count(plan);
    }

    @AfterEach
    void stop() throws SQLException {
        plan.close();
        pool.close();
        log.close();
    }

    private static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(10);
            try (var rows = statement.executeQuery("select count(*) from finding_group")) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static HikariDataSource pool(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setMaximumPoolSize(2);
        return new HikariDataSource(config);
    }

    private void update(Duration longest) {
        update(settings, pool, longest);
    }

    private static void update(DatabaseSettings settings, HikariDataSource pool, Duration longest) {
        new SchemaUpdate(
                        settings,
                        pool,
                        settings.url(),
                        new SchemaUpdate.Patience(Duration.ofMillis(1500), Duration.ofMillis(100), longest))
                .run(FileSeal.of(settings.url()), null);
    }

    @Test
    void others_go_on_while_it_waits_for_one_and_it_says_for_whom() throws SQLException {
        CompletableFuture<Void> update = CompletableFuture.runAsync(() -> update(Duration.ofMinutes(1)));
        try (Connection replica = pool.getConnection();
                Statement look = replica.createStatement()) {
            await().until(() -> {
                try (var rows = look.executeQuery(WAITING)) {
                    return rows.next() && rows.getLong(1) > 0;
                }
            });

            count(replica);

            assertThat(update).as("the plan is still at it").isNotDone();
        }
        await().untilAsserted(() -> assertThat(log.lines(Level.WARN))
                .singleElement()
                .asString()
                .contains("The ledger can't be brought up to date yet", "user postgres, a-plan, at work since "));

        plan.commit();

        assertThat(update).succeedsWithin(Duration.ofSeconds(20));
        assertThat(ShippedSchema.isIn(pool)).isTrue();
        assertThat(log.lines(Level.INFO))
                .anyMatch(line -> line.contains("The ledger is brought up to date.") && line.contains("from=16"));
        assertThat(log.lines(Level.WARN)).hasSize(1);
    }

    @Test
    void a_start_that_waited_long_enough_ends_with_who_is_in_the_way() {
        assertThatThrownBy(() -> {
                    try {
                        update(Duration.ZERO);
                    } catch (IllegalStateException e) {
                        throw LedgerUnavailable.because(settings, e);
                    }
                })
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("its schema can't be brought up to date, held up by process ")
                .hasMessageContaining("a-plan")
                .hasMessageEndingWith("the version before goes on meanwhile.");
        assertThat(ShippedSchema.isIn(pool)).as("nothing half done").isFalse();
    }

    @Test
    void replicas_that_start_while_one_is_at_it_all_start() throws SQLException {
        for (int time = 0; time < 2; time++) {
            DatabaseSettings older = FreshDatabase.POSTGRESQL.settings();
            LedgerDatabase.migrate(older, "2");
            List<CompletableFuture<Void>> starts = new ArrayList<>();
            try (HikariDataSource ledger = pool(older)) {
                while (starts.isEmpty() || !ShippedSchema.isIn(ledger)) {
                    // A handful at a time: where the machine is busy, an update takes long enough for all connections
                    // to be used up.
                    if (starts.stream().filter(start -> !start.isDone()).count() < 8) {
                        starts.add(CompletableFuture.runAsync(
                                () -> update(older, ledger, Duration.ofMinutes(1)), each -> new Thread(each).start()));
                    }
                }

                assertThat(starts).hasSizeGreaterThan(1).allSatisfy(start -> assertThat(start)
                        .succeedsWithin(Duration.ofMinutes(1)));
            }
        }
    }
}
