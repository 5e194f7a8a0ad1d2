package io.ticketbridge.sandbox.scans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.sandbox.http.Samples;
import io.ticketbridge.testing.HandClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedCloudTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOGGING = "s3_bucket_server_access_logging_enabled";

    private final HandClock clock = new HandClock("2026-11-02T10:00:00Z");
    private final SimulatedCloud cloud = SimulatedCloud.ofUsualSize(1, clock);

    @TempDir
    Path folder;

    @Test
    void the_usual_cloud_has_about_700_observations_of_which_60_fail_over_12_checks() {
        assertThat(cloud.accounts()).hasSize(3).allMatch(account -> account.matches("\\d{12}"));
        assertThat(cloud.observations()).hasSizeBetween(650, 750);
        assertThat(cloud.failing()).hasSize(60);
        assertThat(cloud.failing().stream().map(Observation::check).distinct()).hasSize(12);
        assertThat(cloud.observations().stream().filter(Observation::muted)).hasSize(2);
        assertThat(cloud.observations().stream().filter(seen -> seen.status() == Status.MANUAL))
                .hasSize(3);
        assertThat(cloud.observations())
                .extracting(seen -> seen.check() + seen.resourceUid())
                .doesNotHaveDuplicates();
    }

    @Test
    void the_same_seed_and_clock_give_the_same_files() throws IOException {
        List<Path> first = cloud.writeScan(folder.resolve("a"));
        List<Path> second = SimulatedCloud.ofUsualSize(1, clock).writeScan(folder.resolve("b"));

        assertThat(first).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(second.get(i).getFileName()).isEqualTo(first.get(i).getFileName());
            assertThat(second.get(i)).hasSameBinaryContentAs(first.get(i));
        }
        assertThat(SimulatedCloud.ofUsualSize(2, clock).failing()).isNotEqualTo(cloud.failing());
    }

    @Test
    void a_scan_is_one_file_per_account_and_nothing_is_left_beside_it() throws IOException {
        List<Path> written = cloud.writeScan(folder);

        assertThat(written)
                .allMatch(file ->
                        file.getFileName().toString().matches("prowler-output-\\d{12}-20261102110000.ocsf.json"));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrderElementsOf(written);
        }
        int records = 0;
        for (Path file : written) {
            records += read(file).size();
        }
        assertThat(records).isEqualTo(cloud.observations().size());
    }

    @Test
    void records_have_the_shape_of_the_sample() throws IOException {
        // Frameworks and resource blobs differ from record to record. The sample's labels are empty, and it is older
        // than
        // the scan's own ids.
        String[] open = {".unmapped.compliance", ".resources[].data.metadata"};
        JsonNode sample = Samples.read("compliance/prowler-ocsf.json");
        Set<String> known = new TreeSet<>();
        sample.forEach(record -> known.addAll(Samples.shape(record, open)));
        known.addAll(Set.of(
                ".resources[].labels[]:STRING",
                ".unmapped.scan_id:STRING",
                ".unmapped.provider_uid:STRING",
                ".unmapped.provider:STRING"));

        JsonNode records = read(cloud.writeScan(folder).get(0));

        records.forEach(record -> {
            assertThat(known).containsAll(Samples.shape(record, open));
            assertThat(Samples.shape(record, open)).containsAll(shapeOfAll(sample.get(0), open));
        });
    }

    @Test
    void results_times_and_mutes_are_written_as_prowler_does() throws IOException {
        List<JsonNode> records = readAll(cloud.writeScan(folder));

        assertThat(records.stream()
                        .collect(Collectors.groupingBy(r -> r.get("status_code").asText(), Collectors.counting())))
                .containsEntry("FAIL", 62L)
                .containsEntry("MANUAL", 3L);
        assertThat(records.stream().filter(record -> record.get("status_id").asInt() == 3))
                .hasSize(2)
                .allMatch(record -> record.get("status").asText().equals("Suppressed"))
                .allMatch(record -> record.get("status_code").asText().equals("FAIL"));
        assertThat(records).allSatisfy(record -> {
            assertThat(record.get("time").asLong()).isEqualTo(1_793_613_600L);
            assertThat(record.get("time_dt").asText()).isEqualTo("2026-11-02T11:00:00.913874");
            assertThat(record.at("/finding_info/uid").asText()).startsWith("prowler-aws-");
            assertThat(record.at("/severity_id").asInt()).isBetween(1, 5);
        });
        assertThat(records).anyMatch(record -> record.at("/unmapped/compliance").size() > 15);
    }

    @Test
    void fixed_and_broken_resources_show_in_the_next_scan() throws IOException {
        Observation failure = failure(LOGGING);
        cloud.fix(LOGGING, failure.resourceUid());
        assertThat(status(LOGGING, failure.resourceUid())).isEqualTo("PASS");
        cloud.breakAgain(LOGGING, failure.resourceUid());
        assertThat(status(LOGGING, failure.resourceUid())).isEqualTo("FAIL");
        cloud.mute(LOGGING, failure.resourceUid());
        assertThat(cloud.failing()).hasSize(59);
        assertThatThrownBy(() -> cloud.fix(LOGGING, "arn:aws:s3:::nobody"))
                .hasMessageContaining(LOGGING)
                .hasMessageContaining("arn:aws:s3:::nobody");
    }

    @Test
    void a_replaced_resource_is_gone_and_never_passes() throws IOException {
        Observation failure = failure(LOGGING);
        int before = cloud.observations().size();

        String successor = cloud.replaceResource(LOGGING, failure.resourceUid());

        List<JsonNode> records = readAll(cloud.writeScan(folder));
        assertThat(records).hasSize(before).noneMatch(record -> uid(record).equals(failure.resourceUid()));
        assertThat(records.stream().filter(record -> uid(record).equals(successor)))
                .hasSize(4);
        assertThat(status(LOGGING, successor)).isEqualTo("PASS");
    }

    @Test
    void two_scans_in_one_second_have_names_and_times_of_their_own() throws IOException {
        String account = cloud.accounts().get(0);
        Path first = cloud.writeScan(folder, account, ScanFormat.OCSF, ScanVariant.COMPLETE);
        Path second = cloud.writeScan(folder, account, ScanFormat.OCSF, ScanVariant.COMPLETE);

        assertThat(second).isNotEqualTo(first);
        assertThat(read(second).at("/0/time").asLong())
                .isEqualTo(read(first).at("/0/time").asLong() + 1);
    }

    @Test
    void variants_are_incomplete_in_their_own_ways() throws IOException {
        JsonNode complete = read(variant(ScanVariant.COMPLETE));

        assertThat(Files.readString(variant(ScanVariant.EMPTY))).isEqualTo("[]");
        assertThat(Files.readString(variant(ScanVariant.UNTERMINATED))).endsWith("},");
        assertThatThrownBy(() -> read(variant(ScanVariant.UNTERMINATED))).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> read(variant(ScanVariant.CUT_WITHIN_A_RECORD))).isInstanceOf(JacksonException.class);
        assertThat(Files.readString(variant(ScanVariant.APPENDED)))
                .startsWith("[{")
                .contains("}]{")
                .endsWith("}]");
        JsonNode partial = read(variant(ScanVariant.MISSING_REGION));
        assertThat(partial.size()).isBetween(1, complete.size() - 1);
        assertThat(partial)
                .noneMatch(record -> record.at("/cloud/region").asText().equals("us-east-1"));
        JsonNode duplicate = read(variant(ScanVariant.DUPLICATE_RECORD));
        assertThat(duplicate).hasSize(complete.size() + 1);
        Map<String, List<String>> contradictions = new TreeMap<>();
        read(variant(ScanVariant.PASS_AND_FAIL)).forEach(record -> contradictions
                .computeIfAbsent(record.at("/finding_info/uid").asText(), uid -> new ArrayList<>())
                .add(record.get("status_code").asText()));
        assertThat(contradictions.values())
                .filteredOn(seen -> seen.size() > 1)
                .containsExactly(List.of("FAIL", "PASS"));
    }

    @Test
    void asff_has_the_shape_of_the_sample_and_prowlers_statuses() throws IOException {
        JsonNode records = read(cloud.writeScan(folder, ScanFormat.ASFF).get(0));

        assertThat(records.findValuesAsText("Status")).contains("PASSED", "FAILED", "NOT_AVAILABLE");
        assertThat(records).allSatisfy(record -> assertThat(
                        record.at("/Compliance/RelatedRequirements").size())
                .isLessThanOrEqualTo(32));
        Set<String> sample = Samples.shape(Samples.read("compliance/asff.json").get(0));
        records.forEach(record -> assertThat(sample).containsAll(Samples.shape(record)));
    }

    @Test
    void a_stream_has_as_many_records_as_asked_for_each_with_an_identity_of_its_own() throws IOException {
        ByteArrayOutputStream ndjson = new ByteArrayOutputStream();
        cloud.writeScan(ndjson, ScanFormat.NDJSON, 2_000);
        Set<String> identities = new TreeSet<>();
        for (String line : ndjson.toString(StandardCharsets.UTF_8).split("\n")) {
            JsonNode record = JSON.readTree(line);
            identities.add(record.at("/metadata/event_code").asText() + uid(record));
        }
        assertThat(identities).hasSize(2_000);

        ByteArrayOutputStream failures = new ByteArrayOutputStream();
        cloud.writeFailures(failures, ScanFormat.OCSF, LOGGING, 500);
        JsonNode records = JSON.readTree(failures.toByteArray());
        assertThat(records)
                .hasSize(500)
                .allMatch(record -> record.get("status_code").asText().equals("FAIL"));
    }

    @Test
    void a_streamed_record_has_a_realistic_size() throws IOException {
        long[] bytes = {0};
        OutputStream sink = new OutputStream() {
            @Override
            public void write(int b) {
                bytes[0]++;
            }

            @Override
            public void write(byte[] b, int from, int length) {
                bytes[0] += length;
            }
        };

        cloud.writeScan(sink, ScanFormat.OCSF, 20_000);

        assertThat(bytes[0] / 20_000).isBetween(2_000L, 12_000L);
    }

    @Test
    void scans_move_with_the_clock() throws IOException {
        clock.advance(Duration.ofDays(1));

        assertThat(cloud.writeScan(folder).get(0).getFileName().toString()).contains("-20261103110000.");
    }

    private Observation failure(String check) {
        return cloud.failing().stream()
                .filter(seen -> seen.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private Path variant(ScanVariant variant) throws IOException {
        return cloud.writeScan(folder, cloud.accounts().get(0), ScanFormat.OCSF, variant);
    }

    private String status(String check, String resourceUid) throws IOException {
        return readAll(cloud.writeScan(folder)).stream()
                .filter(record -> record.at("/metadata/event_code").asText().equals(check))
                .filter(record -> uid(record).equals(resourceUid))
                .map(record -> record.get("status_code").asText())
                .collect(Collectors.joining(","));
    }

    private static Set<String> shapeOfAll(JsonNode record, String... open) {
        // Only some records have values in these arrays.
        return Samples.shape(record, open).stream()
                .filter(path -> !path.startsWith(".unmapped.categories[]"))
                .collect(Collectors.toSet());
    }

    private static String uid(JsonNode record) {
        return record.at("/resources/0/uid").asText();
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    private static List<JsonNode> readAll(List<Path> files) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (Path file : files) {
            read(file).forEach(records::add);
        }
        return records;
    }
}
