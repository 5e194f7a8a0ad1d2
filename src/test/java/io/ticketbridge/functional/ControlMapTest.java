package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One failing check named by several standards, and one control named by several scanners, are one ticket. */
class ControlMapTest {
    private static final String MAP =
            """
            s3-public-access:
              title: S3 buckets must block public access
              same-as: [s3_bucket_public_access, S3.8]
            """;

    /** One record per requirement, as Prowler's compliance output has it. */
    private static final String REQUIREMENT =
            """
            {"class_uid": 2003, "severity_id": 4, "time": 1739539623, "status_id": 1, "message": "bucket-1 is public",
             "metadata": {"event_code": "s3_bucket_public_access", "product": {"name": "Prowler", "version": "5.4.0"}},
             "finding_info": {"title": "Public buckets", "uid": "prowler-aws-x"},
             "compliance": {"standards": ["%s"], "requirements": ["%s"], "control": "Text of the requirement",
                            "status_id": 3, "checks": [{"uid": "s3_bucket_public_access", "name": "Public buckets", "desc": "d"}]},
             "resources": [{"uid": "bucket-1", "name": "bucket-1", "region": "eu-west-1"}],
             "cloud": {"provider": "aws", "region": "eu-west-1", "account": {"uid": "111122223333"}}}""";

    private static final String SECURITY_HUB =
            """
            {"SchemaVersion": "2018-10-08", "Id": "arn:x/1", "ProductArn": "arn:aws:securityhub:eu-west-1::product/aws/securityhub",
             "GeneratorId": "security-control/S3.8", "AwsAccountId": "111122223333", "Types": ["Software"],
             "CreatedAt": "2026-01-01T00:00:00Z", "UpdatedAt": "2026-01-01T00:00:00Z", "Severity": {"Label": "HIGH"},
             "Title": "Buckets block public access", "Description": "They should", "Region": "eu-west-1",
             "Resources": [{"Type": "AwsS3Bucket", "Id": "bucket-1", "Partition": "aws", "Region": "eu-west-1"}],
             "Compliance": {"Status": "FAILED", "SecurityControlId": "S3.8", "AssociatedStandards": [{"StandardsId": "NIST-800-53"}],
                            "RelatedRequirements": ["NIST-800-53 AC-3"]},
             "Workflow": {"Status": "NEW"}, "RecordState": "ACTIVE"}""";

    @TempDir
    private Path folder;

    private Path standards(String... standardsAndIds) {
        Scan scan = Scan.of();
        for (String each : standardsAndIds) {
            scan.raw(REQUIREMENT.formatted((Object[]) each.split(" ")));
        }
        return scan.write(folder);
    }

