package io.ticketbridge.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a person reads in the published samples of each format. */
class SamplesTest {
    private static final Path SAMPLES = Path.of("../shared/samples/compliance");

    private static List<Finding> read(String name) throws IOException {
        Path file = SAMPLES.resolve(name);
        assumeTrue(
                Files.exists(file),
                "skipped: no sample at " + file.toAbsolutePath().normalize());
        Records records = Records.of(Files.newInputStream(file));
        assertThat(records.unreadable()).isEmpty();
        assertThat(records.problem()).isEmpty();
        assertThat(records.complete()).isTrue();
        return records.findings();
    }

    @Test
    void prowler_says_two_failures_one_manual_one_pass_and_one_muted() throws IOException {
        assertThat(read("prowler-ocsf.json"))
                .extracting(
                        Finding::check,
                        Finding::result,
                        Finding::severity,
                        Finding::scope,
                        Finding::account,
                        Finding::region)
                .containsExactly(
                        tuple(
                                "accessanalyzer_enabled",
                                Result.FAIL,
                                Severity.LOW,
                                "prowler:aws",
                                "<account_uid>",
                                "<region>"),
                        tuple(
                                "account_maintain_current_contact_details",
                                Result.INCONCLUSIVE,
                                Severity.MEDIUM,
                                "prowler:aws",
                                "<account_uid>",
                                ""),
                        tuple(
                                "apikeys_key_exists",
                                Result.PASS,
                                Severity.MEDIUM,
                                "prowler:gcp",
                                "<project_id>",
                                "global"),
                        tuple(
                                "apiserver_always_pull_images_plugin",
                                Result.FAIL,
                                Severity.MEDIUM,
                                "prowler:kubernetes",
                                "",
                                "<namespace>"),
                        tuple(
                                "iam_role_permissive_trust_relationship",
                                Result.SUPPRESSED,
                                Severity.HIGH,
                                "prowler:aws",
                                "123456789012",
                                ""));
    }

    @Test
    void prowler_details_stand_where_a_ticket_needs_them() throws IOException {
        List<Finding> findings = read("prowler-ocsf.json");
        Finding first = findings.get(0);
        assertThat(first.resource()).isEqualTo(new Resource("<resource_uid>", "<resource_name>", "Other"));
        assertThat(first.title()).isEqualTo("Check if IAM Access Analyzer is enabled");
        assertThat(first.message()).isEqualTo("IAM Access Analyzer in account <account_uid> is not enabled.");
        assertThat(first.remediation()).startsWith("Enable IAM Access Analyzer for all accounts");
        assertThat(first.url())
                .isEqualTo("https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html");
        assertThat(first.observedAt()).isEqualTo(Instant.parse("2025-02-14T13:27:03Z"));
        assertThat(first.controls())
                .startsWith(new Control("", "accessanalyzer_enabled", "Check if IAM Access Analyzer is enabled"))
                .contains(new Control("CIS-1.4", "1.20", ""), new Control("KISA-ISMS-P-2023", "2.8.2", ""))
                .hasSize(16);
        assertThat(first.attributes())
                .containsEntry("provider", "aws")
                .containsEntry("service", "accessanalyzer")
                .containsEntry("product", "Prowler")
                .containsKey("risk")
                .doesNotContainKeys("categories", "tags");
        assertThat(findings.get(3).attributes()).containsEntry("categories", "cluster-security");
        assertThat(findings.get(4).attributes()).containsEntry("categories", "trustboundaries");
        assertThat(findings.get(4).observedAt()).isEqualTo(Instant.parse("2024-06-03T14:15:19.382075Z"));
        assertThat(findings.get(4).resource().uid())
                .isEqualTo("arn:aws:iam::123456789012:role/CrossAccountResourceAccessRole");
    }

