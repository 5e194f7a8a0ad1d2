package io.ticketbridge.ledger.run;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ticket.Phase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The backlog of a scope that comes later is recorded quietly, also in a group that another scope has had before (P13). */
@ParameterizedClass
@EnumSource
class LaterScopesTest {
    private static final Finding OLD = fail("s3-public", "old account's");
    private static final Finding LATER = fail("s3-public", "later account's");

    @Parameter
    FreshDatabase database;

    private LedgerWorld world;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("check"));
        world.silencesBacklog = true;
        world.scan(pass("ec2-open", "the flow's first run"));
        world.scan(OLD);
        assertThat(isSilenced()).isFalse();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private boolean isSilenced() {
        return world.count("finding_group where silenced and id = ?", world.groupOf(OLD)) == 1;
    }

    private void firstScanOf(Finding... findings) {
        Run run = world.runs.begin(Flow.NAME, "later account");
        run.firstOfItsScope();
        for (Finding each : findings) {
            world.page(run, each);
        }
        world.endScan(run);
    }

    @Test
    void where_nothing_fails_any_more_it_is_silent_until_more_fails() {
        world.work(world.groupOf(OLD));
        world.people(OLD, "6", Phase.RESOLVED);
        world.scan(pass("s3-public", "old account's"));

        firstScanOf(LATER, fail("s3-public", "on its second page"));
        assertThat(isSilenced()).isTrue();

        world.scan(fail("s3-public", "news"));
        assertThat(isSilenced()).isFalse();
    }

    @Test
    void where_something_fails_it_joins() {
        firstScanOf(LATER);
        assertThat(isSilenced()).isFalse();
    }

    @Test
    void where_a_ticket_is_open_it_joins() {
        world.work(world.groupOf(OLD));
        world.scan(pass("s3-public", "old account's"));
        firstScanOf(LATER);
        assertThat(isSilenced()).isFalse();
    }

    @Test
    void what_is_silent_is_not_released_by_the_age_of_the_ticket_before() {
        world.flow = Flow.with(Map.of("group-by", "check", "new-ticket-after-days", "30"));
        world.work(world.groupOf(OLD));
        world.people(OLD, "6", Phase.RESOLVED);
        world.scan(pass("s3-public", "old account's"));
        world.work(world.groupOf(OLD));
        firstScanOf(LATER);
        world.work(world.groupOf(OLD));

        world.clock.advance(Duration.ofDays(31));
        world.look();
        world.scan(LATER);

        assertThat(world.count("finding_group where released or pending")).isZero();
    }
}
