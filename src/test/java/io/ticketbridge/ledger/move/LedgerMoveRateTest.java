package io.ticketbridge.ledger.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.config.Secret;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.database.LedgerDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How fast a ledger moves, both ways: {@code mvn -q test -Dtest=LedgerMoveRateTest -Dmove.findings=100000}. */
@EnabledIfSystemProperty(named = "move.findings", matches = "\\d+")
class LedgerMoveRateTest {
    private static final long FINDINGS = Long.getLong("move.findings", 0);

    @TempDir
    private Path folder;

    private DatabaseSettings file(String name) {
        return new DatabaseSettings("jdbc:h2:file:" + folder.resolve(name), "", Secret.NONE, 4);
    }

    @Test
    void rows_a_second() throws Exception {
        DatabaseSettings h2 = file("first");
        LedgerDatabase.open(h2).close();
        try (Connection connection = DriverManager.getConnection(h2.url(), "", "");
                Statement statement = connection.createStatement()) {
            statement.execute("insert into finding (id, group_id, content, result, severity, version, listed, run_id,"
                    + " scope_id, source_scope, account, region, check_id, resource_uid, resource_name, resource_type,"
                    + " message, first_seen, changed_at, keeps_open) select random_uuid(), random_uuid(), random_uuid(),"
                    + " 1, 2, 1, true, 1, random_uuid(), random_uuid(), '111122223333', 'eu-central-1',"
                    + " 's3_bucket_public_access_' || mod(x, 200), 'arn:aws:s3:::some-team-some-bucket-' || x ||"
                    + " rpad('-', 30, 'x'), 'some-team-some-bucket-' || x, 'AwsS3Bucket',"
                    + " rpad('Bucket ' || x || ' is open to everybody.', 160, ' and more'), now(), now(), false"
                    + " from system_range(1, " + FINDINGS + ")");
        }
        DatabaseSettings postgres = FreshDatabase.POSTGRESQL.settings();

        move("H2 to PostgreSQL", h2, postgres);
        try (LedgerDatabase database = LedgerDatabase.open(postgres)) {
            long bytes = database.client()
                    .sql("select pg_database_size(current_database())")
                    .query(Long.class)
                    .single();
            say("PostgreSQL: %d bytes a finding", bytes / FINDINGS);
        }
        move("PostgreSQL to H2", postgres, file("second"));
        say("H2: %d bytes a finding", Files.size(folder.resolve("second.mv.db")) / FINDINGS);
        move("H2 to H2", file("second"), file("third"));
    }

    private static void move(String what, DatabaseSettings from, DatabaseSettings to) {
        long began = System.nanoTime();
        LedgerMove.Moved moved = new LedgerMove(from, to, (phase, table, rows, of) -> {}).move(Clock.systemUTC());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(moved.tables().stream().mapToLong(MovedTable::rows).sum()).isEqualTo(FINDINGS);
        say("%s: %,d rows a second", what, FINDINGS * 1000 / took.toMillis());
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
