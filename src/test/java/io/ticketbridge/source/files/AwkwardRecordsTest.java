package io.ticketbridge.source.files;

import static io.ticketbridge.source.files.Records.asff;
import static io.ticketbridge.source.files.Records.prowler;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that real producers and real attackers write. The large ones are streamed: they would not fit the heap. */
class AwkwardRecordsTest {
    @Test
    void long_right_to_left_and_four_byte_names_are_kept_whole() throws IOException {
        for (String name :
                new String[] {"x".repeat(500), "\u05D0\u05D1\u202E\u0645", "\uD83D\uDD11\uD834\uDD1E", "a b\\/c"}) {
            String json = name.replace("\\", "\\\\");
            assertThat(Records.only(prowler(json)).resource().uid()).isEqualTo(name);
            assertThat(Records.only(asff(json)).resource().uid()).isEqualTo(name);
        }
    }

    @Test
    void escaped_quotes_and_brackets_in_strings_do_not_move_a_records_end() throws IOException {
        Records records = Records.of(
                "[" + prowler("a\\\"}]{[\\\\") + "," + prowler("\\\\\\\"") + "," + prowler("\\u0022]") + "]");
        assertThat(records.resources()).containsExactly("a\"}]{[\\", "\\\"", "\"]");
    }

    @Test
    void nul_and_half_characters_are_replaced_as_databases_refuse_them() throws IOException {
        assertThat(Records.only(prowler("a\\u0000b")).resource().uid()).isEqualTo("a\uFFFDb");
        assertThat(Records.only(prowler("a\\u0000b\\ud83dc")).resource().uid()).isEqualTo("a\uFFFDb\uFFFDc");
        Records raw = Records.of("[{\"x\":\"\u0000\"}]");
        assertThat(raw.unreadable().get(0).raw()).doesNotContain("\u0000").contains("\uFFFD");
    }

    @Test
    void control_characters_and_crlf_are_data() throws IOException {
        assertThat(Records.only(prowler("a\\r\\nb\\u001bc")).resource().uid()).isEqualTo("a\r\nb\u001bc");
        assertThat(Records.only(prowler("a\tb")).resource().uid())
                .as("a raw tab")
                .isEqualTo("a\tb");
        assertThat(Records.of((prowler("a") + "\r\n" + prowler("b") + "\r\n")).resources())
                .containsExactly("a", "b");
    }

    @Test
    void records_that_lie_across_buffers_are_cut_right() throws IOException {
        for (int length : new int[] {65_000, 65_536 - 400, 65_536, 131_072, 300_000}) {
            String name = "r".repeat(length);
            Records records = Records.of("[" + prowler(name) + "," + prowler("b") + "," + prowler(name) + "]");
            assertThat(records.resources()).containsExactly(name, "b", name);
        }
    }

    @Test
    void what_a_resource_looks_like_is_skipped_however_large() throws IOException {
        String details = ",\"data\":{\"details\":\"" + "d".repeat(3_000_000) + "\"}}";
        Records records = Records.of(prowler("a").replace(",\"region\":\"eu-west-1\"}],", details + "],"));
        assertThat(records.resources()).containsExactly("a");
    }

    @Test
    void a_string_above_the_limit_costs_only_its_record() throws IOException {
        Records records = Records.of("[" + prowler("x".repeat(1_500_000)) + "," + prowler("b") + "]");
        assertThat(records.resources()).containsExactly("b");
        assertThat(records.unreadable().get(0).error())
                .contains("breaks a limit")
                .contains("1,000,000");
        assertThat(records.unreadable().get(0).raw()).hasSizeLessThan(66_000).endsWith(" more bytes]");
    }

    @Test
    void deep_nesting_costs_only_its_record() throws IOException {
        for (int depth : new int[] {300, 100_000}) {
            String deep = "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
            Records records =
                    Records.of("[" + deep + "," + prowler("b") + "," + "[".repeat(depth) + "]".repeat(depth) + "]");
            assertThat(records.resources()).containsExactly("b");
            assertThat(records.unreadable()).hasSize(2);
            assertThat(records.unreadable().get(0).error()).contains("breaks a limit");
        }
    }

    @Test
    void envelopes_in_envelopes_without_end_use_no_memory() throws IOException {
        Records records = Records.of("{\"findings\":[".repeat(100_000));
        assertThat(records.all()).isEmpty();
        assertThat(records.complete()).isFalse();
    }

    @Test
    void a_hundred_megabyte_string_is_refused_in_bounded_memory_and_the_rest_goes_on() throws IOException {
        InputStream file = joined(
                text("[{\"class_uid\":2004,\"message\":\""),
                endless('x', 100_000_000),
                text("\"}," + prowler("b") + "]"));
        long before = used();
        long[] most = {0};
        List<SourceRecord> all = new ArrayList<>();
        try (FindingsFile findings = FindingsFile.open(file, "big.json")) {
            while (findings.hasNext()) {
                all.add(findings.next());
                most[0] = Math.max(most[0], used() - before);
            }
            assertThat(findings.complete()).isTrue();
        }
        assertThat(((Unreadable) all.get(0)).error()).contains("more than the limit of 16777216");
        assertThat(((Unreadable) all.get(0)).raw()).hasSizeLessThan(66_000);
        assertThat(((Finding) all.get(1)).resource().uid()).isEqualTo("b");
        assertThat(most[0]).isLessThan(60_000_000);
    }

    @Test
    void half_a_million_records_pass_through_in_bounded_memory() throws IOException {
        byte[] record = (prowler("a") + ",").getBytes(UTF_8);
        int count = 500_000;
        Iterator<InputStream> parts = Collections.nCopies(count, record).stream()
                .map(bytes -> (InputStream) new ByteArrayInputStream(bytes))
                .iterator();
        InputStream file = joined(text("["), new SequenceInputStream(enumeration(parts)), text("null]"));
        long before = used();
        int found = 0;
        try (FindingsFile findings = FindingsFile.open(file, "big.json")) {
            while (findings.hasNext()) {
                found += findings.next() instanceof Finding ? 1 : 0;
            }
            assertThat(findings.complete()).isTrue();
            assertThat(used() - before).isLessThan(20_000_000);
        }
        assertThat(found).isEqualTo(count);
    }

    @Test
    void a_bomb_of_blanks_is_passed_or_refused_without_filling_memory() throws IOException {
        byte[] bomb =
                Records.gzip(("[" + prowler("a") + "," + " ".repeat(50_000_000) + prowler("b") + "]").getBytes(UTF_8));
        assertThat(bomb).hasSizeLessThan(100_000);
        assertThat(Records.of(bomb).resources()).containsExactly("a", "b");

        InputStream blanks = endless(' ', Long.MAX_VALUE);
        assertThatThrownBy(() -> Records.of(blanks))
                .isInstanceOf(NotAFindingsFile.class)
                .hasMessageContaining("nothing but blanks");
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static InputStream joined(InputStream... parts) {
        return new SequenceInputStream(enumeration(List.of(parts).iterator()));
    }

    private static Enumeration<InputStream> enumeration(Iterator<InputStream> parts) {
        return new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return parts.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return parts.next();
            }
        };
    }

    private static InputStream endless(char character, long count) {
        return new InputStream() {
            private long left = count;

            @Override
            public int read() {
                return left-- > 0 ? character : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int read = (int) Math.min(left, length);
                Arrays.fill(target, offset, offset + read, (byte) character);
                left -= read;
                return read;
            }
        };
    }
}
