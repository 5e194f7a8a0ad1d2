package io.ticketbridge.ledger.pass;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A replay and a pass of one flow at once: what the pass reads is newer, and each has an account that adds up (P5, P20). */
@ParameterizedClass
@EnumSource
class ReplayBesidePassTest {
    private static final Finding FAILED = fail("s3-public", "one");
    private static final Finding OTHER = fail("s3-public", "two");

    @Parameter
    FreshDatabase database;

    private LedgerWorld world;

    @BeforeEach
    void open() {
        world = new LedgerWorld(database.open(), Flow.groupedBy("check"), 0);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_pass_is_seen_as_long_as_it_is_alive_and_a_replay_is_none() {
        world.runs.beginBeside(Flow.NAME, "replay");
        assertThat(world.runs.isInPass(Flow.NAME)).isFalse();

        world.runs.leave(world.runs.begin(Flow.NAME, "scan"));
        assertThat(world.runs.isInPass(Flow.NAME)).isTrue();
        assertThat(world.runs.isInPass("cases")).isFalse();

        world.clock.advance(Duration.ofMinutes(3));
        assertThat(world.runs.isInPass(Flow.NAME)).isFalse();
    }

    @Test
    void what_a_pass_reads_stands_though_a_replay_that_began_before_it_wrote_otherwise_meanwhile() {
        world.scan(FAILED, OTHER);
        world.scan(pass("s3-public", "one"), OTHER);
        Run replay = world.runs.beginBeside(Flow.NAME, "replay");
        Run pass = world.runs.begin(Flow.NAME, "scan");
        shortPage(pass, OTHER);

        world.page(replay, FAILED);
        world.runs.endReading(replay);
        shortPage(pass, pass("s3-public", "one"));
        world.endScan(pass);

        assertThat(world.count("finding where id = ? and result = 1", FAILED.id()))
                .isEqualTo(1);
    }

    /** As the routes read one, where no step of theirs has to see each finding. */
    private void shortPage(Run run, Finding... findings) {
        world.pages.begin(run, List.of(findings), null);
        world.seen.withoutKnown(List.of(findings)).forEach(world::one);
        world.pages.close();
    }

    @Test
    void the_account_of_a_replay_adds_up_whose_findings_a_pass_takes_before_it_is_through() {
        Run replay = world.runs.beginBeside(Flow.NAME, "replay");
        world.page(replay, FAILED, OTHER);
        Run pass = world.runs.begin(Flow.NAME, "scan");
        world.page(pass, Findings.of("s3-public", "one").with(Severity.CRITICAL).finding());
        world.runs.endReading(replay);
        world.runs.endReplay(Flow.NAME);
        world.endScan(pass);

        assertThat(world.accounts.of(replay.id()).addsUp()).isTrue();
        assertThat(world.accounts.of(pass.id()).addsUp()).isTrue();
        assertThat(world.accounts.of(replay.id()).read()).isEqualTo(2);
    }
}
