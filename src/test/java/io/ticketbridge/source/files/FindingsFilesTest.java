package io.ticketbridge.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.testing.Scan;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsFilesTest {
    @TempDir
    private Path folder;

    @Test
    void a_page_of_large_records_is_a_short_one() throws IOException {
        Scan scan = Scan.of().saying("x".repeat(1_000_000));
        for (int i = 0; i < 20; i++) {
            scan.fails("ssh", "sg-" + i);
        }

        List<Integer> pages = pages(scan);

        assertThat(pages).hasSizeGreaterThan(1).allMatch(size -> size <= 10);
        assertThat(pages.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20);
    }

    @Test
    void a_page_of_usual_records_has_five_hundred() throws IOException {
        Scan scan = Scan.of();
        for (int i = 0; i < 501; i++) {
            scan.fails("ssh", "sg-" + i);
        }

        assertThat(pages(scan)).containsExactly(500, 1);
    }

    /** As Prowler leaves it when it is given the name of a file that is there. */
    @Test
    void of_a_scan_that_was_appended_to_another_nothing_is_read() throws IOException {
        String monday = Scan.of().fails("encryption", "disk-1").json();
        String tuesday = Scan.of().passes("encryption", "disk-1").json();
        File appended = Files.writeString(folder.resolve("scan.json"), monday + tuesday.substring(1))
                .toFile();
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(appended);
        FindingsFiles files = new FindingsFiles(null, flow -> true, false, Clock.systemUTC());

        assertThatThrownBy(() -> files.open(exchange))
                .isInstanceOf(NotAFindingsFile.class)
                .hasMessageContainingAll("scan.json, line 1", "a second scan", "a file name of its own");
        assertThatThrownBy(() -> files.requireFindings(appended, 1 << 20))
                .isInstanceOf(NotAFindingsFile.class)
                .hasMessageContainingAll("body, line 1", "a second scan");
        files.requireFindings(
                Files.writeString(folder.resolve("other.json"), monday + tuesday)
                        .toFile(),
                1 << 20);
    }

    /** Who writes lines makes pauses between them, and nothing shows that there will be no more. */
    @Test
    void lines_in_a_folder_are_taken_as_ended_only_after_a_minute() throws IOException {
        String list = Scan.of().fails("encryption", "disk-1").json();
        String line = list.substring(1, list.length() - 1) + "\n";

        assertThat(mayGoOn(line, Duration.ofSeconds(10))).isTrue();
        assertThat(mayGoOn(list + list, Duration.ofSeconds(10))).isTrue();
        assertThat(mayGoOn(line, Duration.ofSeconds(70))).isFalse();
        assertThat(mayGoOn(list, Duration.ofSeconds(10))).isFalse();
        assertThat(mayGoOn("{\"Findings\":" + list + "}", Duration.ofSeconds(10)))
                .isFalse();
    }

    private boolean mayGoOn(String content, Duration age) throws IOException {
        FindingsFiles files = new FindingsFiles(null, flow -> true, false, Clock.systemUTC());
        File file = aged(Files.writeString(folder.resolve("scan.json"), content), age);
        Exchange pass = new DefaultExchange(new DefaultCamelContext());
        pass.setProperty(FindingsFiles.IS_PART, true);
        pass.getMessage().setBody(files.waiting(pass, folder.toString()).next());
        try (LedgerWorld world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("check"))) {
            pass.setProperty("run", world.runs.begin(Flow.NAME, file.getName()));
            files.open(pass).forEachRemaining(page -> {});
            files.judge(pass);
        }
        assertThat(file).exists();
        return pass.getProperty("isStillWritten", false, Boolean.class);
    }

    private static File aged(Path file, Duration age) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)))
                .toFile();
    }

    /** Who gives each report the same name does not ask how long the last one takes. */
    @Test
    void a_file_that_is_written_anew_before_it_is_put_away_is_read_next_time() throws IOException {
        FindingsFiles files = new FindingsFiles(null, flow -> true, false, Clock.systemUTC());
        File read = aged(Scan.of().fails("encryption", "disk-1").write(folder, "report.json"), Duration.ofHours(1));
        Exchange pass = new DefaultExchange(new DefaultCamelContext());
        pass.getMessage().setBody(files.waiting(pass, folder.toString()).next());
        files.open(pass).forEachRemaining(page -> {});
        aged(Scan.of().fails("logging", "disk-2").write(folder, "report.json"), Duration.ofMinutes(1));

        files.done(pass);
        files.refused(pass);
        assertThat(read).exists();

        pass.getMessage().setBody(files.waiting(pass, folder.toString()).next());
        files.open(pass).forEachRemaining(page -> {});
        files.done(pass);
        assertThat(read).doesNotExist();
        assertThat(folder.resolve(".done/report.json")).exists();
    }

    @Test
    void a_file_that_is_barely_begun_waits_a_minute_for_its_writer() throws IOException {
        FindingsFiles files = new FindingsFiles(null, flow -> true, false, Clock.systemUTC());
        Exchange pass = new DefaultExchange(new DefaultCamelContext());
        aged(Files.createFile(folder.resolve("empty.json")), Duration.ofSeconds(10));
        aged(
                Files.write(folder.resolve("begun.json.gz"), new byte[] {0x1F, (byte) 0x8B, 8, 0}),
                Duration.ofSeconds(10));
        File old = aged(Files.createFile(folder.resolve("old.json")), Duration.ofSeconds(70));

        assertThat(files.waiting(pass, folder.toString())).toIterable().containsExactly(old);
    }

    private List<Integer> pages(Scan scan) throws IOException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(scan.write(folder).toFile());
        Iterator<List<SourceRecord>> pages =
                new FindingsFiles(null, flow -> true, false, Clock.systemUTC()).open(exchange);
        List<Integer> sizes = new ArrayList<>();
        pages.forEachRemaining(page -> sizes.add(page.size()));
        return sizes;
    }
}
