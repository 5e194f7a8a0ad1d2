package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is suppressed at the source, from its first sight to the end of the suppression. */
class SuppressionTest {
    private static final String SECURITY_HUB =
            """
            {"SchemaVersion": "2018-10-08", "Id": "arn:x/1", "ProductArn": "arn:aws:securityhub:eu-west-1::product/aws/securityhub",
             "GeneratorId": "security-control/S3.1", "AwsAccountId": "111122223333", "Types": ["Software"],
             "CreatedAt": "2026-01-01T00:00:00Z", "UpdatedAt": "2026-01-01T00:00:00Z", "Severity": {"Label": "HIGH"},
             "Title": "Buckets are private", "Description": "They should be", "Region": "eu-west-1",
             "Resources": [{"Type": "AwsS3Bucket", "Id": "arn:aws:s3:::site", "Partition": "aws", "Region": "eu-west-1"}],
             "Compliance": {"Status": "FAILED", "SecurityControlId": "S3.1"},
             "Workflow": {"Status": "%s"}, "RecordState": "ACTIVE",
             "Note": {"Text": "it is a public web site", "UpdatedBy": "ann@example.com", "UpdatedAt": "2026-01-01T00:00:00Z"}}""";

    @TempDir
    private Path folder;

    private Pass read(Bridge bridge, String workflow) {
        return bridge.importFile(
                Scan.of().raw(SECURITY_HUB.formatted(workflow)).write(folder, workflow + System.nanoTime() + ".json"));
    }

    private static String explain(Bridge bridge, String id) {
        CommandRun told =
                CommandRun.of("explain", id, "--config", bridge.config().toString());
        assertThat(told.exit()).as(told.err()).isZero();
        return told.out();
    }

    @Test
    void from_the_start_it_opens_nothing_explain_says_why_and_its_end_opens_a_ticket() {
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL)) {
            assertThat(read(bridge, "SUPPRESSED").findings()).isEqualTo(Map.of("suppressed", 1L));
            assertThat(read(bridge, "SUPPRESSED").findings()).isEqualTo(Map.of("suppressed", 1L));

            for (String id : new String[] {"arn:aws:s3:::site", "S3.1"}) {
                assertThat(explain(bridge, id))
                        .contains("at the source since ")
                        .contains(": it is a public web site, by ann@example.com: no ticket is opened")
                        .contains("read in run 1 ")
                        .contains("is suppressed at the source: it is a public web site, by ann@example.com")
                        .doesNotContain("and fails");
            }
            assertThat(bridge.tickets()).isEmpty();

            assertThat(read(bridge, "NEW").findings()).isEqualTo(Map.of("opened", 1L));
            assertThat(explain(bridge, "arn:aws:s3:::site")).contains("and fails again");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void under_an_open_ticket_it_is_no_fix_and_the_ticket_is_told(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            read(bridge, "NEW");

            Pass muted = read(bridge, "SUPPRESSED");
            read(bridge, "SUPPRESSED");

            assertThat(muted.findings()).isEqualTo(Map.of("suppressed", 1L));
            assertThat(bridge.ticket()).containsEntry("state", "1");
            assertThat(bridge.notes(bridge.ticket()))
                    .filteredOn(note -> note.contains("0 joined, 0 fixed, 1 suppressed at the source, 0 fail now"))
                    .singleElement()
                    .asString()
                    .contains(
                            "Suppressed at the source, which is no fix:\n- ",
                            "it is a public web site, by ann@example.com");

            // A person closes the ticket; as the suppression ends, the next one is opened.
            bridge.resolve(bridge.ticket());
            assertThat(read(bridge, "SUPPRESSED").tickets()).doesNotContainKey("opened");
            assertThat(read(bridge, "NEW").tickets()).containsEntry("opened", 1L);
            assertThat(bridge.tickets()).hasSize(2);
        }
    }

    @Test
    void what_was_suppressed_before_its_ticket_was_opened_keeps_no_other_ticket_open() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.max-new-tickets-per-run", "1")) {
            // The critical one takes the only ticket of the run.
            Scan held =
                    Scan.of().ofSeverity(5).fails("aaa", "disk-1").ofSeverity(4).fails("mfa", "user-1");
            bridge.importFile(held.write(folder));
            assertThat(bridge.held()).isEqualTo(1);
            bridge.importFile(Scan.of().muted("mfa", "user-1").write(folder));

            bridge.importFile(
                    Scan.of().muted("mfa", "user-1").fails("mfa", "user-2").write(folder));
            assertThat(bridge.ticket("mfa")).containsEntry("state", "1");
            bridge.importFile(
                    Scan.of().muted("mfa", "user-1").passes("mfa", "user-2").write(folder));

            assertThat(bridge.ticket("mfa")).containsEntry("state", "6");
        }
    }
}
