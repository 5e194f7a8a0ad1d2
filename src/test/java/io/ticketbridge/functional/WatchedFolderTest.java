package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import io.ticketbridge.testing.Sender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.h2.api.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A folder into which others put findings files: half a file is none, and one that was read is not read twice. */
class WatchedFolderTest {
    @TempDir
    private Path folder;

    private Path scans;
    private Bridge bridge;

    @BeforeEach
    void prepare() throws IOException {
        scans = Files.createDirectories(folder.resolve("scans"));
        bridge = Bridge.in(folder).with("flow.cases.enabled", "false").with("flow.compliance.folder", scans.toString());
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    private static Path settled(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(300)));
    }

    private Path scan(String name, String... resources) throws IOException {
        return settled(Scan.of().fails("encryption", resources).write(scans, name));
    }

    private static long count(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void what_may_be_unfinished_is_left_alone() throws IOException {
        for (String name :
                new String[] {".hidden.json", "a.json.tmp", "b.json.part", "c.json.filepart", "d.crdownload", "e.json~"
                }) {
            scan(name, "disk-" + name);
        }
        settled(Scan.of()
                .fails("encryption", "below")
                .write(Files.createDirectories(scans.resolve("folder")), "x.json"));

        assertThat(bridge.passes().accounts()).isEmpty();
        assertThat(count(scans)).isEqualTo(6);
    }

    @Test
    void an_empty_folder_asks_servicenow_for_nothing_but_once_an_hour() throws IOException {
        scan("scan.json", "disk-1");
        bridge.passes();
        bridge.listen();

        bridge.passes();
        assertThat(bridge.serviceNow().requests().all()).isEmpty();

        bridge.later(Duration.ofHours(1));
        bridge.passes();
        assertThat(bridge.serviceNow().requests().all()).isNotEmpty();
        bridge.listen();

        scan("next.json", "disk-1", "disk-2");
        bridge.passes();
        assertThat(bridge.serviceNow().requests().all().get(0).toString()).contains("GET");
    }

    @Test
    void a_file_that_is_still_written_is_left_for_a_later_pass() throws Exception {
        Path growing = Files.writeString(scans.resolve("growing.json"), "[");
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        try {
            writer.scheduleAtFixedRate(() -> append(growing, " "), 0, 100, TimeUnit.MILLISECONDS);

            assertThat(bridge.passes().accounts()).isEmpty();
        } finally {
            writer.shutdown();
            assertThat(writer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        String rest = Scan.of().fails("encryption", "disk-1").json();
        append(growing, rest.substring(1));

        assertThat(bridge.passes().read())
                .as("it waits until the file is at rest")
                .isEqualTo(1);
        assertThat(count(scans.resolve(".done"))).isEqualTo(1);
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_file_that_ends_in_the_middle_is_not_taken_as_ended_while_it_is_young() throws Exception {
        scan("monday.json", "disk-1", "disk-2");
        bridge.passes();
        String whole = Scan.of().fails("encryption", "disk-1", "disk-2").json();
        Path cut = Files.writeString(scans.resolve("tuesday.json"), whole.substring(0, whole.length() / 2));
        Files.setLastModifiedTime(cut, FileTime.from(bridge.clock().instant().minusSeconds(10)));

        assertThat(bridge.passes().failure()).isEmpty();

        assertThat(cut).exists();
        Files.setLastModifiedTime(cut, FileTime.from(bridge.clock().instant().minusSeconds(120)));
        bridge.passes();
        assertThat(cut).doesNotExist();
        assertThat(bridge.ticket().get("description")).contains("disk-1", "disk-2");
    }

    @Test
    void a_copy_of_what_was_read_goes_to_done_unread_and_a_namesake_overwrites_nothing() throws IOException {
        Path first = scan("scan.json", "disk-1");
        byte[] content = Files.readAllBytes(first);
        assertThat(bridge.passes().read()).isEqualTo(1);

        settled(Files.write(scans.resolve("copy.json"), content));
        scan("scan.json", "disk-2");
        Pass second = bridge.passes();

        assertThat(second.accounts()).hasSize(1);
        assertThat(second.read()).as("the namesake, not the copy").isEqualTo(1);
        Path done = scans.resolve(".done");
        assertThat(count(done)).isEqualTo(3);
        assertThat(done.resolve("scan.json")).hasBinaryContent(content);
        assertThat(count(scans)).isZero();
        assertThat(bridge.importFile(done.resolve("copy.json")).read())
                .as("who imports it means it")
                .isEqualTo(1);
    }

    @Test
    void a_problem_that_is_back_gets_a_ticket_though_its_file_has_the_bytes_of_an_earlier_one() throws IOException {
        byte[] fails = Files.readAllBytes(scan("1.json", "disk-1"));
        bridge.passes();
        settled(Scan.of().passes("encryption", "disk-1").write(scans, "2.json"));
        bridge.later(Duration.ofHours(1)).passes();
        assertThat(bridge.ticket()).containsEntry("state", "6");

        settled(Files.write(scans.resolve("3.json"), fails));
        Pass third = bridge.later(Duration.ofHours(1)).passes();

        assertThat(third.read()).isEqualTo(1);
        assertThat(bridge.tickets()).extracting(ticket -> ticket.get("state")).containsExactly("6", "1");
    }

    /** Refuses rows like a deadlock, as often as it is told. */
    public static final class Busy implements Trigger {
        private static final AtomicInteger TIMES = new AtomicInteger();

        @Override
        public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
            if (TIMES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new SQLException("Too busy just now", "40001", 40001);
            }
        }
    }

    @Test
    void a_scan_waits_until_the_one_before_it_was_read_though_the_ledger_was_busy() throws IOException {
        bridge.engine()
                .database()
                .client()
                .sql("create trigger busy before insert on finding for each row call '" + Busy.class.getName() + "'")
                .update();
        scan("monday.json", "disk-1");
        Files.setLastModifiedTime(
                Scan.of()
                        .passes("encryption", "disk-1")
                        .fails("encryption", "disk-2")
                        .write(scans, "tuesday.json"),
                FileTime.from(Instant.now().minusSeconds(100)));
        Busy.TIMES.set(1);

        assertThat(bridge.passes().failure().orElseThrow()).contains("Too busy");
        assertThat(count(scans)).as("both wait").isEqualTo(2);
        assertThat(bridge.passes().accounts()).hasSize(2);

        assertThat(count(scans.resolve(".done"))).isEqualTo(2);
        assertThat(bridge.ticket().get("description"))
                .as("Tuesday has the last word")
                .contains("disk-2")
                .doesNotContain("disk-1");

        Path third = Scan.of().fails("encryption", "disk-3").write(folder, "third.json");
        Path fourth = Scan.of().fails("encryption", "disk-4").write(folder, "fourth.json");
        Busy.TIMES.set(1);
        assertThat(bridge.importFile(third, fourth).failure().orElseThrow())
                .contains("third.json", "not read either, to keep the order", "fourth.json");
    }

    @Test
    void a_problem_that_a_person_only_resolved_gets_its_next_ticket_though_every_scan_has_the_same_bytes()
            throws IOException {
        byte[] fails = Files.readAllBytes(scan("monday.json", "disk-1"));
        bridge.passes();
        bridge.resolve(bridge.ticket());

        settled(Files.write(scans.resolve("tuesday.json"), fails));
        assertThat(bridge.passes().read()).isEqualTo(1);
        assertThat(bridge.tickets()).extracting(ticket -> ticket.get("state")).containsExactly("6", "1");

        settled(Files.write(scans.resolve("wednesday.json"), fails));
        assertThat(bridge.passes().accounts()).isEmpty();
        assertThat(count(scans)).isZero();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_link_that_leads_nowhere_says_so_and_keeps_no_other_back() throws IOException {
        Files.createSymbolicLink(scans.resolve("lost.json"), scans.resolve("nothing.json"));
        scan("scan.json", "disk-1");

        Pass pass = bridge.passes();

        assertThat(pass.failure().orElseThrow()).contains("lost.json is a link to something that is not there");
        assertThat(pass.read()).isEqualTo(1);
        assertThat(Files.isSymbolicLink(scans.resolve(".error/lost.json"))).isTrue();
    }

    @Test
    void what_is_no_findings_file_is_put_aside_with_what_was_there_before() throws IOException {
        for (int each = 0; each < 2; each++) {
            settled(Files.writeString(scans.resolve("page.json"), "<html>" + each));
            assertThat(bridge.passes().failure().orElseThrow()).contains("page.json, line 1, column 1: HTML");
        }
        assertThat(count(scans.resolve(".error"))).isEqualTo(2);
    }

    @Test
    void gzip_lines_and_byte_order_marks_are_read() throws IOException {
        String one = Scan.of().fails("encryption", "disk-1").json();
        String two = Scan.of().fails("encryption", "disk-2").json();
        String lines = one.substring(1, one.length() - 1) + "\n" + two.substring(1, two.length() - 1) + "\n";
        settled(Files.write(scans.resolve("lines.json.gz"), Sender.gzip(lines.getBytes(StandardCharsets.UTF_8))));
        settled(Files.writeString(scans.resolve("marked.json"), "\uFEFF" + one));
        settled(Files.write(scans.resolve("wide.json"), ("\uFEFF" + two).getBytes(StandardCharsets.UTF_16LE)));

        Pass pass = bridge.passes();

        assertThat(pass.failure()).isEmpty();
        assertThat(pass.read()).isEqualTo(4);
        assertThat(count(scans.resolve(".done"))).isEqualTo(3);
    }

    @Test
    void nothing_is_read_from_a_folder_where_it_could_not_be_put_away() throws IOException {
        scan("monday.json", "disk-1");
        Path inTheWay = Files.writeString(scans.resolve(".done"), "");

        Pass failed = bridge.passes();

        assertThat(failed.accounts()).isEmpty();
        assertThat(failed.failure()).get().asString().contains(scans.toString(), "nothing is read", "right to write");
        assertThat(bridge.tickets()).isEmpty();
        Files.delete(inTheWay);
        assertThat(bridge.passes().failure()).isEmpty();
        assertThat(bridge.ticket()).containsEntry("state", "1");
    }
}
