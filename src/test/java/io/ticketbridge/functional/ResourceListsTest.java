package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.servicenow.AttachedFile;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More failing resources than a description holds are all in a CSV attachment (P6, P36, P38). */
class ResourceListsTest {
    @TempDir
    private Path folder;

    private static String[] disks(int count) {
        return IntStream.range(0, count).mapToObj(number -> "disk-" + number).toArray(String[]::new);
    }

    private static List<AttachedFile> lists(Bridge bridge) {
        return bridge.serviceNow().attachments(bridge.ticket().get("sys_id")).stream()
                .filter(file -> file.fileName().endsWith(".csv"))
                .toList();
    }

    private static List<CSVRecord> rows(AttachedFile file) {
        try {
            return CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(new StringReader(new String(file.bytes(), StandardCharsets.UTF_8)))
                    .getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void as_many_as_fit_are_in_the_text_and_all_of_them_in_the_attachment() {
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.max-resources-in-text", "5")) {
            bridge.importFile(Scan.of().fails("encryption", disks(40)).write(folder));

            assertThat(bridge.ticket().get("description")).contains("and 35 more");
            assertThat(lists(bridge)).singleElement().satisfies(file -> assertThat(rows(file))
                    .extracting(row -> row.get("resource"))
                    .containsExactlyInAnyOrder(disks(40)));
        }
    }

    @Test
    void as_many_as_the_text_holds_need_no_attachment() {
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.max-resources-in-text", "5")) {
            bridge.importFile(Scan.of().fails("encryption", disks(5)).write(folder));

            assertThat(lists(bridge)).isEmpty();
        }
    }

    @Test
    void a_list_above_the_size_limit_comes_in_parts_that_lose_and_double_nothing() {
        try (Bridge bridge = Bridge.in(folder)
                .with("profile.tickets.max-resources-in-text", "5")
                .with("servicenow.max-attachment-size", "1000")) {
            bridge.serviceNow().settings().maxAttachmentBytes(1000);

            bridge.importFile(Scan.of().fails("encryption", disks(40)).write(folder));

            assertThat(lists(bridge)).hasSizeGreaterThan(3).allSatisfy(file -> assertThat(file.bytes().length)
                    .isLessThanOrEqualTo(1000));
            assertThat(lists(bridge).stream().flatMap(file -> rows(file).stream()))
                    .extracting(row -> row.get("resource"))
                    .containsExactlyInAnyOrder(disks(40));
        }
    }

    @Test
    void the_same_scan_again_attaches_nothing() {
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.max-resources-in-text", "5")) {
            bridge.importFile(Scan.of().fails("encryption", disks(40)).write(folder));

            bridge.listen().importFile(Scan.of().fails("encryption", disks(40)).write(folder));

            assertThat(bridge.writes()).isZero();
            assertThat(lists(bridge)).hasSize(1);
        }
    }

    @Test
    void a_scan_that_changes_the_list_attaches_the_new_one() {
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.max-resources-in-text", "5")) {
            bridge.importFile(Scan.of().fails("encryption", disks(40)).write(folder));

            bridge.importFile(Scan.of().fails("encryption", disks(41)).write(folder));

            assertThat(lists(bridge)).hasSize(2);
            assertThat(rows(lists(bridge).get(1))).hasSize(41);
        }
    }

    @Test
    void a_list_that_servicenow_refuses_keeps_nothing_else_from_the_ticket_and_follows_with_a_replay() {
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.max-resources-in-text", "5")) {
            var refused = bridge.serviceNow()
                    .faults()
                    .always(RequestMatcher.on("POST", "/attachment/file"), Fault.status(403));
            IntStream.of(40, 41, 42, 43, 44)
                    .forEach(count -> bridge.importFile(
                            Scan.of().fails("encryption", disks(count)).write(folder)));
            assertThat(bridge.notes(bridge.ticket())).hasSize(4).allSatisfy(note -> assertThat(note)
                    .contains("1 joined"));
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.error())
                    .contains("ServiceNow refused to attach", "INC", "403", "glide.attachment.extensions"));
            assertThat(lists(bridge)).isEmpty();
            bridge.importFile(Scan.of()
                    .fails("encryption", disks(45))
                    .fails("logging", "disk-1")
                    .write(folder));
            assertThat(bridge.tickets()).as("no circuit is open").hasSize(2);
            refused.off();

            CommandRun run = CommandRun.of(
                    "replay", "--all", "--config", bridge.restart().config().toString());

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(bridge.serviceNow()
                            .attachments(bridge.ticket("encryption").get("sys_id")))
                    .singleElement()
                    .satisfies(file -> assertThat(rows(file)).hasSize(45));
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    @Test
    void no_cell_is_a_formula() {
        String[] formulas = {"=HYPERLINK(1)", "+1+1", "-2", "@SUM(A1)", "\tx", "plain"};
        try (Bridge bridge = Bridge.in(folder).with("profile.tickets.max-resources-in-text", "1")) {
            bridge.importFile(Scan.of()
                    .saying("=cmd|' /C calc'!A0")
                    .fails("encryption", formulas)
                    .write(folder));

            assertThat(rows(lists(bridge).get(0))).hasSize(formulas.length).allSatisfy(row -> assertThat(row.toList())
                    .allSatisfy(cell -> assertThat(cell).doesNotMatch("(?s)[=+@\\t\\r-].*")));
        }
    }
}
