package io.ticketbridge.ledger.run;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.config.Secret;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.LedgerUnavailable;
import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.database.ShippedSchema;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.testing.HandClock;
import io.ticketbridge.ticket.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.RowCallbackHandler;

class LedgerDatabaseTest {
    @ParameterizedTest
    @EnumSource
    void migrating_twice_keeps_what_is_there(FreshDatabase database) {
        DatabaseSettings settings = database.settings();
        Finding one = fail("check", "one");
        try (LedgerWorld world = new LedgerWorld(LedgerDatabase.open(settings), Flow.groupedBy("check"))) {
            world.scan(one);
            world.deliver(one, Action.OPEN);
        }
        try (LedgerWorld world = new LedgerWorld(LedgerDatabase.open(settings), Flow.groupedBy("check"))) {
            assertThat(world.tickets.latest(world.groupOf(one))).isPresent();
            Run rescan = world.scan(one);
            assertThat(world.accounts.of(rescan.id()).findings()).containsEntry("unchanged", 1L);
            assertThat(world.count("\"flyway_schema_history\" where not \"success\""))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_ledger_that_this_version_made_needs_no_migration(FreshDatabase database) {
        DatabaseSettings settings = database.settings();
        LedgerDatabase.migrate(settings, "4");
        try (HikariDataSource older = dataSource(settings)) {
            assertThat(ShippedSchema.isIn(older)).isFalse();
        }
        try (LedgerDatabase opened = LedgerDatabase.open(settings)) {
            assertThat(ShippedSchema.isIn(opened.dataSource())).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_ledger_of_another_version_is_left_to_flyway_and_refused(FreshDatabase database) {
        for (String change : List.of(
                "set \"checksum\" = 1 where \"version\" = '2'", "set \"success\" = false where \"version\" = '3'")) {
            DatabaseSettings settings = database.settings();
            try (LedgerDatabase opened = LedgerDatabase.open(settings)) {
                opened.jdbc().execute("update \"flyway_schema_history\" " + change);
                assertThat(ShippedSchema.isIn(opened.dataSource())).isFalse();
            }
            assertThatThrownBy(() -> LedgerDatabase.open(settings))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageStartingWith("ticketbridge.database.url: the ledger ");
        }
    }

    /** H2 commits each statement: what a killed migration had done stays, and the next start trips over it. */
    @Test
    void a_broken_off_migration_leaves_a_copy_of_before_and_says_what_to_do_with_it(@TempDir Path folder)
            throws IOException, SQLException {
        DatabaseSettings settings =
                new DatabaseSettings("jdbc:h2:file:" + folder.resolve("ledger"), "", Secret.NONE, 2);
        LedgerDatabase.migrate(settings, "15");
        Path copy = folder.resolve("ledger.before-update.zip");
        try (Connection killed = DriverManager.getConnection(settings.url());
                Statement statement = killed.createStatement()) {
            statement.execute("alter table finding_group add column loose_end varchar(20)");
        }
        assertThatThrownBy(() -> LedgerDatabase.open(settings)).hasMessageContaining("Duplicate column name");
        byte[] before = Files.readAllBytes(copy);

        assertThatThrownBy(() -> LedgerDatabase.open(settings))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("An update of its schema was broken off")
                .hasMessageContaining("Unzip " + copy + " into its folder")
                .hasMessageNotContaining("name another");

        assertThat(copy).as("the one of before stays").hasBinaryContent(before);
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(copy))) {
            String name = zip.getNextEntry().getName();
            Files.copy(zip, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            assertThat(name).isEqualTo("ledger.mv.db");
        }
        // Here it was there before the copy was made.
        try (Connection before17 = DriverManager.getConnection(settings.url());
                Statement statement = before17.createStatement()) {
            statement.execute("alter table finding_group drop column loose_end");
        }
        LedgerDatabase.open(settings).close();
        assertThat(copy).as("all is well").doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void a_database_without_a_ledger_does_not_have_the_schema(FreshDatabase database) {
        try (HikariDataSource empty = dataSource(database.settings())) {
            assertThat(ShippedSchema.isIn(empty)).isFalse();
        }
    }

    /** After a failover, or where a managed server is full: reading works, and each write fails. */
    @Test
    void a_postgresql_that_can_only_be_read_is_away_and_its_connections_are_not_kept() {
        LedgerDatabase database = FreshDatabase.POSTGRESQL.open();
        try {
            for (Runnable write : List.<Runnable>of(database::requireWritable, () -> database.transaction()
                    .executeWithoutResult(status -> database.requireWritable()))) {
                write.run();
                database.jdbc().execute("set default_transaction_read_only = on");

                assertThat(catchThrowable(write::run))
                        .satisfies(error -> assertThat(Outage.isCauseOf(error)).isTrue());
                write.run();
            }
        } finally {
            FreshDatabase.close(database);
        }
    }

    private static HikariDataSource dataSource(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        return new HikariDataSource(config);
    }

    @ParameterizedTest
    @EnumSource
    void watermarks_move_and_stay(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            LedgerDatabase ledger = world.database;
            HandClock clock = world.clock;
            Watermarks watermarks = new Watermarks(ledger, clock);
            assertThat(watermarks.of("cases")).isEmpty();

            watermarks.move("cases", "2026-11-01T00:00:00Z");
            watermarks.move("alerts", "x".repeat(4000));
            watermarks.move("cases", "2026-11-02T00:00:00Z");

            assertThat(new Watermarks(ledger, clock).of("cases")).contains("2026-11-02T00:00:00Z");
            assertThat(watermarks.of("alerts")).contains("x".repeat(4000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_group_has_one_dead_letter_until_its_ticket_goes_through(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            DeadLetters letters = world.deadLetters;
            UUID group = UUID.randomUUID();
            letters.unreadable("cases", 1, "unreadable", "no JSON", "{", UUID.randomUUID());
            letters.refused("cases", 1, "refused", group, "a field is empty", "{}");
            letters.refused("cases", 2, "refused", group, "another field is empty", "{}");

            assertThat(letters.open().of(9))
                    .extracting(DeadLetters.DeadLetter::error)
                    .containsExactly("no JSON", "another field is empty");
            assertThat(letters.open().of(1)).hasSize(1);
            letters.settle(group);
            assertThat(letters.open().count()).isEqualTo(1);
        }
    }

    /** A ledger of any size is read as fast, also before the database has counted its rows. */
    @ParameterizedTest
    @EnumSource
    void a_page_is_looked_up_through_the_primary_keys(FreshDatabase database) {
        try (LedgerWorld world =
                new LedgerWorld(LedgerDatabase.open(database.settings()), Flow.groupedBy("resource"))) {
            List<Finding> findings = IntStream.range(0, 6_000)
                    .mapToObj(i -> fail("check", "resource-" + i))
                    .toList();
            Run run = world.runs.begin(Flow.NAME, "scan");
            for (int start = 0; start < findings.size(); start += 500) {
                world.page(run, findings.subList(start, start + 500));
            }

            assertThat(plan(world, findings)).containsPattern("primary_key|finding_pkey");
            world.database.jdbc().execute("analyze");
            assertThat(plan(world, findings))
                    .containsPattern("primary_key|finding_pkey")
                    // There are no tickets: a table that is empty is read as it is.
                    .doesNotContain("tablescan", "seq scan on finding");
        }
    }

    private static String plan(LedgerWorld world, List<Finding> findings) {
        Object[] keys = findings.stream().limit(20).map(Finding::id).toArray();
        StringBuilder plan = new StringBuilder();
        world.database
                .jdbc()
                .query(
                        "explain " + FindingLookUp.SQL,
                        statement ->
                                statement.setArray(1, statement.getConnection().createArrayOf("uuid", keys)),
                        (RowCallbackHandler)
                                row -> plan.append(row.getString(1)).append('\n'));
        return plan.toString().toLowerCase(java.util.Locale.ROOT);
    }

    @ParameterizedTest
    @EnumSource
    void a_finding_that_two_flows_read_is_new_to_each(FreshDatabase database) {
        try (LedgerWorld world = new LedgerWorld(database.open(), Flow.groupedBy("check"))) {
            Finding one = fail("check", "one");
            world.scan(one);
            world.deliver(one, Action.OPEN);

            Run other = world.runs.begin("other", "scan");
            world.pages.open(other, List.of(one));

            assertThat(world.pages.session().rows(one.id())).isEmpty();
            world.pages.drop();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_unreachable_ledger_says_which_setting_to_look_at(FreshDatabase database) {
        String url = database == FreshDatabase.H2
                ? "jdbc:h2:tcp://127.0.0.1:1/ledger"
                : "jdbc:postgresql://127.0.0.1:1/ledger?password=hidden";
        DatabaseSettings settings = new DatabaseSettings(url, "", Secret.NONE, 8);

        assertThatThrownBy(() -> LedgerDatabase.open(settings))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageStartingWith("ticketbridge.database.url: the ledger ")
                .hasMessageNotContaining("hidden");
    }

    /** The driver quotes the URL in what it throws. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://ticketbridge:hidden@nowhere.invalid:5432/ledger",
                "jdbc:postgresql://ticketbridge:hidden@nowhere.invalid/ledger",
                "jdbc:postgresql://nowhere.invalid:54x2/ledger?password=hidden",
                "jdbc:postgresql://nowhere.invalid:5432?password=hidden"
            })
    void a_url_that_can_not_be_used_is_said_without_its_password(String url) {
        DatabaseSettings settings = new DatabaseSettings(url, "user", Secret.of("concealed"), 8);
        assertThatThrownBy(() -> LedgerDatabase.open(settings))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("ticketbridge.database.url")
                .hasMessageNotContaining("folder")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void an_unreachable_postgresql_is_told_with_what_to_do_about_it() {
        DatabaseSettings there = FreshDatabase.POSTGRESQL.settings();
        String host = there.url().replaceAll("(jdbc:postgresql://[^/]*/).*", "$1");

        assertThat(refusal("jdbc:postgresql://nowhere.invalid/ledger", "postgres"))
                .contains("no host is called nowhere.invalid. Check that the database runs");
        assertThat(refusal(host + "absent", "postgres"))
                .contains(
                        "\"absent\" does not exist. Make that database, or name another in ticketbridge.database.url.");
        try (LedgerDatabase ledger = LedgerDatabase.open(FreshDatabase.POSTGRESQL.settings())) {
            ledger.jdbc().execute("drop role if exists stranger");
            ledger.jdbc().execute("create role stranger login");
        }
        assertThat(refusal(there.url().replaceAll("\\?.*", ""), "stranger"))
                .contains("permission denied for schema public. Let the user make and use tables there");
    }

    private static String refusal(String url, String user) {
        try {
            LedgerDatabase.open(new DatabaseSettings(url, user, Secret.NONE, 2)).close();
            return "opened";
        } catch (LedgerUnavailable e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoever_looks_at_a_ledger_neither_makes_nor_migrates_it(FreshDatabase database) {
        DatabaseSettings settings = database.settings();
        assertThatThrownBy(() -> LedgerDatabase.existing(settings))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("there is no ledger", "--config");
        LedgerDatabase.migrate(settings, "4");
        assertThatThrownBy(() -> LedgerDatabase.existing(settings))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("its schema is of version 4, and this ticketbridge reads");
        try (HikariDataSource older = dataSource(settings)) {
            assertThat(ShippedSchema.isIn(older)).isFalse();
        }
        LedgerDatabase.open(settings).close();
        try (LedgerDatabase there = LedgerDatabase.existing(settings)) {
            assertThat(ShippedSchema.isIn(there.dataSource())).isTrue();
        }
    }
}
