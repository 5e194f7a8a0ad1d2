package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.sandbox.http.Samples;
import io.ticketbridge.source.files.BrokenFindings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckNormaliserTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PostureAccount PAYMENTS =
            new PostureAccount("3c8f0d33-65f0-4802-97f3-4475bb70e43e", "prod-payments", "123456789012");

    private static SourceRecord record(PostureAccount account, JsonNode check) {
        AccountScan scan = new AccountScan(account, account.scope("eu"), null);
        return CheckNormaliser.finding(scan, check);
    }

    private static Finding finding(JsonNode check) {
        return (Finding) record(PAYMENTS, check);
    }

    private static ObjectNode check() {
        return parsed(
                """
                {"id": "ccc:3c8f0d33-65f0-4802-97f3-4475bb70e43e:S3-016:S3:us-east-1:payments-archive",
                 "accountId": "3c8f0d33-65f0-4802-97f3-4475bb70e43e", "service": "S3", "region": "us-east-1",
                 "ruleId": "S3-016", "resource": "payments-archive", "ruleTitle": "S3 Bucket Default Encryption",
                 "status": "FAILURE", "riskLevel": "HIGH", "description": "No default encryption"}""");
    }

    private static ObjectNode parsed(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Finding> samples() {
        JsonNode accounts = Samples.read("vision-one/cloud-posture-accounts-page-synthetic.json");
        JsonNode page = Samples.read("vision-one/cloud-posture-checks-page-synthetic.json");
        return page.path("items")
                .valueStream()
                .map(check -> (Finding) record(
                        accounts.path("items")
                                .valueStream()
                                .map(PostureAccount::of)
                                .filter(account -> account.id()
                                        .equals(check.path("accountId").asText()))
                                .findFirst()
                                .orElseThrow(),
                        check))
                .toList();
    }

    @Test
    void the_samples_say_one_failure_one_success_and_one_that_is_suppressed() {
        assertThat(samples())
                .extracting(Finding::check, Finding::result, Finding::severity, Finding::region, Finding::resource)
                .containsExactly(
                        tuple(
                                "S3-016",
                                Result.FAIL,
                                Severity.HIGH,
                                "us-east-1",
                                new Resource("S3:us-east-1:payments-archive", "payments-archive", "s3-bucket")),
                        tuple(
                                "EC2-074",
                                Result.PASS,
                                Severity.LOW,
                                "ap-south-1",
                                new Resource(
                                        "EC2:ap-south-1:sg-061c4319bdc0646a3",
                                        "sg-061c4319bdc0646a3",
                                        "ec2-securitygroup")),
                        tuple(
                                "KeyVault-004",
                                Result.SUPPRESSED,
                                Severity.MEDIUM,
                                "eastus",
                                new Resource(
                                        "KeyVault:eastus:/subscriptions/be98adad-6385-4323-bf42-c61234215c7c/resourceGroups/"
                                                + "rg-dev/providers/Microsoft.KeyVault/vaults/devKeyVault",
                                        "devKeyVault",
                                        "keyvault-vaults")));
    }

    @Test
    void the_samples_have_what_a_ticket_needs() {
        Finding bucket = samples().get(0);
        assertThat(bucket.scope()).isEqualTo("cloud-posture:eu/3c8f0d33-65f0-4802-97f3-4475bb70e43e");
        assertThat(bucket.account()).isEqualTo("3c8f0d33-65f0-4802-97f3-4475bb70e43e");
        assertThat(bucket.title()).isEqualTo("S3 Bucket Default Encryption");
        assertThat(bucket.message())
                .isEqualTo(
                        "Bucket payments-archive does not have default encryption enabled (prod-payments, 123456789012)");
        assertThat(bucket.url()).isEqualTo("https://example.com/knowledge-base/aws/S3/bucket-default-encryption");
        assertThat(bucket.observedAt()).isEqualTo(Instant.parse("2025-08-01T10:00:00Z"));
        assertThat(bucket.controls())
                .containsExactly(
                        new Control("", "S3-016", "S3 Bucket Default Encryption"),
                        new Control("AWAF", "AWAF", "AWAF"),
                        new Control("PCI-V4", "PCI-V4", "PCI-V4"),
                        new Control("NIST5", "NIST5", "NIST5"));
        assertThat(bucket.attributes())
                .containsEntry("accountName", "prod-payments")
                .containsEntry("accountNumber", "123456789012")
                .containsEntry("provider", "aws")
                .containsEntry("service", "S3")
                .containsEntry("riskLevel", "HIGH")
                .containsEntry("categories", "security")
                .containsEntry("tags", "Environment:production")
                .containsEntry(
                        "checkId", "ccc:3c8f0d33-65f0-4802-97f3-4475bb70e43e:S3-016:S3:us-east-1:payments-archive")
                .doesNotContainKeys("suppressedReason", "suppressedUntil");
        assertThat(samples().get(2).attributes())
                .containsEntry("accountNumber", "be98adad-6385-4323-bf42-c61234215c7c")
                .containsEntry("suppressedReason", "Development environment - security exception approved")
                .containsEntry("suppressedUntil", "2026-06-30T23:59:59Z");
    }

    @Test
    void the_pages_of_the_predecessor_are_no_checks_of_this_api_and_say_so() {
        JsonNode old =
                Samples.read("vision-one/conformity-legacy-checks-page.json").at("/data/0");

        Finding finding = finding(old);

        assertThat(finding.result()).as("its status is elsewhere").isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.check()).isEqualTo("AG-003");
        assertThat(finding.resource().uid()).isEqualTo("APIGateway:us-east-1:pl63negesk");
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, , PASS",
        "FAILURE, , FAIL",
        "FAILURE, suppressed, SUPPRESSED",
        "SUCCESS, suppressed, PASS",
        "FAILURE, excluded, SUPPRESSED",
        "SUCCESS, excluded, SUPPRESSED",
        "FAILURE, ignored, SUPPRESSED",
        "FAILURE, notScored, INCONCLUSIVE",
        "SUCCESS, notScored, INCONCLUSIVE",
        "PENDING, , INCONCLUSIVE",
        "'', suppressed, INCONCLUSIVE"
    })
    void status_and_flags_make_the_result(String status, String flag, Result result) {
        ObjectNode check = check().put("status", status);
        if (flag != null) {
            check.put(flag, true);
        }
        assertThat(finding(check).result()).isEqualTo(result);
    }

    @Test
    void a_suppression_that_the_source_still_has_counts_also_when_its_time_is_over() {
        ObjectNode check = check().put("suppressed", true).put("suppressedUntilDateTime", "2020-01-01T00:00:00Z");

        assertThat(finding(check).result()).isEqualTo(Result.SUPPRESSED);
    }

    @ParameterizedTest
    @CsvSource({
        "LOW, LOW",
        "MEDIUM, MEDIUM",
        "HIGH, HIGH",
        "VERY_HIGH, HIGH",
        "EXTREME, CRITICAL",
        "APOCALYPTIC, UNKNOWN",
        "'', UNKNOWN"
    })
    void five_risk_levels_become_four_severities(String level, Severity severity) {
        Finding finding = finding(check().put("riskLevel", level));

        assertThat(finding.severity()).isEqualTo(severity);
        assertThat(finding.attributes().getOrDefault("riskLevel", "")).isEqualTo(level);
    }

    @Test
    void standards_come_as_ids_or_as_objects_or_as_both() {
        ObjectNode check = check();
        check.putArray("compliances").add("PCI-V4").add("NIST5").addNull();
        check.putArray("complianceStandards")
                .add(parsed("{\"id\": \"PCI-V4\", \"name\": \"PCI DSS v4\"}"))
                .add(parsed("{\"id\": \"SOC2\"}"))
                .add("HIPAA");

        assertThat(finding(check).controls())
                .containsExactly(
                        new Control("", "S3-016", "S3 Bucket Default Encryption"),
                        new Control("PCI-V4", "PCI-V4", "PCI DSS v4"),
                        new Control("NIST5", "NIST5", "NIST5"),
                        new Control("SOC2", "SOC2", "SOC2"),
                        new Control("HIPAA", "HIPAA", "HIPAA"));
    }

    @Test
    void ids_with_colons_and_slashes_keep_them() {
        String arn = "arn:aws:rds:eu-central-1:111122223333:db:orders/1";
        ObjectNode check = check().put("id", "ccc:3c8f0d33:RDS-004:RDS:eu-central-1:" + arn)
                .put("resource", arn);

        assertThat(finding(check).resource().uid()).isEqualTo("RDS:eu-central-1:" + arn);
        assertThat(finding(check).account()).isEqualTo("3c8f0d33");
    }

    @Test
    void things_of_one_name_are_apart_by_service_and_region() {
        assertThat(List.of("S3:us-east-1", "DynamoDB:us-east-1", "S3:eu-west-1").stream()
                        .map(where -> finding(check().put("id", "ccc:a:X-1:" + where + ":payments"))
                                .resource()
                                .uid())
                        .distinct())
                .hasSize(3);
    }

    @Test
    void the_identity_is_the_same_when_everything_that_may_change_does() {
        ObjectNode changed = check().put("riskLevel", "EXTREME")
                .put("ruleTitle", "Default encryption of buckets")
                .put("description", "Still none")
                .put("status", "SUCCESS")
                .put("resourceName", "Bucket")
                .put("resourceId", "archive")
                .put("resourceType", "bucket")
                .put("suppressed", true)
                .put("updatedDateTime", "2026-02-01T00:00:00Z");
        changed.remove(List.of("resource", "service", "region", "ruleId", "accountId"));
        changed.putArray("tags").add("Stage::test");
        PostureAccount renamed = new PostureAccount(PAYMENTS.id(), "payments", "");

        Finding after = (Finding) record(renamed, changed);

        assertThat(after.id()).isEqualTo(finding(check()).id());
        assertThat(after.content()).isNotEqualTo(finding(check()).content());
    }

    @Test
    void a_new_scan_or_another_order_of_lists_is_no_news() {
        ObjectNode before = check().put("updatedDateTime", "2026-01-01T00:00:00Z");
        before.putArray("tags").add("A::1").add("B::2");
        ObjectNode after =
                check().put("updatedDateTime", "2026-01-02T00:00:00Z").put("description", "Still none");
        after.putArray("tags").add("B::2").add("A::1");
        after.putObject("aiSummary").put("text", "unknown");

        assertThat(finding(after).content()).isEqualTo(finding(before).content());
        assertThat(finding(after).attributes()).containsEntry("tags", "A:1, B:2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"ccc:a:b:c:d:e\"",
                "{}",
                "{\"id\": 7}",
                "{\"id\": \"S3-016\"}",
                "{\"id\": \"ccc:a:b:c:d\"}",
                "{\"id\": \"ccc:a:b:c:d:\"}",
                "{\"id\": \"ccc::b:c:d:e\"}"
            })
    void what_is_no_check_costs_only_itself(String json) throws IOException {
        assertThat(record(PAYMENTS, JSON.readTree(json)))
                .isInstanceOfSatisfying(Unreadable.class, unreadable -> assertThat(unreadable.error())
                        .startsWith("A check must be a JSON object with an id like ccc:ACCOUNT"));
    }

    @Test
    void with_its_id_alone_a_check_is_read_and_says_nothing() {
        Finding finding = finding(parsed("{\"id\": \"ccc:a:S3-016:S3:us-east-1:b\", \"tags\": null, \"items\": 7}"));

        assertThat(finding.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(finding.title()).isEqualTo("S3-016");
        assertThat(finding.message()).isEmpty();
        assertThat(finding.resource()).isEqualTo(new Resource("S3:us-east-1:b", "b", "S3"));
        assertThat(finding.observedAt()).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-03T00:00:00Z, 2026-01-02T00:00:00Z, 2026-01-01T00:00:00Z, 2026-01-03T00:00:00Z",
        "yesterday, 2026-01-02T00:00:00Z, 2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z",
        ", , 2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z"
    })
    void it_was_seen_when_it_was_last_updated_or_judged_or_made(
            String updated, String judged, String made, Instant seen) {
        ObjectNode check = check().put("updatedDateTime", updated)
                .put("statusUpdatedDateTime", judged)
                .put("createdDateTime", made);

        assertThat(finding(check).observedAt()).isEqualTo(seen);
    }

    @Test
    void where_to_read_more_is_the_page_on_its_resolution_or_else_what_that_refers_to() {
        ObjectNode check = check().put("resolutionReferenceLink", "https://example.com/reference");

        assertThat(finding(check).url()).isEqualTo("https://example.com/reference");
        assertThat(finding(check.put("resolutionPageUrl", "https://example.com/page"))
                        .url())
                .isEqualTo("https://example.com/page");
    }

    @Test
    void a_value_of_the_wrong_type_costs_no_more_than_its_check() {
        List<SourceRecord> read = BrokenFindings.ofWrongTypes(check().toString()).stream()
                .map(mutant -> record(PAYMENTS, parsed(mutant)))
                .toList();

        assertThat(read).hasSizeGreaterThan(100).doesNotContainNull().hasAtLeastOneElementOfType(Finding.class);
    }
}
