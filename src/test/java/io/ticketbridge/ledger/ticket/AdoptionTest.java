package io.ticketbridge.ledger.ticket;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One record is adopted by one group, however many find it at once (P13, P16). */
class AdoptionTest {
    private static final int GROUPS = 6;

    @ParameterizedTest
    @EnumSource
    void of_groups_that_find_the_same_record_at_the_same_time_one_adopts_it(FreshDatabase kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(GROUPS);
        try (LedgerWorld world = new LedgerWorld(kind.open(), Flow.groupedBy("check"))) {
            List<Finding> findings = IntStream.range(0, GROUPS)
                    .mapToObj(i -> fail("check-" + i, "one"))
                    .toList();
            world.scan(List.of(findings));
            List<GroupCase> claimed = findings.stream().map(world::claim).toList();
            Seen found = new Seen("1".repeat(32), "INC7", "1", Phase.OPEN, world.clock.instant());
            CyclicBarrier together = new CyclicBarrier(GROUPS);

            List<Future<Boolean>> adopted = threads.invokeAll(claimed.stream()
                    .map(group -> (Callable<Boolean>) () -> {
                        together.await();
                        return world.records.adoptFound(group, "incident", "incident", found, false);
                    })
                    .toList());

            int winners = 0;
            for (Future<Boolean> each : adopted) {
                winners += each.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
            assertThat(world.count("ticket")).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }
}
