package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Pass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tickets that a person reading the published samples would open: title, impact and urgency, resources. */
class SampleFilesTest {
    private static final Path SAMPLES = Path.of("../shared/samples/compliance");

    @TempDir
    private Path folder;

    private static Path sample(String name) {
        Path file = SAMPLES.resolve(name);
        assumeTrue(
                Files.exists(file),
                "skipped: no sample at " + file.toAbsolutePath().normalize());
        return file;
    }

    private static AbstractListAssert<?, ?, Tuple, ?> assertTickets(Bridge bridge) {
        return assertThat(bridge.tickets())
                .extracting(
                        ticket -> ticket.get("short_description"),
                        ticket -> ticket.get("impact"),
                        ticket -> ticket.get("urgency"));
    }

    @Test
    void of_prowler_s_five_records_two_fail_the_manual_the_passing_and_the_muted_one_open_nothing() {
        Path sample = sample("prowler-ocsf.json");
        try (Bridge bridge = Bridge.in(folder)) {
            Pass pass = bridge.importFile(sample);

            assertTickets(bridge)
                    .containsExactlyInAnyOrder(
                            tuple("Check if IAM Access Analyzer is enabled", "3", "2"),
                            tuple("Ensure that the admission control plugin AlwaysPullImages is set", "2", "2"));
            assertThat(bridge.ticket("Analyzer").get("description"))
                    .contains("<resource_name> (<resource_uid>) [<account_uid>, <region>]")
                    .contains("CIS-1.4 1.20")
                    .contains("What to do: Enable IAM Access Analyzer for all accounts");
            assertThat(pass.findings())
                    .isEqualTo(Map.of("opened", 2L, "unchanged", 1L, "inconclusive", 1L, "suppressed", 1L));
        }
    }

    @Test
    void security_hub_in_ocsf_1_1_brings_a_ticket_of_medium_severity_on_the_account() {
        Path sample = sample("ocsf-2003.json");
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(sample);

            assertTickets(bridge).containsExactly(tuple("PCI.Config.1 AWS Config should be enabled", "2", "2"));
            assertThat(bridge.ticket().get("description"))
                    .contains("AWS::::Account:111111111111", "us-east-2")
                    .contains("PCI DSS 10.5.2, 11.5");
        }
    }

    /** Its bucket fails and passes in one file: the worst wins (P3). */
    @Test
    void the_constructed_2003_file_brings_a_low_and_a_high_ticket() {
        Path sample = sample("ocsf-2003-constructed.json");
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(sample);

            assertTickets(bridge)
                    .containsExactlyInAnyOrder(
                            tuple("Check if IAM Access Analyzer is enabled", "3", "2"),
                            tuple("S3 general purpose buckets should block public read access", "2", "1"));
            assertThat(bridge.ticket("S3").get("description"))
                    .contains("example-bucket (arn:aws:s3:::example-bucket) [111122223333, eu-west-1]");
        }
    }

    @Test
    void asff_brings_three_tickets_one_of_which_lists_three_resources() {
        Path sample = sample("asff.json");
        try (Bridge bridge = Bridge.in(folder)) {
            Pass pass = bridge.importFile(sample);

            assertTickets(bridge)
                    .containsExactlyInAnyOrder(
                            tuple("Check if IAM Access Analyzer is enabled", "3", "2"),
                            tuple("PCI.Config.1 AWS Config should be enabled", "2", "2"),
                            tuple(
                                    "EC2.2 The VPC default security group should not allow inbound and outbound traffic",
                                    "2",
                                    "1"));
            assertThat(bridge.ticket("EC2.2").get("description"))
                    .contains(
                            "security-group/sg-0fff2222bbbb1111a",
                            "security-group/sg-0aaa1111cccc2222b",
                            "vpc/vpc-0bbb3333dddd4444c");
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 5L, "unchanged", 1L, "inconclusive", 2L));
        }
    }

    @Test
    void a_sample_read_again_writes_nothing() {
        try (Bridge bridge = Bridge.in(folder)) {
            for (String name : new String[] {"prowler-ocsf.json", "ocsf-2003.json", "asff.json"}) {
                Path sample = sample(name);
                bridge.importFile(sample);
                bridge.listen().importFile(sample);

                assertThat(bridge.writes()).as(name).isZero();
            }
        }
    }
}
