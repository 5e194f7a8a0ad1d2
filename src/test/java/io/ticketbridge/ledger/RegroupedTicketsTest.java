package io.ticketbridge.ledger;

import static io.ticketbridge.finding.Findings.fail;
import static io.ticketbridge.finding.Findings.pass;
import static io.ticketbridge.finding.Findings.suppressed;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** A flow whose grouping changes: an open ticket of before is followed until it is done, also once it does not block another. */
@ParameterizedClass
@CsvSource({"H2, 1000", "H2, 1", "POSTGRESQL, 1000"})
class RegroupedTicketsTest {
    private static final Finding ONE = fail("encryption", "disk-1");
    private static final Finding TWO = fail("encryption", "disk-2");

    @Parameter(0)
    FreshDatabase database;

    /** After how many findings the flow is read as a whole. */
    @Parameter(1)
    long many;

    private LedgerWorld world;
    private UUID old;

    @AfterEach
    void close() {
        world.close();
    }

    private static FlowSettings by(String groupBy) {
        return Flow.with(Map.of("group-by", groupBy, "new-ticket-after-days", "30"));
    }

    private void opened() {
        world = new LedgerWorld(database.open(), by("check"), many);
        old = world.groupOf(ONE);
        nextPass(ONE, TWO);
        world.flow = by("resource");
    }

    private void nextPass(Finding... findings) {
        world.look();
        world.scan(findings);
        work();
    }

    private void work() {
        List.of(old, world.groupOf(ONE), world.groupOf(TWO)).forEach(world::work);
    }

    /** The old ticket is open, and the disks have tickets of their own beside it. */
    private void agedAndFollowed() {
        opened();
        world.clock.advance(Duration.ofDays(31));
        nextPass(ONE, TWO);
        assertThat(world.count("ticket where phase = 'OPEN'")).isEqualTo(3);
    }

    private long resolved() {
        return world.count("ticket where phase = 'RESOLVED'");
    }

    @Test
    void once_all_is_fixed_the_old_ticket_is_resolved_too() {
        agedAndFollowed();

        nextPass(pass("encryption", "disk-1"), TWO);
        assertThat(resolved()).isEqualTo(1);
        assertThat(world.count("action where group_id = ? and kind = 'updated'", old))
                .isEqualTo(1);

        nextPass(pass("encryption", "disk-1"), pass("encryption", "disk-2"));
        assertThat(resolved()).isEqualTo(3);
    }

    @Test
    void absence_from_a_complete_scan_is_told_to_it_as_well() {
        agedAndFollowed();

        world.complete = true;
        nextPass(pass("encryption", "disk-3"));

        assertThat(resolved()).isEqualTo(3);
    }

    @Test
    void what_is_suppressed_keeps_it_open_and_what_passes_then_does_not() {
        agedAndFollowed();

        nextPass(suppressed("encryption", "disk-1"), pass("encryption", "disk-2"));
        nextPass(suppressed("encryption", "disk-1"), pass("encryption", "disk-2"));
        assertThat(resolved()).isEqualTo(1);

        nextPass(pass("encryption", "disk-1"), pass("encryption", "disk-2"));
        assertThat(resolved()).isEqualTo(3);
    }

    @Test
    void a_scan_repeated_changes_nothing() {
        agedAndFollowed();
        long written = world.count("action");

        nextPass(ONE, TWO);
        nextPass(ONE, TWO);

        assertThat(world.count("action")).isEqualTo(written);
        assertThat(world.count("finding where group_id = ? and result = 0", old))
                .isEqualTo(2);
    }

    @Test
    void one_that_is_done_is_left_alone() {
        agedAndFollowed();
        var ticket = world.tickets.latest(old).orElseThrow();
        world.openTickets.seen(
                ticket, new Seen(ticket.sysId(), ticket.number(), "7", Phase.CLOSED, ticket.openedAt()), true);

        nextPass(pass("encryption", "disk-1"), pass("encryption", "disk-2"));

        assertThat(resolved()).isEqualTo(2);
        assertThat(world.count("action where group_id = ?", old)).isEqualTo(1);
    }

    @Test
    void a_change_that_was_refused_brings_no_other_ticket_beside_one_that_is_open() {
        opened();
        world.flow = by("check");
        world.scan(ONE, TWO, fail("encryption", "disk-3"));
        world.groups.bury(world.claim(ONE));
        world.flow = by("resource");

        nextPass(ONE, TWO);

        assertThat(world.count("ticket")).isEqualTo(1);
    }

    @Test
    void an_opening_that_was_refused_is_no_ticket() {
        world = new LedgerWorld(database.open(), by("check"), many);
        old = world.groupOf(ONE);
        world.scan(ONE, TWO);
        world.groups.bury(world.claim(ONE));
        world.flow = by("resource");

        nextPass(ONE, TWO);

        assertThat(world.count("ticket where phase = 'OPEN'")).isEqualTo(2);
    }
}
