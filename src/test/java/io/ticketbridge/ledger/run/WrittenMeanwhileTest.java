package io.ticketbridge.ledger.run;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.pass.PassingFailure;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Intent;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Something else is written while a page is filtered, or while a ticket's request is on its way. */
@ParameterizedClass
@EnumSource
class WrittenMeanwhileTest {
    private static final Finding ONE = fail("s3-public", "one");
    private static final Finding TWO = fail("s3-public", "two");
    private static final Finding ONE_REWORDED =
            new Findings(ONE).title("In other words").finding();
    private static final Finding ONE_PASSES = pass("s3-public", "one");

    @Parameter
    FreshDatabase database;

    private LedgerWorld world;
    private LedgerWorld other;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("check"));
        other = new LedgerWorld(world.database, world.flow);
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Leaves the page of a pass open, with the finding through the filter. */
    private Run filter(Finding finding) {
        Run run = world.runs.begin(Flow.NAME, "scan");
        world.pages.open(run, List.of(finding));
        assertThat(world.one(finding)).isTrue();
        return run;
    }

    private void replay(Finding finding) {
        Run replay = other.runs.beginBeside(Flow.NAME, "replay");
        other.page(replay, finding);
        replay.incomplete();
        other.runs.endReading(replay);
    }

    @Test
    void a_finding_that_a_replay_wrote_first_is_changed_and_not_written_twice() {
        world.scan(TWO);
        Run pass = filter(ONE);
        replay(ONE);

        world.pages.close();
        world.endScan(pass);

        assertThat(world.count("finding where run_id = ?", pass.id())).isEqualTo(1);
        assertThat(world.count("finding")).isEqualTo(2);
        assertThat(world.accounts.of(pass.id()).addsUp()).isTrue();
        assertThat(group().joined()).isEqualTo(2);
    }

    @Test
    void so_is_one_whose_group_the_replay_wrote_first() {
        Run pass = filter(ONE_REWORDED);
        replay(ONE);

        world.pages.close();
        world.endScan(pass);

        assertThat(world.count("finding where result = 0 and run_id = ?", pass.id()))
                .isEqualTo(1);
    }

    @Test
    void a_finding_that_was_forgotten_meanwhile_is_read_again() {
        world.scan(ONE);
        world.scan(ONE_PASSES);
        filter(ONE);
        world.left("delete from finding");

        Throwable failure = catchThrowable(world.pages::close);

        assertThat(PassingFailure.isCauseOf(failure))
                .as(String.valueOf(failure))
                .isTrue();
        assertThat(world.count("finding_group where version > 2")).isZero();
    }

    @Test
    void what_is_fixed_while_a_request_is_on_its_way_is_told_to_its_ticket() {
        world.scan(ONE, TWO);
        GroupCase claimed = world.claim(ONE);
        Intent intent = world.intend(claimed, new Decision(Action.OPEN, 1, "as told"));
        world.scan(ONE_PASSES, TWO);
        recorded(claimed, intent);

        GroupState group = group();
        assertThat(group.fixed()).isEqualTo(1);
        assertThat(group.joined()).isZero();
    }

    @Test
    void so_is_what_is_gone_by_then() {
        world.complete = true;
        world.scan(ONE, TWO);
        GroupCase claimed = world.claim(ONE);
        Intent intent = world.intend(claimed, new Decision(Action.OPEN, 1, "as told"));
        world.scan(TWO);
        recorded(claimed, intent);

        assertThat(group().fixed()).isEqualTo(1);
    }

    @Test
    void what_is_owed_of_a_run_that_was_forgotten_is_work_of_the_next() {
        world.scan(ONE);
        world.left("delete from run");

        Run next = world.scan(fail("other-check", "one"));

        assertThat(world.count("finding_group where run_id = ?", next.id())).isEqualTo(2);
    }

    private void recorded(GroupCase claimed, Intent intent) {
        world.record(claimed, intent);
        world.intents.done(intent);
        world.groups.settle(claimed, intent.version());
        world.clock.advance(LedgerWorld.LEASE.plusSeconds(1));
    }

    private GroupState group() {
        return world.claim(ONE).group();
    }
}
