package io.ticketbridge.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Phase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
    private static final Finding BUCKET = Findings.fail("s3_public", "arn:aws:s3:::logs");
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
    @ValueSource(strings = {"resource", "check", "check,region", "account", "account,region"})
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

    /** IAM's have no region any more, those of the bucket do: they share the ticket of before. */
    @ParameterizedTest
    @ValueSource(longs = {1, LedgerWorld.MANY})
    void a_group_of_which_a_part_keeps_its_region_keeps_its_ticket_with_all_that_is_on_it(long readAtOnce) {
        world = new LedgerWorld(database.open(), Flow.groupedBy("account,region"), readAtOnce);
        world.complete = true;
        world.scan(USER, BUCKET);
        world.deliver(USER, Action.OPEN);
        UUID region = world.groupOf(BUCKET);
        Finding user = now(USER, USER.resource().uid());

        world.scan(user, BUCKET);
        world.scan(user, BUCKET);
        assertThat(world.handedOut()).as("known failures").isEmpty();
        assertThat(world.count("finding where group_id = ? and id = ?", region, user.id()))
                .as("under its new id")
                .isEqualTo(1);
        assertThat(Json.head(head(region)).finding()).isIn(user.id(), BUCKET.id());

        Finding changed = new Findings(user).with(Severity.CRITICAL).finding();
        world.scan(changed, BUCKET);
        assertThat(world.handedOut()).as("changed, of IAM").containsExactly(region.toString());
        world.work(region);

        Finding newBucket = Findings.fail("s3_public", "arn:aws:s3:::new");
        Finding changedBucket = new Findings(BUCKET).with(Severity.CRITICAL).finding();
        world.scan(changed, changedBucket, newBucket);
        assertThat(world.handedOut()).as("changed and new, of the region").containsExactly(region.toString());
        world.work(region);
        assertThat(world.count("ticket")).isEqualTo(1);
        assertThat(world.count("finding")).isEqualTo(3);

        world.scan(new Findings(changed).with(Result.PASS).finding(), changedBucket, newBucket);
        assertThat(world.handedOut()).as("fixed, of IAM").containsExactly(region.toString());
        world.work(region);
        world.scan(Findings.pass("s3_public", "arn:aws:s3:::other"));
        world.work(region);
        assertThat(world.count("ticket where phase = 'RESOLVED'")).isEqualTo(1);
    }

    @Test
    void what_is_new_without_a_region_gets_a_ticket_that_lists_nothing_of_the_open_one() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("account,region"));
        world.scan(USER, BUCKET);
        world.deliver(USER, Action.OPEN);
        Finding user = now(USER, USER.resource().uid());
        Finding gone = now(GONE, GONE.resource().uid());

        world.scan(gone, user, BUCKET);
        world.scan(new Findings(user).with(Severity.CRITICAL).finding(), gone, BUCKET);

        assertThat(world.handedOut())
                .containsExactlyInAnyOrder(
                        world.groupOf(BUCKET).toString(), world.groupOf(user).toString());
        assertThat(world.count("finding where group_id = ?", world.groupOf(user)))
                .isEqualTo(1);
        assertThat(world.count("finding where group_id = ?", world.groupOf(BUCKET)))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void once_the_ticket_of_both_is_done_each_failure_is_on_one_ticket(boolean iamFirst) {
        world = new LedgerWorld(database.open(), Flow.groupedBy("account,region"));
        world.scan(USER, BUCKET);
        world.deliver(USER, Action.OPEN);
        Finding user = now(USER, USER.resource().uid());
        world.scan(user, BUCKET);
        world.people(BUCKET, "7", Phase.CLOSED);
        world.look();

        world.scan(List.of(List.of(iamFirst ? user : BUCKET), List.of(iamFirst ? BUCKET : user)));

        assertThat(world.count("finding where id = ?", user.id())).isEqualTo(1);
        assertThat(world.count(
                        "finding where group_id = ? and id = ?", world.groupOf(iamFirst ? user : BUCKET), user.id()))
                .isEqualTo(1);
        Set.copyOf(world.handedOut()).forEach(group -> world.work(UUID.fromString(group)));
        world.scan(user, BUCKET);
        assertThat(world.handedOut()).isEmpty();
        assertThat(world.count("finding")).isEqualTo(2);
    }

    private String head(UUID group) {
        return world.database.jdbc().queryForObject("select head from finding_group where id = ?", String.class, group);
    }
}
