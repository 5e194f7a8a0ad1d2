package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.engine.Engine;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An old and a new version on one ledger: the new one adds to the schema, and the old one goes on. */
class RollingUpgradeTest {
    /** So many that every statement is prepared on each connection: from the fifth time on. */
    private static final int MANY = 60;

    @TempDir
    private Path folder;

    private static void migrate(Bridge bridge) {
        int applied = Flyway.configure()
                .dataSource(bridge.engine().database().dataSource())
                .locations("classpath:db/migration", "classpath:db/later")
                .placeholders(Map.of("by_beginning", "varchar_pattern_ops"))
                .load()
                .migrate()
                .migrationsExecuted;
        assertThat(applied).isEqualTo(1);
    }

    @Test
    void a_newer_schema_under_a_running_engine_costs_nothing_and_an_old_one_starts_on_it() {
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL);
                CapturedLog log = new CapturedLog()) {
            IntStream.range(0, MANY).forEach(number -> bridge.visionOne().addCase("Case " + number, "P2"));
            bridge.poll();
            try (Engine second = bridge.replica()) {
                migrate(bridge);

                bridge.visionOne().cases().forEach(each -> bridge.visionOne()
                        .update(each.id(), Map.of("name", each.id() + " anew")));
                bridge.visionOne().addCase("After", "P2");
                bridge.poll();
                assertThat(second.owing().isSettled()).isTrue();
            }
            assertThat(log.lines(Level.WARN))
                    .as("a delivery that has to be tried again is a warning")
                    .isEmpty();
            assertThat(bridge.tickets()).hasSize(MANY + 1).allSatisfy(ticket -> assertThat(
                            ticket.get("short_description"))
                    .matches("After|.* anew"));
            assertThat(bridge.countBeside("select count(*) from dead_letter")).isZero();
            bridge.restart();
            bridge.visionOne().addCase("After a restart", "P2");
            bridge.poll();
            assertThat(bridge.tickets()).hasSize(MANY + 2);
        }
    }
}
