package io.ticketbridge.ledger.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.config.Secret;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.LedgerUnavailable;
import io.ticketbridge.ledger.database.MovedMark;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A ledger arrives whole in another database, or not at all, and stays where it was as it was. */
class LedgerMoveTest {
    @TempDir
    private Path folder;

    private DatabaseSettings fresh(String kind, String name) {
        return kind.equals("H2") ? file(name) : FreshDatabase.POSTGRESQL.settings();
    }

    private DatabaseSettings file(String name) {
        return new DatabaseSettings("jdbc:h2:file:" + folder.resolve(name), "", Secret.NONE, 4);
    }

    private static LedgerMove.Moved move(DatabaseSettings from, DatabaseSettings to) {
        return new LedgerMove(from, to, (what, table, rows, of) -> {}).move(Clock.systemUTC());
    }

    private static void fill(DatabaseSettings settings) throws SQLException {
        try (LedgerDatabase database = LedgerDatabase.open(settings)) {
            FilledTables.in(database);
        }
    }

    @ParameterizedTest
    @CsvSource({"H2,POSTGRESQL", "POSTGRESQL,H2", "H2,H2"})
    void every_table_arrives_whole_and_numbers_go_on_behind(String here, String there) throws SQLException {
        DatabaseSettings from = fresh(here, "old");
        DatabaseSettings to = fresh(there, "new");
        fill(from);

        LedgerMove.Moved moved = move(from, to);

        assertThat(moved.tables())
                .hasSameSizeAs(LedgerTables.COPIED)
                .allSatisfy(table -> assertThat(table.rows()).as(table.table()).isEqualTo(3));
        assertThat(moved.mended()).isZero();
        try (LedgerDatabase database = LedgerDatabase.open(to);
                Connection connection = database.dataSource().getConnection()) {
            for (MovedTable table : moved.tables()) {
                assertThat(TableCopy.sum(connection, table.table()).checksum())
                        .as(table.table())
                        .isEqualTo(table.checksum());
            }
            assertThat(database.client()
                            .sql("select text from event where id = 3")
                            .query(String.class)
                            .single())
                    .startsWith("text3 \u00fc\ud83d\ude00'\\");
            database.client()
                    .sql("insert into reconciliation (flow, at, pairs, drifted) values ('f', now(), 1, 1)")
                    .update();
            assertThat(database.client()
                            .sql("select max(id) from reconciliation")
                            .query(Long.class)
                            .single())
                    .isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_table_is_copied_or_named_as_left_out(FreshDatabase kind) throws SQLException {
        try (LedgerDatabase database = kind.open();
                Connection connection = database.dataSource().getConnection()) {
            List<String> tables = new Catalogue(connection).tables();

            assertThat(tables).allSatisfy(table -> assertThat(
                            LedgerTables.COPIED.contains(table) || FilledTables.isLeftOut(table))
                    .as("%s is neither in LedgerTables.COPIED nor in LEFT_OUT", table)
                    .isTrue());
            assertThat(tables).containsAll(LedgerTables.COPIED);
        }
    }

    @Test
    void the_old_file_stays_as_it_was_and_nobody_starts_on_it_again() throws Exception {
        DatabaseSettings from = file("old");
        fill(from);
        byte[] before = Files.readAllBytes(folder.resolve("old.mv.db"));

        LedgerMove.Moved moved = move(from, FreshDatabase.POSTGRESQL.settings());

        assertThat(Files.readAllBytes(folder.resolve("old.mv.db"))).isEqualTo(before);
        assertThat(moved.mark()).hasValue(folder.resolve("old.moved"));
        assertThatThrownBy(() -> LedgerDatabase.open(from))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("it was moved to jdbc:postgresql:")
                .hasMessageContaining("delete this file");
        assertThatThrownBy(() -> move(from, FreshDatabase.POSTGRESQL.settings()))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageStartingWith("--from: ")
                .hasMessageContaining("it was moved to");
    }

    @Test
    void what_postgresql_can_not_keep_is_taken_out_and_counted() throws SQLException {
        DatabaseSettings from = file("old");
        fill(from);
        try (LedgerDatabase database = LedgerDatabase.open(from)) {
            for (Map.Entry<Integer, String> each :
                    Map.of(1, "a\0b", 2, "half \ud83d").entrySet()) {
                database.client()
                        .sql("update dead_letter set raw = :raw where id = :id")
                        .param("raw", each.getValue())
                        .param("id", each.getKey())
                        .update();
            }
        }
        DatabaseSettings to = FreshDatabase.POSTGRESQL.settings();

        assertThat(move(from, to).mended()).isEqualTo(2);

        try (LedgerDatabase database = LedgerDatabase.open(to)) {
            assertThat(database.client()
                            .sql("select raw from dead_letter where id < 3 order by id")
                            .query(String.class)
                            .list())
                    .containsExactly("ab", "half \ufffd");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_move_that_breaks_off_leaves_an_empty_ledger_and_can_be_made_again(FreshDatabase kind) throws SQLException {
        DatabaseSettings from = file("old");
        fill(from);
        DatabaseSettings to = kind == FreshDatabase.H2 ? file("new") : kind.settings();
        LedgerMove broken = new LedgerMove(from, to, (what, table, rows, of) -> {
            if (what.equals("compared") && table.equals("event")) {
                throw new IllegalStateException("broken off");
            }
        });
        assertThatThrownBy(() -> broken.move(Clock.systemUTC())).hasMessageContaining("broken off");
        assertThat(folder.resolve("old.moved")).doesNotExist();
        try (LedgerDatabase database = LedgerDatabase.open(to);
                Connection connection = database.dataSource().getConnection()) {
            for (String table : LedgerTables.COPIED) {
                assertThat(TableCopy.sum(connection, table).rows()).as(table).isZero();
            }
        }

        assertThat(move(from, to).tables())
                .allSatisfy(table -> assertThat(table.rows()).isEqualTo(3));
    }

    @ParameterizedTest
    @EnumSource
    void one_that_is_killed_between_its_mark_and_its_commit_is_made_again(FreshDatabase kind) throws SQLException {
        DatabaseSettings from = file("old");
        fill(from);
        DatabaseSettings to = kind == FreshDatabase.H2 ? file("new") : kind.settings();
        LedgerDatabase.open(to).close();
        MovedMark.of(from.url()).put(to, Instant.EPOCH);
        assertThatThrownBy(() -> LedgerDatabase.open(from)).hasMessageContaining("if that is empty");
        assertThatThrownBy(() -> move(from, file("third"))).hasMessageContaining("it was moved to");

        assertThat(move(from, to).tables())
                .allSatisfy(table -> assertThat(table.rows()).isEqualTo(3));

        assertThatThrownBy(() -> move(from, to))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("it was moved there before")
                .hasMessageContaining("start `run` on it");
    }

    @Test
    void a_commit_that_fails_leaves_no_mark() throws SQLException {
        DatabaseSettings from = file("old");
        fill(from);
        DatabaseSettings to = FreshDatabase.POSTGRESQL.settings();
        try (LedgerDatabase database = LedgerDatabase.open(to)) {
            database.client()
                    .sql("create function refuse() returns trigger language plpgsql as"
                            + " 'begin raise exception ''refused at commit''; end'")
                    .update();
            database.client()
                    .sql("create constraint trigger refuse after insert on event deferrable initially deferred"
                            + " for each row execute function refuse()")
                    .update();
        }

        assertThatThrownBy(() -> move(from, to)).hasMessageContaining("refused at commit");

        assertThat(folder.resolve("old.moved")).doesNotExist();
        LedgerDatabase.open(from).close();
    }

    @Test
    void a_mark_that_can_not_be_written_is_said_before_anything_is_kept() throws Exception {
        DatabaseSettings from = file("old");
        fill(from);
        DatabaseSettings to = file("new");
        LedgerMove move = new LedgerMove(from, to, (what, table, rows, of) -> {
            if (what.equals("compared")) {
                folder.resolve("old.moved").toFile().mkdir();
            }
        });

        assertThatThrownBy(() -> move.move(Clock.systemUTC()))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageStartingWith("--from: ")
                .hasMessageContaining("nothing was moved, since " + folder.resolve("old.moved") + " can't be written");

        Files.delete(folder.resolve("old.moved"));
        assertThat(move(from, to).tables())
                .allSatisfy(table -> assertThat(table.rows()).isEqualTo(3));
    }

    @Test
    void a_copy_that_can_not_be_brought_to_this_version_is_kept_and_nobody_starts_on_the_old_one() throws SQLException {
        DatabaseSettings from = file("old");
        LedgerDatabase.migrate(from, "5");
        try (Connection connection = DriverManager.getConnection(from.url(), "", "");
                Statement statement = connection.createStatement()) {
            statement.execute("insert into watermark (flow, position, moved_at) values ('f', 'p', now())");
        }
        DatabaseSettings to = FreshDatabase.POSTGRESQL.settings();
        LedgerDatabase.migrate(to, "5");
        execute(to, "create table intake (in_the_way integer)");

        assertThatThrownBy(() -> move(from, to))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageStartingWith("All rows were moved")
                .hasMessageContaining("start `run` on the new ledger");

        assertThatThrownBy(() -> LedgerDatabase.open(from)).hasMessageContaining("it was moved to");
        assertThatThrownBy(() -> move(from, to)).hasMessageContaining("it was moved there before");
        execute(to, "drop table intake");
        try (LedgerDatabase database = LedgerDatabase.open(to)) {
            assertThat(database.client()
                            .sql("select position from watermark")
                            .query(String.class)
                            .single())
                    .isEqualTo("p");
        }
    }

    private static void execute(DatabaseSettings ledger, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        ledger.url(), ledger.user(), ledger.password().reveal());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void what_arrives_otherwise_than_it_was_sent_is_not_kept() throws SQLException {
        DatabaseSettings from = file("old");
        fill(from);
        DatabaseSettings to = FreshDatabase.POSTGRESQL.settings();
        try (LedgerDatabase database = LedgerDatabase.open(to)) {
            database.client()
                    .sql("create function spoil() returns trigger language plpgsql as"
                            + " 'begin new.text := new.text || ''!''; return new; end'")
                    .update();
            database.client()
                    .sql("create trigger spoil before insert on event for each row execute function spoil()")
                    .update();
        }

        assertThatThrownBy(() -> move(from, to)).hasMessageContaining("what arrived in table event differs");

        try (LedgerDatabase database = LedgerDatabase.open(to)) {
            assertThat(database.client()
                            .sql("select count(*) from run")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
        assertThat(folder.resolve("old.moved")).doesNotExist();
    }

    @Test
    void a_ledger_that_is_in_use_is_not_moved() throws Exception {
        DatabaseSettings from = file("old");
        LedgerDatabase.open(from).close();
        // As another process would have it; in this one H2 shares what it has open.
        try (FileChannel used = FileChannel.open(folder.resolve("old.mv.db"), StandardOpenOption.WRITE)) {
            used.lock();
            assertThatThrownBy(() -> move(from, file("new")))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageStartingWith("--from: ")
                    .hasMessageContaining("Stop what uses it");
        }
        DatabaseSettings shared = FreshDatabase.POSTGRESQL.settings();
        try (LedgerDatabase used = LedgerDatabase.open(shared)) {
            assertThatThrownBy(() -> move(shared, file("new")))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("it is in use by others");
            assertThat(used.isShared()).isTrue();
        }
    }

    private static Connection psql(DatabaseSettings ledger) throws SQLException {
        return DriverManager.getConnection(
                ledger.url() + (ledger.url().contains("?") ? "&" : "?") + "ApplicationName=psql",
                ledger.user(),
                ledger.password().reveal());
    }

    @Test
    void whoever_is_connected_to_either_ledger_keeps_it_from_being_moved() throws SQLException {
        DatabaseSettings shared = FreshDatabase.POSTGRESQL.settings();
        LedgerDatabase.open(shared).close();
        try (Connection person = psql(shared)) {
            assertThatThrownBy(() -> move(shared, file("new")))
                    .hasMessageStartingWith("--from: ")
                    .hasMessageContaining("it is in use by others (1: postgres psql)");
            assertThat(person.isValid(1)).isTrue();
        }
        DatabaseSettings from = file("old");
        fill(from);
        try (Connection person = psql(shared)) {
            assertThatThrownBy(() -> move(from, shared))
                    .hasMessageStartingWith("ticketbridge.database.url: ")
                    .hasMessageContaining("it is in use by others (1: postgres psql)");
            assertThat(person.isValid(1)).isTrue();
        }
        assertThat(folder.resolve("old.moved")).doesNotExist();
    }

    @Test
    void whoever_came_while_it_was_copied_keeps_it_from_being_committed() throws SQLException {
        DatabaseSettings from = FreshDatabase.POSTGRESQL.settings();
        fill(from);
        DatabaseSettings to = file("new");
        List<Connection> came = new ArrayList<>();
        LedgerMove move = new LedgerMove(from, to, (what, table, rows, of) -> {
            try {
                if (came.isEmpty()) {
                    came.add(psql(from));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThatThrownBy(() -> move.move(Clock.systemUTC()))
                .hasMessageStartingWith("--from: ")
                .hasMessageContaining("it is in use by others (1: postgres psql)");

        came.get(0).close();
        assertThat(move(from, to).tables())
                .allSatisfy(table -> assertThat(table.rows()).isEqualTo(3));
    }

    @ParameterizedTest
    @EnumSource
    void a_ledger_that_is_not_empty_is_not_written_to(FreshDatabase kind) throws SQLException {
        DatabaseSettings from = file("old");
        fill(from);
        DatabaseSettings to = kind == FreshDatabase.H2 ? file("new") : kind.settings();
        try (LedgerDatabase database = LedgerDatabase.open(to)) {
            database.client()
                    .sql("insert into watermark (flow, position, moved_at) values ('f', 'p', now())")
                    .update();
        }
        LedgerMove move = new LedgerMove(from, to, (what, table, rows, of) -> {});

        assertThatThrownBy(move::plan).hasMessageContaining("it must be empty, and holds rows: watermark 1");
        assertThatThrownBy(() -> move.move(Clock.systemUTC()))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageStartingWith("ticketbridge.database.url: ")
                .hasMessageContaining("it must be empty, and holds rows: watermark 1");
    }

    @ParameterizedTest
    @EnumSource
    void an_older_ledger_is_brought_to_this_version_in_the_copy(FreshDatabase kind) throws Exception {
        DatabaseSettings from = file("old");
        LedgerDatabase.migrate(from, "5");
        try (Connection connection = DriverManager.getConnection(from.url(), "", "");
                Statement statement = connection.createStatement()) {
            statement.execute("insert into finding_group (id, flow, label, grouping, head, version, settled, shown,"
                    + " run_id, pending, released, silenced, dead, due_at, attempts, fence) values (random_uuid(),"
                    + " 'f', 'Disk ONE', 'g', '{}', 1, 1, 1, 1, false, false, false, false, now(), 0, 1)");
        }
        byte[] before = Files.readAllBytes(folder.resolve("old.mv.db"));
        DatabaseSettings to = kind == FreshDatabase.H2 ? file("new") : kind.settings();

        move(from, to);

        // One of an older version would be refused.
        try (LedgerDatabase database = LedgerDatabase.existing(to)) {
            assertThat(database.client()
                            .sql("select label_key from finding_group")
                            .query(String.class)
                            .single())
                    .as("what a later version adds is computed")
                    .isEqualTo("disk one");
        }
        assertThat(Files.readAllBytes(folder.resolve("old.mv.db"))).isEqualTo(before);
    }

    @Test
    void versions_that_do_not_fit_are_refused_with_the_cure() throws SQLException {
        DatabaseSettings older = file("older");
        LedgerDatabase.migrate(older, "5");
        DatabaseSettings to = file("new");
        LedgerDatabase.open(to).close();
        assertThatThrownBy(() -> move(older, to)).hasMessageContaining("start the old ledger once with this version");

        DatabaseSettings newer = file("newer");
        try (LedgerDatabase database = LedgerDatabase.open(newer)) {
            database.client()
                    .sql("update \"flyway_schema_history\" set \"version\" = '999' where \"version\" = '11'")
                    .update();
        }
        assertThatThrownBy(() -> move(newer, file("other")))
                .hasMessageStartingWith("--from: ")
                .hasMessageContaining("999");
    }

    @Test
    void nothing_is_made_where_there_is_no_ledger_to_move() throws IOException {
        assertThatThrownBy(() -> move(file("nowhere"), file("new")))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageStartingWith("--from: ")
                .hasMessageContaining("there is no ledger");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void an_old_ledger_that_can_not_be_read_is_the_one_that_is_named() throws SQLException {
        DatabaseSettings from = FreshDatabase.POSTGRESQL.settings();
        fill(from);
        execute(from, "alter table event rename column text to words");
        assertThatThrownBy(() -> move(from, file("new")))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageStartingWith("--from: ")
                .hasMessageContaining("text");

        execute(from, "alter table event rename column words to text");
        DatabaseSettings to = FreshDatabase.POSTGRESQL.settings();
        LedgerDatabase.open(to).close();
        execute(to, "alter table event add constraint nothing check (text is null)");
        assertThatThrownBy(() -> move(from, to))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageStartingWith("ticketbridge.database.url: ")
                .hasMessageContaining("nothing");
    }

    @Test
    void a_plan_says_how_much_there_is_and_makes_nothing() throws SQLException {
        DatabaseSettings from = file("old");
        fill(from);

        LedgerMove.Moved plan = new LedgerMove(from, file("new"), (what, table, rows, of) -> {}).plan();

        assertThat(plan.tables()).extracting(MovedTable::rows).containsOnly(3L);
        assertThat(folder.resolve("new.mv.db")).doesNotExist();
        assertThat(folder.resolve("old.moved")).doesNotExist();
    }
}
