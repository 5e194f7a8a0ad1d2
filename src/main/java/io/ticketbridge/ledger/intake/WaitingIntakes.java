package io.ticketbridge.ledger.intake;

import io.ticketbridge.fault.Causes;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.pass.PassOf;
import io.ticketbridge.ledger.pass.PassingFailure;
import io.ticketbridge.ledger.run.PassLost;
import io.ticketbridge.ledger.run.Run;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * What was sent over HTTP and waits to be read, the oldest first, one of a flow at a time. Who reads one holds a lease, which
 * each part that is read renews: what a killed process left is read by the next.
 */
public final class WaitingIntakes {
    /** Longer than what lies between two parts, or between the last one and the end of the scan. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final String INTAKE = "intake";

    private final LedgerDatabase database;
    private final IntakeParts parts;
    private final String owner;
    private final Clock clock;

    /** @param owner tells this process from every other */
    public WaitingIntakes(LedgerDatabase database, String owner, Clock clock) {
        this.database = database;
        this.parts = new IntakeParts(database);
        this.owner = owner;
        this.clock = clock;
    }

    /** The number of the newest of a flow: a pass reads up to it, or it would have no end while others are sent. */
    public long newest(String flow) {
        return database.client()
                .sql(
                        "select coalesce(max(number), 0) from intake where state in ('waiting', 'reading') and flow = :flow")
                .param("flow", flow)
                .query(Long.class)
                .single();
    }

    /** Whether there is one to be read now, and nobody reads one of the flow. */
    public boolean isWaiting(String flow, long upTo) {
        return oldest(flow).filter(number -> number <= upTo).isPresent();
    }

    private Optional<Long> oldest(String flow) {
        return database.client()
                .sql(
                        """
                        select min(number) from intake where state in ('waiting', 'reading') and flow = :flow
                          and not exists (select 1 from intake r
                            where r.state = 'reading' and r.flow = :flow and r.lease_until > :now)""")
                .param("flow", flow)
                .param("now", Times.sql(clock.instant()))
                .query((row, number) -> Optional.ofNullable(row.getObject(1, Long.class)))
                .single();
    }

    /** Takes the oldest of a flow, to read it; null if somebody else was faster. */
    public Intake claim(Exchange exchange, String flow) {
        Intake claimed = oldest(flow).flatMap(this::claim).orElse(null);
        exchange.setProperty(INTAKE, claimed);
        // What is read and not written yet is waited for, and nobody else may begin with it meanwhile.
        new PassOf(exchange).keep(claimed == null ? null : () -> renew(claimed.id()));
        return claimed;
    }

    private Optional<Intake> claim(long number) {
        int claimed = database.client()
                .sql(
                        """
                        update intake set state = 'reading', lease_owner = :owner, lease_until = :until
                        where number = :number and (state = 'waiting' or state = 'reading' and lease_until <= :now)""")
                .param("owner", owner)
                .param("until", Times.sql(clock.instant().plus(LEASE)))
                .param("number", number)
                .param("now", Times.sql(clock.instant()))
                .update();
        if (claimed == 0) {
            return Optional.empty();
        }
        return database.client()
                .sql("select id, flow, complete from intake where number = :number")
                .param("number", number)
                .query((row, index) -> {
                    UUID id = row.getObject("id", UUID.class);
                    return new Intake(
                            id,
                            row.getString("flow"),
                            row.getBoolean("complete"),
                            () -> parts.read(id, () -> renew(id)));
                })
                .optional();
    }

    private void renew(UUID id) {
        int ours = database.client()
                .sql("update intake set lease_until = :until where id = :id and lease_owner = :owner")
                .param("until", Times.sql(clock.instant().plus(LEASE)))
                .param("id", id)
                .param("owner", owner)
                .update();
        if (ours == 0) {
            throw new PassLost();
        }
    }

    /** It was read: its parts go, its digest stays for as long as runs are kept. */
    public void done(Exchange exchange) {
        Intake intake = exchange.getProperty(INTAKE, Intake.class);
        Long run = run(exchange);
        database.transaction().executeWithoutResult(status -> {
            if (end(intake.id(), "read", run, null)) {
                parts.delete(intake.id());
            }
        });
    }

    /** It could not be read. What may pass leaves it to whoever finds that the lease is over. */
    public void failed(Exchange exchange) {
        Intake intake = exchange.getProperty(INTAKE, Intake.class);
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (!PassingFailure.isCauseOf(error)) {
            String said = new PassOf(exchange).failure().orElseGet(() -> Causes.sentence(error));
            end(intake.id(), "failed", run(exchange), said);
        }
    }

    /** Null where it could not even be opened. */
    private static Long run(Exchange exchange) {
        return new PassOf(exchange).begunRun().map(Run::id).orElse(null);
    }

    private boolean end(UUID id, String state, Long run, String error) {
        return database.client()
                        .sql(
                                """
                                update intake set state = :state, run_id = :run, error = :error, ended_at = :now,
                                lease_owner = null, lease_until = null where id = :id and lease_owner = :owner""")
                        .param("state", state)
                        .param("run", run)
                        .param("error", Text.cut(error, 4000))
                        .param("now", Times.sql(clock.instant()))
                        .param("id", id)
                        .param("owner", owner)
                        .update()
                > 0;
    }

    /** This process reads no more: what it was at is free for the next. */
    public void release() {
        database.client()
                .sql("update intake set lease_until = :now where state = 'reading' and lease_owner = :owner")
                .param("now", Times.sql(clock.instant()))
                .param("owner", owner)
                .update();
    }

    /** Nobody reads any: for whoever knows that no other process does. */
    public void releaseAll() {
        database.client()
                .sql("update intake set lease_until = :now where state = 'reading'")
                .param("now", Times.sql(clock.instant()))
                .update();
    }
}
