package io.ticketbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.database.LedgerDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From V12 on, migrations only add (P33): a replica of the version before goes on beside the new one. What must take away or change does so
 * in a later release than the one that stops to use it, and is listed here with its reason.
 */
class MigrationsTest {
    private static final Path FOLDER = Path.of("src/main/resources/db/migration");
    private static final int FIRST = 12;

    /** Files with statements that do more than add, and why an older version does not mind. */
    private static final Map<String, String> LISTED = Map.of(
            "V15__adopted.sql", "an older version leaves the column empty, and of empty ones any number are unique",
            "V17__loose_ends.sql", "it fills the column that it adds, of which an older version knows nothing",
            "V18__turns.sql",
                    "an older version ranks what it reads itself, and leaves the last rank to the new one beside it");

    private static final List<Pattern> ADDING = Stream.of(
                    "create table \\w+ .*",
                    "create index \\w+ on .*",
                    "create unique index \\w+ on (\\w+) .*",
                    "alter table \\w+ add column \\w+ (?!.*not null)(?!.*unique).*",
                    "alter table \\w+ add column \\w+ .* default .* not null",
                    "alter table \\w+ add column \\w+ .* not null default .*")
            .map(text -> Pattern.compile(text, Pattern.DOTALL | Pattern.CASE_INSENSITIVE))
            .toList();

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .filter(file ->
                            Integer.parseInt(file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1")) >= FIRST)
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void they_only_add(Path file) throws IOException {
        assertThat(more(Files.readString(file)))
                .as(
                        "%s does more than add, and a replica of the version before may be running: add first, take away in a later release, or list the file with a reason",
                        file.getFileName())
                .satisfies(found -> {
                    if (!LISTED.containsKey(file.getFileName().toString())) {
                        assertThat(found).isEmpty();
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table run",
                "alter table run drop column scan",
                "alter table run rename column scan to name",
                "alter table run alter column scan varchar(10)",
                "alter table run add column later varchar(10) not null",
                "alter table run add constraint once unique (scan)",
                "create unique index once on run (scan)",
                "update run set state = 'gone'"
            })
    void what_an_older_version_would_trip_over_is_found(String statement) {
        assertThat(more("-- a comment; with a semicolon\n" + statement + ";")).containsExactly(statement);
    }

    @Test
    void every_column_is_named_that_there_is() {
        try (LedgerDatabase database = FreshDatabase.H2.open()) {
            Map.of(
                            "ticket",
                            Columns.TICKET,
                            "finding",
                            Columns.FINDING,
                            "finding_group",
                            Columns.FINDING_GROUP,
                            "action",
                            Columns.ACTION,
                            "run",
                            Columns.RUN,
                            "identity_doubt",
                            Columns.IDENTITY_DOUBT,
                            "source_write",
                            Columns.SOURCE_WRITE,
                            "dead_letter",
                            Columns.DEAD_LETTER,
                            "pair",
                            Columns.PAIR)
                    .forEach((table, columns) -> assertThat(database.client()
                                    .sql(
                                            "select lower(column_name) from information_schema.columns where lower(table_name) = :table")
                                    .param("table", table)
                                    .query(String.class)
                                    .list())
                            .as(table)
                            .containsExactlyInAnyOrder(columns.split(", ")));
        }
    }

    @Test
    void no_statement_reads_whatever_columns_there_are() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.walk(Path.of("src/main")), Files.walk(Path.of("routes")))) {
            assertThat(files.filter(file -> file.toString().matches(".*\\.(java|yaml)"))
                            .filter(file -> read(file).contains("select *")))
                    .as(
                            "name the columns, as Columns does: those that a later version adds would break prepared statements")
                    .isEmpty();
        }
    }

    private static List<String> more(String sql) {
        return Stream.of(sql.replaceAll("--[^\n]*", "").split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .filter(statement -> ADDING.stream()
                                .noneMatch(allowed -> allowed.matcher(statement).matches())
                        || isUniqueOnOld(statement, sql))
                .toList();
    }

    /** A unique index is an addition on a table that is new as well. */
    private static boolean isUniqueOnOld(String statement, String sql) {
        var unique = ADDING.get(2).matcher(statement);
        return unique.matches() && !sql.contains("create table " + unique.group(1) + " ");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
