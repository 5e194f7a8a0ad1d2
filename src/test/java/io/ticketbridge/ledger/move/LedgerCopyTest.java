package io.ticketbridge.ledger.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.LedgerUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a plan works on: as much of the ledger as it asks for, in a folder that may be too small for it. */
class LedgerCopyTest {
    private static final LedgerMove.Listener NOBODY = (what, table, rows, of) -> {};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void what_was_done_before_stays_where_it_is(FreshDatabase kind) throws Exception {
        DatabaseSettings settings = kind.settings();
        try (LedgerDatabase ledger = LedgerDatabase.open(settings)) {
            FilledTables.in(ledger);
            Map<String, Long> expected = rows(ledger);

            try (LedgerDatabase copy = LedgerDatabase.open(LedgerCopy.of(settings, folder, NOBODY))) {
                expected.putAll(Map.of("event", 0L, "source_write", 0L, LedgerTables.PARTS, 0L));
                assertThat(rows(copy)).isEqualTo(expected);
                assertThat(copy.client()
                                .sql("select coalesce(request, answer) from action")
                                .query(String.class)
                                .list())
                        .containsOnlyNulls();
                assertThat(copy.client()
                                .sql("select reason from action")
                                .query(String.class)
                                .list())
                        .isEqualTo(ledger.client()
                                .sql("select reason from action")
                                .query(String.class)
                                .list());
            }
        }
    }

    @Test
    void a_folder_without_room_is_named_before_anything_is_copied() throws Exception {
        DatabaseSettings settings = filled();
        Path nowhere = folder.resolve("not-there").resolve("ticketbridge-plan1");

        assertThatThrownBy(() -> LedgerCopy.of(settings, nowhere, NOBODY))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("MB are needed")
                .hasMessageContaining(nowhere.getParent() + ": ")
                .hasMessageContaining("-Djava.io.tmpdir");
    }

    @Test
    void a_copy_that_can_not_be_written_is_no_fault_of_the_ledger() throws Exception {
        DatabaseSettings settings = filled();
        Files.createDirectory(folder.resolve("plan.mv.db"));

        assertThatThrownBy(() -> LedgerCopy.of(settings, folder, NOBODY))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageStartingWith("A plan works on a copy of the ledger")
                .hasMessageNotContaining("Check that the folder exists");
    }

    @ParameterizedTest
    @EnumSource
    void a_check_looks_at_a_ledger_without_copying_it(FreshDatabase kind) throws Exception {
        DatabaseSettings settings = kind.settings();
        try (LedgerDatabase ledger = LedgerDatabase.open(settings)) {
            FilledTables.in(ledger);
            assertThat(LedgerCheck.of(settings).verdict()).isEqualTo(Checked.Verdict.OK);
            ledger.client()
                    .sql(
                            """
                            update "flyway_schema_history" set "version" = '9999' where "installed_rank" = (
                                select max("installed_rank") from "flyway_schema_history")""")
                    .update();

            Checked newer = LedgerCheck.of(settings);

            assertThat(newer.verdict()).isEqualTo(Checked.Verdict.PROBLEM);
            assertThat(newer.text()).contains("its schema has version 9999");
        }
    }

    private static DatabaseSettings filled() throws Exception {
        DatabaseSettings settings = FreshDatabase.H2.settings();
        try (LedgerDatabase ledger = LedgerDatabase.open(settings)) {
            FilledTables.in(ledger);
        }
        return settings;
    }

    private static Map<String, Long> rows(LedgerDatabase database) {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : List.copyOf(LedgerTables.COPIED)) {
            rows.put(
                    table,
                    database.client()
                            .sql("select count(*) from " + table)
                            .query(Long.class)
                            .single());
        }
        return rows;
    }
}
