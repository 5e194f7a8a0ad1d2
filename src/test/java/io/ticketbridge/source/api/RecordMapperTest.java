package io.ticketbridge.source.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.source.files.FindingsFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordMapperTest {
    private static final Path HUB = Path.of("docs/examples/security-hub-page.json");
    private static final Path PROWLER = Path.of("docs/examples/prowler-app-page.json");

    @Test
    void a_page_of_security_hub_becomes_findings() {
        List<Finding> findings = Mapped.findings(Mapped.shipped("security-hub.yaml"), Mapped.file(HUB));

        assertThat(findings)
                .extracting(each -> each.resource().uid(), Finding::result, Finding::severity)
                .containsExactly(
                        tuple("arn:aws:s3:::shop-invoices", Result.FAIL, Severity.HIGH),
                        tuple("arn:aws:s3:::shop-website", Result.SUPPRESSED, Severity.HIGH),
                        tuple("arn:aws:s3:::shop-logs", Result.PASS, Severity.INFORMATIONAL),
                        tuple(
                                "arn:aws:ec2:eu-central-1:111122223333:security-group/sg-0a1b2c3d",
                                Result.FAIL,
                                Severity.CRITICAL),
                        tuple("AWS::::Account:111122223333", Result.INCONCLUSIVE, Severity.INFORMATIONAL));
        Finding first = findings.get(0);
        assertThat(first.scope()).isEqualTo("arn:aws:securityhub:::product/aws/securityhub");
        assertThat(first.account()).isEqualTo("111122223333");
        assertThat(first.region()).isEqualTo("eu-central-1");
        assertThat(first.check()).isEqualTo("security-control/S3.8");
        assertThat(first.observedAt()).isEqualTo(Instant.parse("2026-11-28T06:11:12Z"));
        assertThat(first.controls())
                .containsExactly(
                        new Control("", "S3.8", "S3 general purpose buckets should block public access"),
                        new Control("standards/aws-foundational-security-best-practices/v/1.0.0", "S3.8", ""));
        assertThat(first.attributes()).containsEntry("accountName", "shop-production");
        assertThat(findings.get(4).message()).isEqualTo("AWS Config evaluated no resources for this rule.");
    }

    /** Whoever changes from files to the API, or back, opens no second tickets. */
    @Test
    void findings_of_security_hub_are_the_same_as_those_of_a_file() throws IOException {
        List<SourceRecord> ofFile =
                new FindingsFiles(null, flow -> true, true, Clock.systemUTC()).reread(Files.readString(HUB));

        assertThat(Mapped.findings(Mapped.shipped("security-hub.yaml"), Mapped.file(HUB)))
                .extracting(Finding::id, Finding::result, Finding::severity)
                .containsExactlyElementsOf(ofFile.stream()
                        .map(Finding.class::cast)
                        .map(each -> tuple(each.id(), each.result(), each.severity()))
                        .toList());
    }

    @Test
    void a_page_of_prowler_app_becomes_findings_joined_with_resource_and_provider() {
        List<Finding> findings = Mapped.findings(Mapped.shipped("prowler-app.yaml"), Mapped.file(PROWLER));

        assertThat(findings)
                .extracting(Finding::check, each -> each.resource().name(), Finding::result, Finding::severity)
                .containsExactly(
                        tuple("iam_root_mfa_enabled", "root", Result.PASS, Severity.CRITICAL),
                        tuple("s3_bucket_public_access", "shop-invoices", Result.FAIL, Severity.HIGH),
                        tuple("s3_bucket_public_access", "shop-logs", Result.SUPPRESSED, Severity.HIGH),
                        tuple("s3_bucket_object_versioning", "shop-invoices", Result.FAIL, Severity.MEDIUM));
        Finding second = findings.get(1);
        assertThat(second.scope()).isEqualTo("prowler-app aws 111122223333");
        assertThat(second.account()).isEqualTo("111122223333");
        assertThat(second.region()).isEqualTo("eu-central-1");
        assertThat(second.resource().uid()).isEqualTo("arn:aws:s3:::shop-invoices");
        assertThat(second.title()).isEqualTo("S3 bucket is not publicly accessible");
        assertThat(second.message()).contains("due to bucket policy");
    }

    /** A public ASFF export: the same records that GetFindings answers with. */
    @Test
    void a_real_export_of_security_hub_is_read_by_the_shipped_mapping() {
        Path sample = Path.of("../shared/samples/compliance/asff.json");
        assumeTrue(Files.exists(sample), "no sample files beside the project");
        ObjectNode page = new ObjectMapper().createObjectNode();
        page.set("Findings", Mapped.file(sample));

        assertThat(Mapped.findings(Mapped.shipped("security-hub.yaml"), page)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {'id':'1','state':'BAD'}                           | finding.check (line 4): /rule is not there, or empty
            {'id':'1','rule':{'a':1},'state':'BAD'}            | finding.check (line 4): /rule is an object where one text is needed
            {'rule':'r','state':'BAD'}                         | finding.resources.uid (line 5): /id is not there, or empty
            {'id':['1','2'],'rule':'r','state':'BAD'}          | finding.resources.uid (line 5): /id is a list where one text is needed
            {'id':'1','rule':'r'}                              | finding.result.from (line 6): /state is not there, or empty
            ['1']                                              | a record must be an object
            """)
    void a_record_that_can_not_be_told_from_others_is_said_and_never_guessed(String record, String said) {
        assertThat(Mapped.error(Mapped.WHOLE, record))
                .startsWith("Mapping own.yaml, ")
                .contains(said)
                .endsWith("mend the mapping and replay, or correct the record at its source");
    }

    @Test
    void a_record_without_things_that_it_is_about_is_said_and_one_bad_thing_costs_no_other() {
        String each = Mapped.WHOLE.replace("{uid: /id}", "{each: /things, uid: /id}");
        assertThat(Mapped.error(each, "{'rule':'r','state':'BAD','things':[]}"))
                .contains("/things names nothing that the record is about");

        List<SourceRecord> records = new RecordMapper(Mapped.of(each), "s")
                .findings(Mapped.json("{'rule':'r','state':'BAD','things':[{'id':'1'},{'id':''},{'id':'3'}]}"));
        assertThat(records)
                .extracting(one ->
                        one instanceof Finding finding ? finding.resource().uid() : "unreadable")
                .containsExactly("1", "unreadable", "3");
        assertThat(((Unreadable) records.get(1)).raw()).contains("\"things\"");
    }

    @Test
    void words_are_compared_in_any_case_and_what_is_neither_is_inconclusive() {
        assertThat(Mapped.finding(Mapped.WHOLE, "{'id':'1','rule':'r','state':'Good'}")
                        .result())
                .isEqualTo(Result.PASS);
        assertThat(Mapped.finding(Mapped.WHOLE, "{'id':'1','rule':'r','state':'skipped'}")
                        .result())
                .isEqualTo(Result.INCONCLUSIVE);
        String failures = Mapped.WHOLE.replace("{from: /state, fail: BAD, pass: GOOD}", "fail");
        assertThat(Mapped.finding(failures, "{'id':'1','rule':'r'}").result()).isEqualTo(Result.FAIL);
    }

    @ParameterizedTest
    @CsvSource({"urgent, CRITICAL", "Moderate, MEDIUM", "9, HIGH", "odd, UNKNOWN"})
    void severities_have_usual_words_and_the_sources_own(String word, Severity severity) {
        String mapping = Mapped.WHOLE + "  severity: {from: /level, critical: Urgent, high: [8, 9]}\n";
        assertThat(Mapped.finding(mapping, "{'id':'1','rule':'r','state':'BAD','level':'" + word + "'}")
                        .severity())
                .isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({
        "1764396000, 2025-11-29T06:00:00Z",
        "1764396000123, 2025-11-29T06:00:00.123Z",
        "2025-11-29T07:00:00+01:00, 2025-11-29T06:00:00Z",
        "2025-11-29T07:00:00.000+0100, 2025-11-29T06:00:00Z",
        "2025-11-29 06:00:00, 2025-11-29T06:00:00Z",
        "yesterday, 1970-01-01T00:00:00Z"
    })
    void times_are_seconds_milliseconds_or_rfc_3339(String written, Instant time) {
        assertThat(Mapped.finding(
                                Mapped.WHOLE + "  observed-at: /at\n",
                                "{'id':'1','rule':'r','state':'BAD','at':'" + written + "'}")
                        .observedAt())
                .isEqualTo(time);
    }

    @Test
    void a_thing_may_use_its_whole_record_in_jq() {
        String mapping = Mapped.WHOLE.replace("{uid: /id}", "{each: /things, uid: {jq: '$record.rule + \"/\" + .id'}}");
        assertThat(Mapped.finding(mapping, "{'rule':'r','state':'BAD','things':[{'id':'1'}]}")
                        .resource()
                        .uid())
                .isEqualTo("r/1");
    }

    /** Pointers and jq are compiled once; the join is done once a page. */
    @ParameterizedTest
    @CsvSource({"security-hub.yaml, Findings", "prowler-app.yaml, data"})
    void a_page_of_five_hundred_records_takes_no_seconds(String name, String list) {
        Mapping mapping = Mapped.shipped(name);
        JsonNode page = Mapped.file(name.startsWith("sec") ? HUB : PROWLER);
        ArrayNode records = (ArrayNode) page.get(list);
        int first = records.size();
        for (int i = first; i < 500; i++) {
            records.add(records.get(i % first).deepCopy());
        }
        Mapped.findings(mapping, page);

        // Of the processor: others may keep it busy.
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long start = thread.getCurrentThreadCpuTime();
        List<Finding> findings = Mapped.findings(mapping, page);
        Duration taken = Duration.ofNanos(thread.getCurrentThreadCpuTime() - start);

        assertThat(findings).hasSize(500);
        assertThat(taken).isLessThan(Duration.ofSeconds(2));
    }
}
