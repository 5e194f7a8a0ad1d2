package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.sandbox.visionone.SimulatedCheck;
import io.ticketbridge.sandbox.visionone.SimulatedPosture;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks of Cloud Posture become incidents, and later passes bring them up to date. */
class CloudPostureTest {
    @TempDir
    private Path folder;

    static Map<String, Object> check(String rule, String region, String resource, String status) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("service", rule.replaceFirst("-.*", ""));
        fields.put("ruleId", rule);
        fields.put("ruleTitle", "Title of " + rule);
        fields.put("region", region);
        fields.put("resource", resource);
        fields.put("status", status);
        fields.put("riskLevel", "HIGH");
        fields.put("compliances", List.of("AWAF", rule.startsWith("S3") ? "PCI-V4" : "NIST5"));
        fields.put("description", resource + " is " + status);
        return fields;
    }

    /** Three failures of two rules, and one success, in one AWS account. */
    private static SimulatedCheck seed(Bridge bridge) {
        SimulatedPosture posture = bridge.visionOne().cloudPosture();
        String account = posture.addAccount("prod-payments", "aws", "111122223333");
        posture.addCheck(account, check("EC2-002", "us-east-1", "sg-1", "FAILURE"));
        posture.addCheck(account, check("S3-001", "us-east-1", "archive", "SUCCESS"));
        posture.addCheck(account, check("S3-016", "us-east-1", "logs", "FAILURE"));
        return posture.addCheck(account, check("S3-016", "us-east-1", "archive", "FAILURE"));
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void one_ticket_per_failing_rule_and_a_second_pass_writes_nothing(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withPosture()) {
            SimulatedCheck archive = seed(bridge);

            Pass pass = bridge.pollPosture();

            assertThat(pass.failure()).isEmpty();
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 3L, "unchanged", 1L));
            assertThat(pass.accounts())
                    .singleElement()
                    .extracting(Account::scan)
                    .isEqualTo("prod-payments, 111122223333, " + archive.accountId());
            assertThat(bridge.tickets()).hasSize(2);
            assertThat(bridge.ticket("Title of S3-016").get("description"))
                    .contains("2 findings fail:", "archive (S3:us-east-1:archive)", "prod-payments, 111122223333")
                    .contains("Serves: AWAF; PCI-V4");

            bridge.listen();
            assertThat(bridge.pollPosture().findings()).isEqualTo(Map.of("unchanged", 4L));
            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void one_ticket_per_failing_resource_and_what_changes_costs_one_write_each() {
        try (Bridge bridge = Bridge.in(folder).withPosture().with("flow.posture.group-by", "resource")) {
            SimulatedCheck archive = seed(bridge);
            SimulatedPosture posture = bridge.visionOne().cloudPosture();
            posture.breakAgain(archive.id().replace("S3-016", "S3-001"));
            posture.addCheck(archive.accountId(), check("DynamoDB-001", "us-east-1", "archive", "FAILURE"));

            bridge.pollPosture();

            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("short_description"))
                    .containsExactlyInAnyOrder(
                            "2 findings on archive",
                            "Title of DynamoDB-001 on archive",
                            "Title of S3-016 on logs",
                            "Title of EC2-002 on sg-1");

            posture.fix(archive.id().replace("S3-016:S3:us-east-1:archive", "EC2-002:EC2:us-east-1:sg-1"));
            posture.addCheck(archive.accountId(), check("S3-016", "eu-west-1", "new", "FAILURE"));
            bridge.listen();

            Pass pass = bridge.pollPosture();

            assertThat(pass.findings()).containsEntry("resolved", 1L).containsEntry("opened", 1L);
            assertThat(bridge.writes()).isEqualTo(2);
            assertThat(bridge.ticket("on sg-1")).containsEntry("state", "6");
            assertThat(bridge.ticket("on new")).containsEntry("state", "1");
        }
    }

    @Test
    void one_ticket_per_standard_beside_the_cases_of_the_same_tenant() {
        try (Bridge bridge = Bridge.in(folder).withPosture().with("flow.posture.control", "AWAF")) {
            seed(bridge);
            bridge.visionOne().addCase("Phishing", "P2");

            assertThat(bridge.passes().failure()).isEmpty();

            assertThat(bridge.tickets()).hasSize(2);
            assertThat(bridge.ticket("AWAF").get("description")).contains("3 findings fail:");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void what_is_absent_from_an_account_that_was_read_whole_is_gone(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withPosture().with("flow.posture.group-by", "resource")) {
            seed(bridge);
            bridge.pollPosture();
            SimulatedPosture posture = bridge.visionOne().cloudPosture();
            posture.open().stream()
                    .filter(check -> check.ruleId().equals("EC2-002"))
                    .forEach(check -> posture.remove(check.id()));

            Pass pass = bridge.pollPosture();

            assertThat(pass.accounts()).singleElement().satisfies(account -> assertThat(account.absent())
                    .isEqualTo(1));
            assertThat(bridge.ticket("on sg-1"))
                    .as("no other check of its rule and region was read")
                    .containsEntry("state", "6");
            assertThat(bridge.ticket("on logs")).containsEntry("state", "1");
        }
    }

    @Test
    void a_suppressed_failure_opens_nothing_until_its_suppression_ends() {
        try (Bridge bridge = Bridge.in(folder).withPosture()) {
            SimulatedPosture posture = bridge.visionOne().cloudPosture();
            String account = posture.addAccount("prod-payments", "aws", "111122223333");
            String id = posture.addCheck(account, check("S3-016", "us-east-1", "logs", "FAILURE"))
                    .id();
            posture.suppress(id, "Accepted", bridge.clock().instant().plus(Duration.ofDays(2)));

            assertThat(bridge.pollPosture().findings()).isEqualTo(Map.of("suppressed", 1L));
            assertThat(bridge.tickets()).isEmpty();

            bridge.later(Duration.ofDays(3));
            assertThat(bridge.pollPosture().findings()).isEqualTo(Map.of("opened", 1L));
            assertThat(bridge.ticket().get("short_description")).isEqualTo("Title of S3-016");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_failure_that_is_suppressed_under_its_ticket_is_not_called_fixed(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withPosture().with("flow.posture.group-by", "resource")) {
            SimulatedCheck archive = seed(bridge);
            bridge.pollPosture();
            Map<String, String> ticket = bridge.ticket("on archive");
            SimulatedPosture posture = bridge.visionOne().cloudPosture();
            posture.suppress(archive.id(), "Accepted", null);

            Pass pass = bridge.pollPosture();

            assertThat(pass.findings()).containsEntry("suppressed", 1L).doesNotContainKey("resolved");
            assertThat(pass.accounts())
                    .singleElement()
                    .extracting(Account::absent)
                    .isEqualTo(0L);
            assertThat(bridge.again(ticket)).containsEntry("state", "1");
            assertThat(bridge.notes(ticket)).noneMatch(note -> note.contains("Fixed"));

            posture.unsuppress(archive.id());
            bridge.pollPosture();
            assertThat(bridge.tickets()).hasSize(3);
            assertThat(bridge.again(ticket)).containsEntry("state", "1");
            posture.fix(archive.id());
            bridge.pollPosture();
            assertThat(bridge.again(ticket)).containsEntry("state", "6");
        }
    }

    @Test
    void what_is_renamed_or_rated_anew_keeps_its_ticket() {
        try (Bridge bridge = Bridge.in(folder).withPosture().with("flow.posture.group-by", "resource")) {
            SimulatedCheck archive = seed(bridge);
            bridge.pollPosture();
            SimulatedPosture posture = bridge.visionOne().cloudPosture();
            posture.update(
                    archive.id(),
                    Map.of("riskLevel", "EXTREME", "ruleTitle", "Another title", "resourceId", "archive-renamed"));
            posture.renameAccount(archive.accountId(), "payments");

            Pass pass = bridge.pollPosture();

            assertThat(pass.findings()).doesNotContainKeys("opened", "resolved", "reopened");
            assertThat(bridge.tickets()).hasSize(3).allMatch(ticket -> ticket.get("state")
                    .equals("1"));
        }
    }

    @Test
    void an_account_that_comes_later_is_a_backlog_of_its_own_and_one_that_goes_closes_nothing() {
        try (Bridge bridge = Bridge.in(folder).withPosture().with("flow.posture.baseline", "silence")) {
            SimulatedCheck archive = seed(bridge);
            SimulatedPosture posture = bridge.visionOne().cloudPosture();
            bridge.pollPosture();
            String later = posture.addAccount("later", "azure", "6f9619ff-8b86-4011-b42d-00c04fc964ff");
            posture.addCheck(later, check("KeyVault-004", "eastus", "/subscriptions/6f96/vaults/old", "FAILURE"));
            bridge.pollPosture();
            assertThat(bridge.tickets()).isEmpty();

            posture.addCheck(later, check("KeyVault-004", "eastus", "/subscriptions/6f96/vaults/new", "FAILURE"));
            bridge.pollPosture();
            assertThat(bridge.ticket().get("description"))
                    .contains("new (KeyVault:eastus:/subscriptions/6f96/vaults/new)");

            posture.removeAccount(later);
            assertThat(bridge.pollPosture().accounts())
                    .extracting(Account::scan)
                    .singleElement()
                    .asString()
                    .endsWith(archive.accountId());
            assertThat(bridge.ticket().get("state")).isEqualTo("1");
        }
    }

    @Test
    void tags_and_attributes_are_there_for_filters_and_templates() {
        try (Bridge bridge = Bridge.in(folder)
                .withPosture()
                .with("flow.posture.filter", "${body.attributes[tags]} contains 'Environment:production'")
                .with(
                        "profile.tickets.field.short_description",
                        "${body.title} in ${body.attributes[accountName]} ${body.attributes[riskLevel]}")) {
            SimulatedCheck archive = seed(bridge);
            bridge.visionOne()
                    .cloudPosture()
                    .update(archive.id(), Map.of("tags", List.of("Environment::production", "Owner::payments")));

            assertThat(bridge.pollPosture().findings()).isEqualTo(Map.of("opened", 1L, "filtered", 3L));

            assertThat(bridge.ticket().get("short_description")).isEqualTo("Title of S3-016 in prod-payments HIGH");
        }
    }

    @Test
    void an_account_beyond_the_limit_of_a_query_is_read_in_parts() {
        try (Bridge bridge = Bridge.in(folder)
                .withPosture()
                .with("vision-one.cloud-posture-query-limit", "100")
                .with("flow.posture.group-by", "account")) {
            SimulatedPosture posture = bridge.visionOne().cloudPosture();
            posture.queryLimit(100);
            String account = posture.addAccount("large", "aws", "111122223333");
            IntStream.range(0, 450)
                    .forEach(i -> posture.addCheck(
                            account,
                            check(
                                    List.of("S3-001", "S3-016", "EC2-002").get(i % 3),
                                    List.of("us-east-1", "eu-west-1").get(i / 3 % 2),
                                    "r" + i,
                                    i == 449 || i % 10 == 0 ? "FAILURE" : "SUCCESS")));

            Pass pass = bridge.pollPosture();

            assertThat(pass.failure()).isEmpty();
            assertThat(pass.findings()).containsEntry("opened", 46L);
            assertThat(bridge.ticket().get("description")).contains("46 findings fail:");

            // All of it was read, so what goes is gone.
            posture.open().forEach(check -> posture.remove(check.id()));
            assertThat(bridge.pollPosture().accounts()).singleElement().satisfies(each -> assertThat(each.absent())
                    .isEqualTo(46));
            assertThat(bridge.ticket()).containsEntry("state", "6");
        }
    }
}