    @Test
    void security_hub_in_ocsf_1_1_fails_config_1_on_the_account() throws IOException {
        Finding finding = read("ocsf-2003.json").get(0);
        assertThat(finding.result()).isEqualTo(Result.FAIL);
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.scope()).isEqualTo("arn:aws:securityhub:::product/aws/securityhub");
        assertThat(finding.account()).isEqualTo("111111111111");
        assertThat(finding.region()).isEqualTo("us-east-2");
        assertThat(finding.check()).isEqualTo("Config.1");
        assertThat(finding.resource()).isEqualTo(new Resource("AWS::::Account:111111111111", "", "AwsAccount"));
        assertThat(finding.title()).isEqualTo("PCI.Config.1 AWS Config should be enabled");
        assertThat(finding.url()).isEqualTo("https://docs.aws.amazon.com/console/securityhub/Config.1/remediation");
        assertThat(finding.observedAt()).isEqualTo(Instant.parse("2023-07-21T18:12:05.693Z"));
        assertThat(finding.controls())
                .containsExactly(
                        new Control("", "Config.1", "PCI.Config.1 AWS Config should be enabled"),
                        new Control("PCI DSS", "10.5.2", ""),
                        new Control("PCI DSS", "11.5", ""));
    }

    @Test
    void constructed_2003_file_has_prowlers_requirement_and_a_security_hub_failure_with_its_fix() throws IOException {
        List<Finding> findings = read("ocsf-2003-constructed.json");
        assertThat(findings)
                .extracting(Finding::check, Finding::result, Finding::severity, finding -> finding.resource()
                        .uid())
                .containsExactly(
                        tuple(
                                "accessanalyzer_enabled",
                                Result.FAIL,
                                Severity.LOW,
                                "arn:aws:accessanalyzer:eu-south-2:111122223333:analyzer/unknown"),
                        tuple("S3.1", Result.FAIL, Severity.HIGH, "arn:aws:s3:::example-bucket"),
                        tuple("S3.1", Result.PASS, Severity.HIGH, "arn:aws:s3:::example-bucket"));
        assertThat(findings.get(0).controls())
                .containsExactly(
                        new Control("", "accessanalyzer_enabled", "Check if IAM Access Analyzer is enabled"),
                        new Control("CIS-1.4", "1.20", "Ensure that IAM Access analyzer is enabled for all regions"));
        assertThat(findings.get(0).observedAt()).isEqualTo(Instant.parse("2025-02-14T13:27:03Z"));
        assertThat(findings.get(1).resource().name()).isEqualTo("example-bucket");
        assertThat(findings.get(1).observedAt()).isEqualTo(Instant.parse("2025-05-25T10:00:00Z"));
        assertThat(findings.get(1).id()).isEqualTo(findings.get(2).id());
    }

    @Test
    void asff_says_five_failures_one_pass_and_two_inconclusive() throws IOException {
        List<Finding> findings = read("asff.json");
        assertThat(findings)
                .extracting(Finding::result)
                .containsExactly(
                        Result.FAIL,
                        Result.PASS,
                        Result.INCONCLUSIVE,
                        Result.FAIL,
                        Result.INCONCLUSIVE,
                        Result.FAIL,
                        Result.FAIL,
                        Result.FAIL);
        assertThat(findings)
                .extracting(Finding::severity)
                .containsExactly(
                        Severity.LOW,
                        Severity.LOW,
                        Severity.MEDIUM,
                        Severity.MEDIUM,
                        Severity.INFORMATIONAL,
                        Severity.HIGH,
                        Severity.HIGH,
                        Severity.HIGH);
        assertThat(findings.stream().map(Finding::id).distinct().toList()).hasSize(8);
        Finding first = findings.get(0);
        assertThat(first.scope()).isEqualTo("arn:aws:securityhub:::product/prowler/prowler");
        assertThat(first.region()).isEqualTo("ap-northeast-1");
        assertThat(first.check()).isEqualTo("prowler-accessanalyzer_enabled");
        assertThat(first.message()).isEqualTo("IAM Access Analyzer in account 123456789012 is not enabled");
        assertThat(first.description()).isEmpty();
        assertThat(first.controls())
                .containsExactly(
                        new Control("", "prowler-accessanalyzer_enabled", "Check if IAM Access Analyzer is enabled"),
                        new Control("CIS-1.4", "1.20", ""),
                        new Control("CIS-1.5", "1.20", ""));
        Finding config = findings.get(3);
        assertThat(config.check()).isEqualTo("pci-dss/v/3.2.1/PCI.Config.1");
        assertThat(config.controls().get(0).id()).isEqualTo("Config.1");
        assertThat(config.description()).startsWith("This AWS control checks whether AWS Config is enabled");
        assertThat(config.observedAt()).isEqualTo(Instant.parse("2023-07-21T18:12:05.693Z"));
        assertThat(findings.subList(5, 8))
                .extracting(finding -> finding.resource().uid())
                .containsExactly(
                        "arn:aws:ec2:us-east-1:012345678912:security-group/sg-0fff2222bbbb1111a",
                        "arn:aws:ec2:us-east-1:012345678912:security-group/sg-0aaa1111cccc2222b",
                        "arn:aws:ec2:us-east-1:012345678912:vpc/vpc-0bbb3333dddd4444c");
    }

    @Test
    void reading_a_sample_twice_finds_no_news() throws IOException {
        for (String name : List.of("prowler-ocsf.json", "ocsf-2003.json", "ocsf-2003-constructed.json", "asff.json")) {
            List<UUID> ids = read(name).stream().map(Finding::id).toList();
            List<UUID> contents = read(name).stream().map(Finding::content).toList();
            assertThat(read(name)).extracting(Finding::id).isEqualTo(ids);
            assertThat(read(name)).extracting(Finding::content).isEqualTo(contents);
        }
    }
}
