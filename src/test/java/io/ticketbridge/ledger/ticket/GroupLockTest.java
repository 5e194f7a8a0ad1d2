package io.ticketbridge.ledger.ticket;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Acceptance;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A delivery records a ticket, its group first, while something else comes to the same ticket: one waits, and nobody dies of it. */
@ParameterizedClass
@EnumSource
class GroupLockTest {
    private static final Finding ONE = fail("s3-public", "one");

    @Parameter
    FreshDatabase kind;

    private LedgerWorld world;
    private Ticket ticket;
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @BeforeEach
    void open() {
        world = new LedgerWorld(kind.open(), Flow.groupedBy("check"));
        world.scan(ONE);
        ticket = world.deliver(ONE, Action.OPEN);
    }

    @AfterEach
    void close() {
        other.shutdownNow();
        world.close();
    }

    @Test
    void ticket_states() throws Exception {
        meets(() -> world.openTickets.seen(ticket, resolved(), true));
    }

    @Test
    void another_threshold() throws Exception {
        world.people(ONE, "6", Phase.RESOLVED);
        world.release.judgeAnew(Flow.NAME, "closed", each -> false);
        meets(() -> world.release.judgeAnew(Flow.NAME, "resolved", each -> true));
    }

    @Test
    void an_accepted_risk() throws Exception {
        world.people(ONE, "6", Phase.RESOLVED);
        Ticket known = world.tickets.latest(ticket.groupId()).orElseThrow();
        meets(() -> world.openTickets.seen(known, resolved(), true, new Acceptance("Risk accepted", null)));
    }

    private Seen resolved() {
        return new Seen(ticket.sysId(), ticket.number(), "6", Phase.RESOLVED, ticket.openedAt());
    }

    private void meets(Runnable what) throws Exception {
        UUID group = ticket.groupId();
        Future<?>[] met = new Future<?>[1];
        assertThatCode(() -> world.database.transaction().executeWithoutResult(status -> {
                    GroupLock.take(world.database, group);
                    met[0] = other.submit(what);
                    await().atMost(Duration.ofSeconds(20))
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> isSomebodyWaiting() || met[0].isDone());
                    world.database
                            .client()
                            .sql("update ticket set head = head where group_id = :group")
                            .param("group", group)
                            .update();
                }))
                .doesNotThrowAnyException();
        met[0].get(20, TimeUnit.SECONDS);
    }

    private boolean isSomebodyWaiting() {
        return world.count(
                        world.database.isH2()
                                ? "information_schema.sessions where blocker_id is not null"
                                : "pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                > 0;
    }
}
