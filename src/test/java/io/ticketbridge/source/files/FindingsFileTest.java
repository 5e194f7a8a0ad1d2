package io.ticketbridge.source.files;

import static io.ticketbridge.source.files.Records.asff;
import static io.ticketbridge.source.files.Records.gzip;
import static io.ticketbridge.source.files.Records.ocsf;
import static io.ticketbridge.source.files.Records.prowler;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsFileTest {
    private static final String THREE = prowler("a") + "," + ocsf("b") + "," + asff("c");

    @Test
    void every_shape_yields_the_same_records_and_formats_may_mix() throws IOException {
        String[] shapes = {
            "[" + THREE + "]",
            "{\"Findings\":[" + THREE + "]}",
            "{ \"note\" : {\"findings\":[1]}, \"findings\" :\n[" + THREE + "], \"rest\" : [1, {\"x\":\"]}\"}] }",
            "[{\"Findings\":[" + prowler("a") + "," + ocsf("b") + "]},{\"Findings\":[" + asff("c") + "]}]",
            prowler("a") + "\n" + ocsf("b") + "\n" + asff("c") + "\n",
            prowler("a") + ocsf("b") + asff("c"),
            "\u001E" + prowler("a") + "\r\n\u001E" + ocsf("b") + "\r\n\u001E" + asff("c"),
            "[" + prowler("a") + "]\n[" + ocsf("b") + "]\uFEFF[" + asff("c") + "]",
            "\uFEFF  [" + THREE + "]  \n",
        };
        for (String shape : shapes) {
            Records records = Records.of(shape);
            assertThat(records.all()).as(shape).hasSize(3);
            assertThat(records.resources()).as(shape).containsExactly("a", "b", "c");
            assertThat(records.complete()).as(shape).isTrue();
        }
    }

    /** As AWS posts them: the findings lie in the event's detail. */
    @Test
    void the_findings_of_an_eventbridge_event_are_read() throws IOException {
        String event =
                "{\"version\":\"0\",\"detail-type\":\"Security Hub Findings - Imported\",\"resources\":[\"arn\"],\n"
                        + "\"detail\":{\"actionName\":\"x\", \"findings\" : [" + asff("a") + "," + ocsf("b")
                        + "], \"more\":{\"y\":[1]}},\"last\":{}}";
        for (String shape : new String[] {event, event + "\n" + event, "[" + event + "]"}) {
            Records records = Records.of(shape);
            assertThat(records.unreadable()).as(shape).isEmpty();
            assertThat(records.resources()).as(shape).startsWith("a", "b");
            assertThat(records.complete()).as(shape).isTrue();
        }
        assertThat(Records.of(event.substring(0, event.length() - 15)).complete())
                .isFalse();
        Records other = Records.of(
                "{\"detail-type\":\"Scheduled Event\",\"detail\":{\"a\":{\"findings\":[1]}},\"findings2\":[]}");
        assertThat(other.unreadable().get(0).error()).contains("an EventBridge event without detail.findings");
    }

    @Test
    void one_single_object_is_a_file_of_one_record() throws IOException {
        assertThat(Records.of(asff("c")).resources()).containsExactly("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"Findings\":[]}", " [ ] ", "{\"findings\": [ ], \"NextToken\": null}"})
    void an_empty_list_is_a_valid_and_complete_file(String text) throws IOException {
        Records records = Records.of(text);
        assertThat(records.all()).isEmpty();
        assertThat(records.complete()).isTrue();
    }

    @Test
    void utf_16_and_gzip_are_unwrapped() throws IOException {
        String text = "[" + prowler("\uD83D\uDD11-\u05D0") + "," + ocsf("b") + "]";
        for (byte[] bytes : new byte[][] {
            text.getBytes(UTF_16),
            text.getBytes(UTF_16LE),
            text.getBytes(UTF_16BE),
            ("\uFEFF" + text).getBytes(UTF_16LE),
            gzip(text.getBytes(UTF_8)),
            gzip(("\uFEFF" + text).getBytes(UTF_16LE))
        }) {
            Records records = Records.of(bytes);
            assertThat(records.resources()).containsExactly("\uD83D\uDD11-\u05D0", "b");
            assertThat(records.complete()).isTrue();
        }
    }

    @Test
    void four_byte_characters_survive_utf_16_at_every_buffer_boundary() throws IOException {
        String resource = "\uD83D\uDD11".repeat(9000);
        for (String shift : new String[] {"", " "}) {
            Records records = Records.of((shift + prowler(resource)).getBytes(UTF_16));
            assertThat(records.resources()).containsExactly(resource);
        }
    }

    @Test
    void gzip_members_after_the_first_are_read_from_a_stream_that_answers_no_bytes_available() throws IOException {
        byte[] first = gzip((prowler("a") + "\n").getBytes(UTF_8));
        byte[] second = gzip((ocsf("b") + "\n").getBytes(UTF_8));
        // The first member ends where a packet ends, so that nothing of the second is there yet.
        InputStream network =
                new FilterInputStream(
                        new SequenceInputStream(new ByteArrayInputStream(first), new ByteArrayInputStream(second))) {
                    @Override
                    public int available() {
                        return 0;
                    }
                };
        assertThat(Records.of(network).resources()).containsExactly("a", "b");
    }

    @Test
    void an_interrupted_list_yields_what_it_has_and_is_not_complete() throws IOException {
        for (String end : new String[] {"", ",", ", ", ",{\"class_uid\":20", ",{\"a\":\"x"}) {
            Records records = Records.of("[" + prowler("a") + ",\n" + prowler("b") + end);
            assertThat(records.resources()).as(end).containsExactly("a", "b");
            assertThat(records.unreadable()).isEmpty();
            assertThat(records.complete()).as(end).isFalse();
            assertThat(records.problem().orElseThrow())
                    .startsWith("findings.json, line 2, column ")
                    .contains("the file ends inside")
                    .contains("export it again");
        }
    }

    @Test
    void a_scan_that_was_appended_to_another_is_named_and_one_list_after_another_is_not() throws IOException {
        String monday = "[" + prowler("a") + "," + prowler("b") + "]";
        for (String tuesday : new String[] {prowler("a") + "]", prowler("a") + "," + prowler("b") + "]"}) {
            assertThat(FindingsFile.secondScan(stream(monday + tuesday), "scan.json"))
                    .get()
                    .asString()
                    .startsWith("scan.json, line 1, column " + (monday.length() + 1))
                    .contains("--output-filename", "a file name of its own");
            Records records = Records.of(monday + tuesday);
            assertThat(records.complete()).isFalse();
            assertThat(records.problem().orElseThrow()).contains("a second scan");
        }
        for (String other : new String[] {
            monday + monday,
            monday + "\n" + prowler("a") + "\n" + ocsf("b") + "\n",
            "{\"Findings\":" + monday + "}{\"Findings\":" + monday + "}",
            prowler("a") + ",\n" + prowler("b"),
            "[" + monday + "," + prowler("a") + "]",
            monday.substring(0, monday.length() - 2)
        }) {
            assertThat(FindingsFile.secondScan(stream(other), "scan.json"))
                    .as(other)
                    .isEmpty();
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Test
    void an_interrupted_envelope_or_last_line_is_not_complete() throws IOException {
        assertThat(Records.of("{\"Findings\":[" + asff("a")).complete()).isFalse();
        assertThat(Records.of("{\"Findings\":[" + asff("a") + "]").complete()).isFalse();
        assertThat(Records.of(asff("a") + "\n" + asff("b").substring(0, 50)).complete())
                .isFalse();
    }

    @Test
    void a_file_is_not_complete_before_its_end_was_seen() throws IOException {
        try (FindingsFile file = FindingsFile.open(new ByteArrayInputStream(THREE.getBytes(UTF_8)), "x")) {
            file.next();
            assertThat(file.complete()).isFalse();
            file.forEachRemaining(record -> {});
            assertThat(file.complete()).isTrue();
        }
    }

    @Test
    void one_page_of_several_is_not_complete() throws IOException {
        for (String page : new String[] {
            "{\"Findings\":[" + asff("a") + "],\"NextToken\":\"abc\"}",
            "{\"NextToken\":\"abc\",\"Findings\":[" + asff("a") + "]}"
        }) {
            Records records = Records.of(page);
            assertThat(records.resources()).containsExactly("a");
            assertThat(records.complete()).isFalse();
            assertThat(records.problem().orElseThrow()).contains("one page of several");
        }
    }

    @Test
    void truncated_gzip_yields_what_it_has_and_is_not_complete() throws IOException {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < 2000; i++) {
            text.append(prowler("r" + Integer.toHexString(i * 7919))).append(',');
        }
        byte[] whole = gzip((text + "]").getBytes(UTF_8));
        Records records = Records.of(Arrays.copyOf(whole, whole.length / 2));
        assertThat(records.findings()).hasSizeGreaterThan(500);
        assertThat(records.complete()).isFalse();
        assertThat(records.problem().orElseThrow()).contains("gzip data is cut off");

        whole[whole.length - 6] ^= 1;
        records = Records.of(whole);
        assertThat(records.findings()).hasSize(2000);
        assertThat(records.complete()).as("the checksum is wrong").isFalse();
    }

    @Test
    void a_stream_that_fails_half_way_is_not_complete() throws IOException {
        InputStream failing = new FilterInputStream(new ByteArrayInputStream(("[" + THREE + ",").getBytes(UTF_8))) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = super.read(target, offset, length);
                if (read < 0) {
                    throw new IOException("disk");
                }
                return read;
            }
        };
        Records records = Records.of(failing);
        assertThat(records.findings()).hasSize(3);
        assertThat(records.problem().orElseThrow()).contains("reading failed");
    }

    @Test
    void what_is_no_findings_file_is_refused_in_one_line_with_cause_and_cure() {
        assertRefused("", "line 1, column 1: the file is empty");
        assertRefused(" \n ", "line 2, column 2: the file is empty");
        assertRefused("<!doctype html>\n<html>", "line 1, column 1: HTML or XML, not JSON");
        assertRefused("\n\n  AUTH_METHOD;TIMESTAMP", "line 3, column 3: not JSON");
        assertRefused("PK\u0003\u0004", "unpack it");
        assertRefused("\u0000\u0001\u0002\u0003", "line 1, column 1: not JSON");
        assertRefused("null", "not JSON");
    }

    @Test
    void gzip_without_its_body_and_gzip_of_html_are_refused() throws IOException {
        assertThatThrownBy(() -> Records.of(new byte[] {0x1F, (byte) 0x8B, 8, 0}))
                .isInstanceOf(NotAFindingsFile.class)
                .hasMessageContaining("damaged gzip");
        byte[] html = gzip("<html>".getBytes(UTF_8));
        assertThatThrownBy(() -> Records.of(html)).isInstanceOf(NotAFindingsFile.class);
    }

    private static void assertRefused(String text, String cause) {
        assertThatThrownBy(() -> Records.of(text))
                .isInstanceOf(NotAFindingsFile.class)
                .hasMessageStartingWith("findings.json, ")
                .hasMessageContaining(cause)
                .hasMessageContaining("Accepted are")
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_bad_record_costs_only_itself() throws IOException {
        String[] bad = {
            "null",
            "5",
            "\"a [text], with {brackets\"",
            "[1,{\"a\":2}]",
            "{}",
            "{\"class_uid\":1001}",
            "{\"a\":tru}",
            "{\"a\":1,,}",
            "{\"a\":\"\\x\"}",
            "{\"class_uid\":2004}",
            "{\"class_uid\":2001,\"metadata\":{\"product\":{\"name\":\"Prowler\"}}}"
        };
        for (String item : bad) {
            Records records = Records.of("[" + prowler("a") + ",\n  " + item + ",\n" + asff("c") + "]");
            assertThat(records.resources()).as(item).containsExactly("a", "c");
            assertThat(records.unreadable()).as(item).hasSize(1);
            assertThat(records.unreadable().get(0).raw()).isEqualTo(item);
            assertThat(records.unreadable().get(0).error()).startsWith("findings.json, line 2, column ");
            assertThat(records.complete()).isTrue();
        }
    }

    /** Security Hub collects them beside its controls, and hands them out with these. */
    @Test
    void records_of_other_kinds_and_those_that_are_over_are_as_if_they_were_not_there() throws IOException {
        String file = "[" + prowler("a").replace("Prowler", "GuardDuty")
                + "," + ocsf("b").replace("2003", "2002")
                + "," + asff("c").replace("\"Compliance\"", "\"Vulnerabilities\"")
                + "," + asff("d").replace("ACTIVE", "ARCHIVED")
                + "," + ocsf("e").replace("\"class_uid\"", "\"activity_id\":3,\"class_uid\"")
                + "," + asff("f") + "]";
        Records records = Records.of(file);
        assertThat(records.resources()).containsExactly("f");
        assertThat(records.all()).hasSize(1);
        assertThat(records.complete()).isTrue();
        try (FindingsFile again = FindingsFile.open(stream(file), "x")) {
            again.forEachRemaining(record -> {});
            assertThat(again.leftOut())
                    .isEqualTo(Map.of(
                            "OCSF 2004", 1,
                            "OCSF 2002", 1,
                            "ASFF without Compliance", 1,
                            "archived", 1,
                            "archived, deleted or closed", 1));
        }
    }

    @Test
    void a_line_of_something_else_costs_only_itself() throws IOException {
        Records records = Records.of(prowler("a") + "\nWARN: throttled\nnull\n" + asff("c") + "\n]");
        assertThat(records.resources()).containsExactly("a", "c");
        assertThat(records.unreadable())
                .extracting(unreadable -> unreadable.raw().strip())
                .containsExactly("WARN: throttled", "null", "]");
    }

    @Test
    void bytes_that_are_no_utf_8_cost_only_their_record() throws IOException {
        byte[] bytes = (prowler("a") + "\n" + prowler("b#") + "\n" + prowler("c")).getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '#' ? (byte) 0xC3 : bytes[i];
        }
        Records records = Records.of(bytes);
        assertThat(records.resources()).containsExactly("a", "c");
        assertThat(records.unreadable()).hasSize(1);
    }

    @Test
    void errors_name_the_exact_place_and_never_the_content() throws IOException {
        Records records = Records.of("[\n{\"secret\":\"hunter2\",\n  \"b\":hunter3}]");
        assertThat(records.unreadable().get(0).error())
                .startsWith("findings.json, line 3, column ")
                .contains("not valid JSON")
                .doesNotContain("hunter");
    }

    @Test
    void lines_are_counted_through_the_records_before_and_their_strings() throws IOException {
        String pretty = prowler("a\n").replace(",", ",\n");
        long lines = pretty.lines().count();
        Records records = Records.of(pretty + "\n  {}\n" + pretty + "\n{\"cut");
        assertThat(records.unreadable().get(0).error())
                .startsWith("findings.json, line " + (lines + 1) + ", column 3:");
        assertThat(records.problem().orElseThrow())
                .startsWith("findings.json, line " + (2 * lines + 2) + ", column 6:")
                .contains("inside the record that starts at line " + (2 * lines + 2) + ", column 1");
    }

    @Test
    void one_resource_without_an_id_does_not_cost_the_others() throws IOException {
        Records records = Records.of(asff("a").replace("\"Resources\":[", "\"Resources\":[{\"Type\":\"x\"},null,"));
        assertThat(records.resources()).containsExactly("a");
        assertThat(records.unreadable()).hasSize(2);
        assertThat(records.unreadable().get(0).error()).contains("a resource has no id");
    }

    @Test
    void what_is_no_finding_is_unreadable_one_by_one() throws IOException {
        Records records = Records.of("[null,{},{}]");
        assertThat(records.findings()).isEmpty();
        assertThat(records.unreadable()).hasSize(3);
    }

    @Test
    void a_duplicate_key_is_refused_as_one_of_two_results_would_be_lost() throws IOException {
        String twice =
                prowler("a").replace("\"status_code\":\"FAIL\"", "\"status_code\":\"FAIL\",\"status_code\":\"PASS\"");
        Records records = Records.of("[" + twice + "," + prowler("b") + "]");
        assertThat(records.resources()).containsExactly("b");
        assertThat(records.unreadable().get(0).error()).contains("a key stands twice");
        assertThat(records.unreadable().get(0).raw()).contains("PASS", "FAIL");
    }
}
