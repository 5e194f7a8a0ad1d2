package io.ticketbridge.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Severity;
import io.ticketbridge.ticket.Listed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvPartsTest {
    private static final CSVFormat READ =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    private final List<Path> files = new ArrayList<>();

    @AfterEach
    void delete() throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        if (!files.isEmpty()) {
            Files.delete(files.get(0).getParent());
        }
    }

    private static Listed listed(String account, String uid, String message) {
        return new Listed(
                account,
                "eu-west-1",
                "s3-public",
                uid,
                "shop, \"main\"",
                "bucket",
                Severity.HIGH,
                message,
                Instant.parse("2026-11-01T12:00:00Z"));
    }

    private List<Path> write(long limit, List<Listed> rows) throws IOException {
        try (CsvParts parts = new CsvParts("list", limit)) {
            for (Listed row : rows) {
                parts.add(row);
            }
            files.addAll(parts.finish());
            return files;
        }
    }

    private static List<CSVRecord> read(Path file) throws IOException {
        try (var parser = READ.parse(Files.newBufferedReader(file))) {
            return parser.getRecords();
        }
    }

    @Test
    void a_row_comes_back_as_it_was() throws IOException {
        List<Path> parts = write(1_000_000, List.of(listed("1", "arn:one", "two\nlines, \"quoted\", \u4E2D")));

        assertThat(parts).extracting(part -> part.getFileName().toString()).containsExactly("list-part1.csv");
        CSVRecord row = read(parts.get(0)).get(0);
        assertThat(row.toMap())
                .containsEntry("account", "1")
                .containsEntry("region", "eu-west-1")
                .containsEntry("check", "s3-public")
                .containsEntry("resource", "arn:one")
                .containsEntry("name", "shop, \"main\"")
                .containsEntry("type", "bucket")
                .containsEntry("severity", "high")
                .containsEntry("message", "two\nlines, \"quoted\", \u4E2D")
                .containsEntry("first_seen", "2026-11-01T12:00:00Z");
    }

    @Test
    void parts_stay_below_the_limit_and_lose_nothing() throws IOException {
        List<Listed> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            rows.add(listed("", "uid-" + i, "\u4E2D\uD83D\uDE00, ".repeat(i % 7)));
        }

        List<Path> parts = write(2_000, rows);

        assertThat(parts).hasSizeGreaterThan(10);
        List<String> uids = new ArrayList<>();
        for (Path part : parts) {
            assertThat(Files.size(part)).isLessThanOrEqualTo(2_000);
            read(part).forEach(row -> uids.add(row.get("resource")));
        }
        assertThat(uids).isEqualTo(rows.stream().map(Listed::resourceUid).toList());
        assertThat(parts).extracting(part -> part.getFileName().toString()).doesNotHaveDuplicates();
    }

    @Test
    void rows_share_a_part_as_long_as_they_fit() throws IOException {
        List<Listed> rows = List.of(listed("1", "a", "\u4E2D"), listed("1", "b", ""), listed("1", "c", ""));
        long whole = Files.size(write(9_000, rows).get(0));
        delete();
        files.clear();

        assertThat(write(whole, rows)).hasSize(1);
        delete();
        files.clear();
        assertThat(write(whole - 1, rows)).hasSize(2);
    }

    @Test
    void a_row_larger_than_a_part_gets_its_own() throws IOException {
        List<Path> parts =
                write(500, List.of(listed("1", "a", ""), listed("1", "b", "x".repeat(900)), listed("1", "c", "")));

        assertThat(parts).hasSize(3);
    }

    @Test
    void what_is_not_sent_and_what_a_dead_process_left_an_hour_ago_is_deleted() throws IOException {
        try (CsvParts parts = new CsvParts("list", 500)) {
            parts.add(listed("1", "a", ""));
            Path fresh = parts.finish().get(0).getParent();
            CsvParts.deleteLeft();
            assertThat(fresh).exists();

            parts.delete();
            assertThat(fresh).doesNotExist();

            Path left = Files.createTempDirectory("ticketbridge-csv");
            Files.writeString(left.resolve("list-part1.csv"), "account");
            Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
            CsvParts.deleteLeft();
            assertThat(left).doesNotExist();
        }
    }

    @Test
    void nothing_makes_no_file() throws IOException {
        assertThat(write(500, List.of())).isEmpty();
    }

    /** A spreadsheet would take it for a formula (P38). */
    @ParameterizedTest
    @ValueSource(strings = {"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1"})
    void a_cell_never_begins_as_a_formula(String text) throws IOException {
        CSVRecord row =
                read(write(9_000, List.of(listed(text, text, text))).get(0)).get(0);

        for (String column : List.of("account", "resource", "message")) {
            assertThat(row.get(column)).isEqualTo("'" + text.replace("\0", ""));
        }
    }

    /** In a spreadsheet that splits at semicolons or tabs, which heeds no quotation mark within a cell of its own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "x;=cmd|'/C calc'!A0; ~ x;'=cmd|'/C calc'!A0;",
                "x; +1 ~ x; '+1",
                "x\t@SUM(A1) ~ x\t'@SUM(A1)",
                "`x\n=1` ~ `x\n'=1`",
                "`x\r\n-1` ~ `x\r\n'-1`",
                "x;;=1;y ~ x;;'=1;y"
            })
    void nor_does_a_cell_within_a_cell(String text, String written) throws IOException {
        CSVRecord row =
                read(write(9_000, List.of(listed(text, text, text))).get(0)).get(0);

        for (String column : List.of("account", "resource", "message")) {
            assertThat(row.get(column)).isEqualTo(written);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:s3:::a=b", "1-2", "a@b", "a; b=c", ""})
    void other_cells_stay_as_they_are(String text) throws IOException {
        assertThat(read(write(9_000, List.of(listed(text, text, text))).get(0))
                        .get(0)
                        .get("account"))
                .isEqualTo(text);
    }
}
