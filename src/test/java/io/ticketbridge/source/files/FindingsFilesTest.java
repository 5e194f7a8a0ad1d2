package io.ticketbridge.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.testing.Scan;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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

    private List<Integer> pages(Scan scan) throws IOException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(scan.write(folder).toFile());
        Iterator<List<SourceRecord>> pages = new FindingsFiles(null, flow -> true, false, Clock.systemUTC()).open(exchange);
        List<Integer> sizes = new ArrayList<>();
        pages.forEachRemaining(page -> sizes.add(page.size()));
        return sizes;
    }
}
