package io.ticketbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.run.LedgerWorld;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * What there is to forget goes in parts: as one statement it could take longer than a connection waits, be rolled back, and so again each
 * day. Here one row of the third part can't go.
 */
class RetentionInPartsTest {
    private static final int ROWS = 3;
    private static final int ALL = 4 * ROWS + 1;
    private static final int DAYS = 30;

    private static Stream<Arguments> tables() {
        return Stream.of(FreshDatabase.values())
                .flatMap(kind -> Stream.of("finding", "event", "run", "intake", "reconciliation", "dead_letter")
                        .map(table -> Arguments.of(kind, table)));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void what_went_before_a_part_that_fails_stays_forgotten(FreshDatabase kind, String table) {
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            OffsetDateTime at = Times.sql(world.clock.instant());
            for (int number = 1; number <= ALL; number++) {
                insert(world, table, number, at);
            }
            world.clock.advance(Duration.ofDays(DAYS + 1));
            Retention retention = new Retention(world.database, world.clock, ROWS);
            String key = table.equals("finding") ? "id, group_id" : table.equals("intake") ? "number" : "id";
            world.database
                    .jdbc()
                    .execute("create table holding as select " + key + " from " + table + " order by " + key
                            + " offset 7 rows fetch next 1 rows only");
            try {
                world.database
                        .jdbc()
                        .execute("alter table holding add foreign key (" + key + ") references " + table + " (" + key
                                + ")");
                assertThatThrownBy(() -> forget(retention, table)).isInstanceOf(DataIntegrityViolationException.class);
                assertThat(world.count(table)).isEqualTo(ALL - 2 * ROWS);
            } finally {
                world.database.jdbc().execute("drop table holding");
            }

            forget(retention, table);

            assertThat(world.count(table)).isEqualTo(keepsTheLast(table) ? 1 : 0);
        }
    }

    private static boolean keepsTheLast(String table) {
        return table.equals("run") || table.equals("reconciliation");
    }

    private static void forget(Retention retention, String table) {
        switch (table) {
            case "finding", "event" -> retention.forgetFindings(DAYS);
            case "dead_letter" -> retention.forgetDeadLetters(DAYS);
            default -> retention.forgetRuns(DAYS);
        }
    }

    private static void insert(LedgerWorld world, String table, int number, OffsetDateTime at) {
        UUID id = UUID.randomUUID();
        var jdbc = world.database.jdbc();
        switch (table) {
            case "finding" ->
                jdbc.update(
                        """
                        insert into finding (id, group_id, content, result, severity, version, listed, run_id, scope_id, source_scope,
                            account, region, check_id, resource_uid, resource_name, resource_type, message, first_seen, changed_at)
                        values (?, ?, ?, 1, 1, 1, false, 1, ?, ?, '', '', 'check', 'one', 'one', '', '', ?, ?)""",
                        id,
                        id,
                        id,
                        id,
                        id,
                        at,
                        at);
            case "event" ->
                jdbc.update("insert into event (group_id, what, text, at) values (?, 'failed', '', ?)", id, at);
            case "run" ->
                jdbc.update(
                        """
                        insert into run (flow, scan, state, started_at, seen_at, read_at, ended_at)
                        values ('flow', 'scan', 'done', ?, ?, ?, ?)""",
                        at,
                        at,
                        at,
                        at);
            case "intake" ->
                jdbc.update(
                        """
                        insert into intake (id, flow, name, digest, complete, size, state, received_at, ended_at)
                        values (?, 'flow', 'body', ?, true, 1, 'read', ?, ?)""",
                        id,
                        id.toString(),
                        at,
                        at);
            case "reconciliation" ->
                jdbc.update(
                        "insert into reconciliation (flow, at, pairs, drifted) values ('flow', ?, 1, ?)", at, number);
            default ->
                jdbc.update(
                        """
                        insert into dead_letter (flow, stage, class, error, raw, died_at, replayed_at)
                        values ('flow', 'normalise', 'error', 'No', '{}', ?, ?)""",
                        at,
                        at);
        }
    }
}