    @Test
    void a_check_that_several_standards_name_is_one_finding_and_its_ticket_lists_them() {
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL)) {
            Pass first = bridge.importFile(standards("PCI-4.0 1.2", "CIS-1.4 2.1.5", "NIST AC-3"));
            Pass again = bridge.importFile(standards("NIST AC-3", "PCI-4.0 1.2", "CIS-1.4 2.1.5"));

            assertThat(first.findings()).isEqualTo(Map.of("opened", 1L, "unchanged", 2L));
            assertThat(again.findings()).isEqualTo(Map.of("unchanged", 3L));
            assertThat(bridge.ticket().get("description"))
                    .contains("Serves: CIS-1.4 2.1.5; NIST AC-3; PCI-4.0 1.2", "1 resource fails:");
        }
    }

    @Test
    void one_record_that_names_many_standards_lists_them_too() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of()
                    .raw(SECURITY_HUB.replace(
                            "[\"NIST-800-53 AC-3\"]",
                            "[\"NIST-800-53 AC-3\", \"PCI DSS v3.2.1/7.2.1\", \"CIS 1.2.0/2.1\"]"))
                    .write(folder));

            assertThat(bridge.ticket().get("description"))
                    .contains("Serves: CIS 1.2.0 2.1; NIST-800-53 AC-3; PCI DSS v3.2.1 7.2.1");
        }
    }

    @Test
    void findings_of_two_scanners_on_one_control_are_one_ticket() throws IOException {
        Files.writeString(folder.resolve("controls.yaml"), MAP);
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL)
                .with(
                        "flow.compliance.control-map",
                        folder.resolve("controls.yaml").toString())) {
            Pass pass = bridge.importFile(Scan.of()
                    .raw(REQUIREMENT.formatted("CIS-1.4", "2.1.5"))
                    .raw(SECURITY_HUB)
                    .fails("other", "bucket-1")
                    .write(folder));
            Pass again = bridge.importFile(Scan.of().raw(SECURITY_HUB).write(folder));

            assertThat(pass.findings()).isEqualTo(Map.of("opened", 3L));
            assertThat(again.findings()).isEqualTo(Map.of("unchanged", 1L));
            assertThat(bridge.tickets()).hasSize(2);
            assertThat(bridge.ticket("S3 buckets must block public access").get("description"))
                    .contains("Checks: s3_bucket_public_access, security-control/S3.8")
                    .contains("Serves: CIS-1.4 2.1.5; NIST-800-53 AC-3")
                    .contains("2 findings fail:")
                    .contains("- bucket-1 [111122223333, eu-west-1]: bucket-1 is public (s3_bucket_public_access)")
                    .contains("- bucket-1 [111122223333, eu-west-1] (security-control/S3.8)");
            CommandRun told = CommandRun.of(
                    "explain", "s3-public-access", "--config", bridge.config().toString());
            assertThat(told.out()).contains("s3-public-access (by control (control), joined)");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_map_that_comes_later_opens_no_second_ticket_for_what_merely_moved(Ledger ledger) throws IOException {
        Files.writeString(folder.resolve("controls.yaml"), MAP);
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            Scan both = Scan.of()
                    .raw(REQUIREMENT.formatted("CIS-1.4", "2.1.5"))
                    .raw(SECURITY_HUB)
                    .fails("other", "disk-1");
            Path scan = both.write(folder);
            bridge.importFile(scan);
            assertThat(bridge.tickets()).hasSize(3);

            bridge.with(
                            "flow.compliance.control-map",
                            folder.resolve("controls.yaml").toString())
                    .restart();
            assertThat(bridge.importFile(scan).findings()).isEqualTo(Map.of("unchanged", 3L));
            assertThat(bridge.tickets()).hasSize(3);

            // What fails anew goes by the map, and so does what fails still once its old ticket is done.
            bridge.resolve(bridge.ticket("Public buckets"));
            Pass pass = bridge.importFile(
                    both.raw(SECURITY_HUB.replace("bucket-1", "bucket-2")).write(folder));
            assertThat(pass.tickets()).containsEntry("opened", 1L);
            assertThat(bridge.ticket("S3 buckets must block public access").get("description"))
                    .contains("2 findings fail:", "- bucket-1 ", "- bucket-2 ");

            // Without the map each goes back to its own.
            bridge.with("flow.compliance.control-map", null).restart();
            assertThat(bridge.importFile(scan).tickets()).doesNotContainKey("opened");
        }
    }

    /** Of one finding one record stays where it was, and the next one in the same page moves it. */
    @Test
    void a_map_of_one_requirement_moves_a_finding_that_another_names_too() throws IOException {
        Files.writeString(folder.resolve("controls.yaml"), MAP.replaceFirst("\\[.*]", "[\"CIS-1.4 2.1.5\"]"));
        try (Bridge bridge = Bridge.in(folder)) {
            Path scan = standards("CIS-1.4 2.1.1", "CIS-1.4 2.1.5");
            bridge.importFile(scan);
            bridge.with(
                            "flow.compliance.control-map",
                            folder.resolve("controls.yaml").toString())
                    .restart();
            bridge.resolve(bridge.ticket("Public buckets"));

            assertThat(bridge.importFile(scan).failure()).isEmpty();
            assertThat(bridge.importFile(scan).failure()).isEmpty();
            assertThat(bridge.tickets()).hasSizeGreaterThan(1);
        }
    }
}
