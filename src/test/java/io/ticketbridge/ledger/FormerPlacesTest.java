package io.ticketbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.ticket.Action;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a ledger has under the region or account of a scan goes on under its own (P3). */
@ParameterizedClass
@EnumSource
class FormerPlacesTest {
    private static final String POLICY = "arn:aws:iam::123456789012:password-policy";
    private static final String POLICY_BEFORE = "arn:aws:iam:eu-west-1:123456789012:password-policy";
    private static final Finding USER = Findings.fail("iam_mfa", "arn:aws:iam::123456789012:user/ann");
    private static final Finding GONE = Findings.fail("iam_mfa", "arn:aws:iam::123456789012:user/bob");
    private static final Finding LENGTH = Findings.fail("iam_policy_length", POLICY_BEFORE);

    @Parameter
    FreshDatabase database;

    private LedgerWorld world;

    @AfterEach
    void close() {
        world.close();
    }

    private static Finding now(Finding before, String uid) {
        return Findings.of(before.check(), uid)
                .region("")
                .attributes(Map.of("provider", "aws", Finding.SCAN_REGION, "eu-west-1"))
                .finding();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource", "check", "check,region", "account"})
    void a_ledger_that_has_the_region_of_the_scan_gets_no_second_ticket(String groupBy) {
        world = new LedgerWorld(database.open(), Flow.groupedBy(groupBy));
        world.complete = true;
        world.scan(USER, GONE, LENGTH);
        world.deliver(USER, Action.OPEN);
        if (!world.groupOf(LENGTH).equals(world.groupOf(USER))) {
            world.deliver(LENGTH, Action.OPEN);
        }
        if (!world.groupOf(GONE).equals(world.groupOf(USER))) {
            world.deliver(GONE, Action.OPEN);
        }
        long groups = world.count("finding_group");

        Finding user = now(USER, USER.resource().uid());
        Finding length = now(LENGTH, POLICY);
        Run run = world.scan(user, length);

        assertThat(world.accounts.of(run.id()).findings()).containsEntry("unchanged", 2L);
        assertThat(world.count("finding_group")).isEqualTo(groups);
        assertThat(world.count("finding")).isEqualTo(3);
        assertThat(world.accounts.of(run.id()).absent()).as("in its old place").isEqualTo(1);
        run = world.scan(now(Findings.fail("iam_mfa", "x"), "arn:aws:iam::123456789012:user/cyd"), length);
        assertThat(world.accounts.of(run.id()).absent()).as("in its new place").isEqualTo(1);
        assertThat(world.count("finding where resource_uid = '" + POLICY + "' and region = ''"))
                .isEqualTo(1);
    }
}
