package io.ticketbridge.ledger.run;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.Watermarks;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A pass that stood still while another began: nothing that it writes from then on is kept (P1, P11). */
@ParameterizedClass
@EnumSource
class TakenOverTest {
    private static final Finding ONE = fail("s3-public", "one");
    private static final Finding TWO = fail("s3-public", "two");

    @Parameter
    FreshDatabase database;

    private LedgerWorld world;
    private Runs other;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("check"));
        other = new Runs(
                world.database,
                world.accounts,
                new Absences(world.database, world.clock),
                name -> new FlowFacts("check", false, Integer.MAX_VALUE, OptionalInt.empty(), false),
                world.clock);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Run begin(String pass) {
        return world.runs.begin(Flow.NAME, "scan", pass);
    }

    private String state(Run run) {
        return world.database
                .client()
                .sql("select state from run where id = :id")
                .param("id", run.id())
                .query(String.class)
                .single();
    }

    @Test
    void its_page_is_not_kept() {
        Run stale = begin("stale");
        world.page(stale, ONE);
        world.pages.open(stale, List.of(TWO));
        world.one(TWO);
        other.begin(Flow.NAME, "scan", "newer");

        assertThatThrownBy(world.pages::close).isInstanceOf(PassLost.class);

        assertThat(world.count("finding")).isEqualTo(1);
        assertThat(state(stale)).isEqualTo("interrupted");
    }

    @Test
    void its_watermarks_move_with_the_end_of_its_run_and_only_then() {
        Watermarks watermarks = new Watermarks(world.database, world.clock);
        Run ours = begin("ours");
        ours.moves("compliance/scope", "1");
        assertThat(watermarks.of("compliance/scope")).isEmpty();
        world.runs.endReading(ours);
        assertThat(watermarks.of("compliance/scope")).contains("1");
        Run stale = begin("stale");
        stale.moves("compliance/scope", "2");
        other.begin(Flow.NAME, "scan", "newer");

        assertThatThrownBy(() -> world.runs.endReading(stale)).isInstanceOf(PassLost.class);

        assertThat(watermarks.of("compliance/scope")).contains("1");
    }

    @Test
    void its_end_concludes_nothing() {
        world.scan(ONE, TWO);
        Run stale = begin("stale");
        world.page(stale, ONE);
        stale.complete();
        other.begin(Flow.NAME, "scan", "newer");

        assertThatThrownBy(() -> world.runs.endReading(stale)).isInstanceOf(PassLost.class);

        assertThat(world.count("finding where result = 1")).isZero();
        assertThat(state(stale)).isEqualTo("interrupted");
    }

    @Test
    void its_watermark_stays() {
        Watermarks watermarks = new Watermarks(world.database, world.clock);
        watermarks.move(Flow.NAME, "far");
        Run stale = begin("stale");
        other.begin(Flow.NAME, "scan", "newer");

        assertThatThrownBy(() -> world.runs.whileOurs(stale, () -> watermarks.move(Flow.NAME, "behind")))
                .isInstanceOf(PassLost.class);

        assertThat(watermarks.of(Flow.NAME)).contains("far");
    }

    @Test
    void it_begins_no_further_run_and_does_not_end_the_pass() {
        Run first = begin("stale");
        world.runs.endReading(first);
        Run newer = other.begin(Flow.NAME, "scan", "newer");

        assertThatThrownBy(() -> begin("stale")).isInstanceOf(PassLost.class);
        assertThatThrownBy(() -> world.runs.endPass(Flow.NAME, "stale")).isInstanceOf(PassLost.class);

        assertThat(state(newer)).isEqualTo("reading");
        other.endReading(newer);
        other.endPass(Flow.NAME, "newer");
        assertThat(state(newer)).isEqualTo("delivering");
        assertThat(state(first))
                .as("what was read before is handed out with it")
                .isEqualTo("delivering");
    }

    @Test
    void that_it_failed_is_not_said_of_it() {
        Run stale = begin("stale");
        other.begin(Flow.NAME, "scan", "newer");

        world.runs.fail(stale, "It stood still");

        assertThat(state(stale)).isEqualTo("interrupted");
    }

    @Test
    void several_runs_of_one_pass_follow_each_other() {
        Run first = begin("one");
        world.runs.endReading(first);
        Run second = begin("one");
        world.runs.endReading(second);
        world.runs.endPass(Flow.NAME, "one");

        assertThat(state(first)).isEqualTo("delivering");
        assertThat(state(second)).isEqualTo("delivering");
    }

    @Test
    void the_end_of_a_replay_beside_it_hands_out_none_of_its_runs() {
        Run first = begin("one");
        world.runs.endReading(first);
        Run replay = world.runs.beginBeside(Flow.NAME, "replay");
        world.runs.endReading(replay);

        world.runs.endReplay(Flow.NAME);

        assertThat(state(replay)).isEqualTo("delivering");
        assertThat(state(first)).as("the rest of its pass is still being read").isEqualTo("read");
    }

    @Test
    void a_replay_beside_it_goes_on_and_a_dead_one_is_ended_in_time() {
        Run replay = world.runs.beginBeside(Flow.NAME, "replay");
        begin("one");
        assertThat(state(replay)).isEqualTo("reading");

        world.clock.advance(Duration.ofMinutes(3));
        begin("two");
        assertThat(state(replay)).isEqualTo("interrupted");
    }
}
