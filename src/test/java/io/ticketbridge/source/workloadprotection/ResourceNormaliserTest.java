package io.ticketbridge.source.workloadprotection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.source.files.BrokenFindings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a control's list says of a resource, as a finding. */
class ResourceNormaliserTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final String BUCKET =
            """
            {'name': 'invoices', 'passed': false, 'hash': 'bbb7a5475d0ddf44', 'type': 'S3 Bucket', 'account': 'prd-1',
             'location': 'eu-central-1', 'organization': 'o-1', 'acceptance': null, 'lastSeenDate': '1759578242516',
             'zones': [{'id': '1', 'name': 'Production'}, {'id': '2', 'name': 'Entire Infrastructure'}],
             'labelValues': ['team: web', 'app: shop'], 'globalId': ''}""";

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static PostureControl control(String more) {
        JsonNode control = json(
                "{'id': '16026', 'name': 'S3 - Enabled Versioning', 'description': 'Versions are kept.', 'severity':"
                        + " 'High', 'resourceKind': 'AWS_S3_BUCKET', 'target': 'AWS', 'resourceApiEndpoint':"
                        + " '/api/cspm/v1/cloud/resources?controlId=16026'" + more + "}");
        PostureControl known = new PostureControl(control);
        known.add(json("{'name': '2.1.2 MFA Delete', 'policyName': 'CIS AWS', 'zone': {'id': '1'}}"), control);
        known.add(json("{'name': 'A1.2 Recovery', 'policyName': 'SOC 2', 'zone': {'id': '2'}}"), control);
        return known;
    }

    private static SourceRecord read(String resource) {
        return new ResourceNormaliser("workload-protection:guid", control(""), NOW).finding(json(resource));
    }

    private static Finding finding(String resource) {
        return (Finding) read(resource);
    }

    @Test
    void a_failing_bucket_is_a_finding_with_every_requirement_that_its_control_serves() {
        Finding finding = finding(BUCKET);

        assertThat(finding.scope()).isEqualTo("workload-protection:guid");
        assertThat(finding.account()).isEqualTo("prd-1");
        assertThat(finding.region()).isEqualTo("eu-central-1");
        assertThat(finding.check()).isEqualTo("16026");
        assertThat(finding.resource()).isEqualTo(new Resource("bbb7a5475d0ddf44", "invoices", "S3 Bucket"));
        assertThat(finding.result()).isEqualTo(Result.FAIL);
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.title()).isEqualTo("S3 - Enabled Versioning");
        assertThat(finding.description()).isEqualTo("Versions are kept.");
        assertThat(finding.message()).isEqualTo("In zones Entire Infrastructure, Production");
        assertThat(finding.controls())
                .containsExactly(
                        new Control("", "16026", "S3 - Enabled Versioning"),
                        new Control("CIS AWS", "2.1.2 MFA Delete", ""),
                        new Control("SOC 2", "A1.2 Recovery", ""));
        assertThat(finding.observedAt()).isEqualTo(Instant.parse("2025-10-04T11:44:02.516Z"));
        assertThat(finding.attributes())
                .isEqualTo(Map.of(
                        "platform", "AWS",
                        "resourceKind", "AWS_S3_BUCKET",
                        "organization", "o-1",
                        "labels", "app: shop, team: web"));
    }

    @Test
    void neither_policy_nor_zone_is_part_of_its_identity_or_makes_news_of_it() {
        Finding one = finding(BUCKET);
        Finding other = finding(BUCKET.replace("{'id': '1', 'name': 'Production'}, ", ""));

        assertThat(other.id()).isEqualTo(one.id());
        assertThat(other.content()).isEqualTo(one.content());
    }

    @Test
    void a_host_has_other_fields_and_counts_in_seconds() {
        Finding host = finding(
                "{'name': 'web-1', 'type': 'Host', 'passed': false, 'configError': 'no access', 'clusterName': 'N/A',"
                        + " 'hash': 'fe65', 'platformAccountId': '1234', 'cloudRegion': 'us-south', 'acceptance': null,"
                        + " 'lastSeenDate': '1759355449'}");

        assertThat(host.account()).isEqualTo("1234");
        assertThat(host.region()).isEqualTo("us-south");
        assertThat(host.message()).isEqualTo("no access");
        assertThat(host.observedAt()).isEqualTo(Instant.parse("2025-10-01T21:50:49Z"));
        assertThat(host.attributes()).doesNotContainKeys("cluster", "labels", "organization");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    'passed': true | PASS
                    'passed': false | FAIL
                    'passed': null | INCONCLUSIVE
                    'passed': 'yes' | INCONCLUSIVE
                    'other': 1 | INCONCLUSIVE
                    'passed': false, 'acceptance': {'reason': 'Risk Owned'} | SUPPRESSED
                    'passed': false, 'acceptance': {} | SUPPRESSED
                    'passed': false, 'acceptance': {'expiresAt': '0'} | SUPPRESSED
                    'passed': false, 'acceptance': {'expiresAt': '1796000000000'} | SUPPRESSED
                    'passed': false, 'acceptance': {'expiresAt': '1763000000000'} | FAIL
                    'passed': false, 'acceptance': {'expiresAt': '1795953600000'} | FAIL
                    'passed': false, 'acceptance': {'expiresAt': '1795953600001'} | SUPPRESSED
                    'passed': false, 'acceptance': {'expirationDate': '1763000000000'} | FAIL
                    'passed': false, 'acceptance': {'isExpired': true} | FAIL
                    'passed': true, 'acceptance': {'isExpired': true} | PASS
                    'passed': true, 'acceptance': {'reason': 'Risk Owned'} | SUPPRESSED
                    """,
            quoteCharacter = '~')
    void what_is_accepted_is_suppressed_for_as_long_as_that_holds(String fields, Result result) {
        assertThat(finding("{'hash': 'a', " + fields + "}").result()).isEqualTo(result);
    }

    @Test
    void who_accepted_it_why_and_until_when_is_kept() {
        assertThat(finding(BUCKET.replace(
                                "'acceptance': null",
                                "'acceptance': {'reason': 'Risk Owned', 'username': 'beth@example.com', 'expiresAt':"
                                        + " '1796000000000'}"))
                        .attributes())
                .containsEntry("acceptedBy", "beth@example.com")
                .containsEntry("acceptedReason", "Risk Owned")
                .containsEntry("acceptedUntil", "2026-11-30T00:53:20Z");
    }

    @Test
    void an_acceptance_may_name_the_same_otherwise() {
        assertThat(finding(
                                BUCKET.replace(
                                        "'acceptance': null",
                                        "'acceptance': {'justification': 'a test', 'userDisplayName': 'Beth', 'username': 'b'}"))
                        .attributes())
                .containsEntry("acceptedBy", "Beth")
                .containsEntry("acceptedReason", "a test")
                .doesNotContainKey("acceptedUntil");
    }

    @ParameterizedTest
    @CsvSource({
        "99999999999, 5138-11-16T09:46:39Z",
        "100000000000, 1973-03-03T09:46:40Z",
        "0, 1970-01-01T00:00:00Z",
        "-1, 1970-01-01T00:00:00Z",
        "yesterday, 1970-01-01T00:00:00Z"
    })
    void a_time_is_told_in_seconds_or_milliseconds(String said, Instant time) {
        assertThat(finding("{'hash': 'a', 'lastSeenDate': '" + said + "'}").observedAt())
                .isEqualTo(time);
    }

    @Test
    void what_a_person_has_to_look_at_says_nothing() {
        SourceRecord manual = new ResourceNormaliser("s", control(", 'isManual': true"), NOW).finding(json(BUCKET));

        assertThat(((Finding) manual).result()).isEqualTo(Result.INCONCLUSIVE);
    }

    @Test
    void the_global_id_stands_in_for_the_hash_and_without_both_nothing_can_be_told_apart() {
        assertThat(finding("{'hash': '', 'globalId': 'g-1', 'passed': true}")
                        .resource()
                        .uid())
                .isEqualTo("g-1");
        assertThat(read("{'name': 'x', 'passed': true}"))
                .isInstanceOfSatisfying(Unreadable.class, unreadable -> assertThat(unreadable.error())
                        .contains("16026", "hash or a globalId"));
    }

    @Test
    void of_what_two_lists_say_the_worse_counts_and_where_one_is_missing_only_failures() {
        PostureControl control = control("");
        ControlFindings findings = new ControlFindings("s", control, NOW);
        String accepted = BUCKET.replace("'acceptance': null", "'acceptance': {'reason': 'Risk Owned'}");
        String passing = BUCKET.replace("bbb7a5475d0ddf44", "other").replace("'passed': false", "'passed': true");
        findings.take(new ResourcePage(control, List.of(json(accepted), json(passing)), Optional.empty(), false));
        findings.take(new ResourcePage(control, List.of(json(BUCKET)), Optional.empty(), true));

        assertThat(findings.records())
                .extracting(record -> ((Finding) record).result())
                .containsExactly(Result.FAIL, Result.PASS);

        findings.breakOff();

        assertThat(findings.records())
                .extracting(record -> ((Finding) record).result())
                .containsExactly(Result.FAIL);
    }

    @Test
    void a_value_of_the_wrong_type_costs_no_more_than_its_resource() {
        List<SourceRecord> read = BrokenFindings.ofWrongTypes(BUCKET.replace('\'', '"')).stream()
                .map(ResourceNormaliserTest::read)
                .toList();

        assertThat(read).hasSizeGreaterThan(100).doesNotContainNull().hasAtLeastOneElementOfType(Finding.class);
    }
}
