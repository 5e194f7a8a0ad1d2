package io.ticketbridge.ledger.ticket;

import io.ticketbridge.ledger.Columns;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.Acceptance;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Intent.Kind;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Reads tickets, what is intended for them, and how many were opened; {@link Intents} and {@link TicketRecords} write. */
public final class Tickets {
    private final LedgerDatabase database;
    private final RunWrites writes;
    private final Clock clock;
    private volatile Began lastRun = new Began(-1, null);

    /** @param at null if there is no such run */
    private record Began(long run, Instant at) {}

    public Tickets(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.writes = new RunWrites(database);
        this.clock = clock;
    }

    public Optional<Ticket> latest(UUID group) {
        return of(group).stream().findFirst();
    }

    /** Of all generations, the latest first. */
    List<Ticket> of(UUID group) {
        return database.client()
                .sql("select " + Columns.TICKET + " from ticket where group_id = :group order by generation desc")
                .param("group", group)
                .query(Tickets::ticket)
                .list();
    }

    public Optional<Ticket> find(UUID group, int generation) {
        return database.client()
                .sql("select " + Columns.TICKET + " from ticket where group_id = :group and generation = :generation")
                .param("group", group)
                .param("generation", generation)
                .query(Tickets::ticket)
                .optional();
    }

    /** What was intended for a group and is not known to be done. */
    public Optional<Intent> openIntent(UUID group) {
        return database.client()
                .sql(
                        "select " + Columns.ACTION + " "
                                + """
                        from action where group_id = :group and state in ('intended', 'written')
                        order by id desc limit 1""")
                .param("group", group)
                .query((row, number) -> new Intent(
                        row.getLong("id"),
                        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getInt("generation"),
                        row.getString("reference"),
                        row.getLong("version"),
                        row.getString("state").equals("written"),
                        Times.of(row, "intended_at"),
                        row.getString("reason")))
                .optional();
    }

    /** How many writes a run has made or is making, opened or resolved: what the breakers count (P11, P12). */
    public Writes writes(long run) {
        return writes.of(run);
    }

    /** How many tickets of a flow were opened, or are being opened, in the last hour; summary tickets do not count (P12). */
    public int openedInTheLastHour(String flow) {
        return database.client()
                .sql(
                        """
                        select count(*) from action where flow = :flow and kind = :kind and intended_at > :since and run_id <> 0
                        and state not in ('withdrawn', 'refused')""")
                .param("flow", flow)
                .param("kind", Kind.OPENED.word())
                .param("since", Times.sql(clock.instant().minus(Duration.ofHours(1))))
                .query(Integer.class)
                .single();
    }

    /** How long ago the pass began that read what the group owes. */
    public Duration lag(GroupCase claimed) {
        Began began = lastRun;
        if (began.run() != claimed.group().runId()) {
            began = began(claimed.group().runId());
            lastRun = began;
        }
        Duration lag = began.at() == null ? Duration.ZERO : Duration.between(began.at(), clock.instant());
        return lag.isNegative() ? Duration.ZERO : lag;
    }

    private Began began(long run) {
        return database.client()
                .sql("select started_at from run where id = :run")
                .param("run", run)
                .query((row, number) -> new Began(run, Times.of(row, "started_at")))
                .optional()
                .orElse(new Began(run, null));
    }

    private static Acceptance acceptance(ResultSet row) throws SQLException {
        String as = row.getString("accepted_as");
        return as == null
                ? null
                : new Acceptance(as, Times.of(row, "accepted_until"), row.getBoolean("acceptance_over"));
    }

    public static Ticket ticket(ResultSet row, int number) throws SQLException {
        return new Ticket(
                row.getObject("group_id", UUID.class),
                row.getInt("generation"),
                row.getString("flow"),
                row.getString("profile"),
                row.getString("table_name"),
                row.getString("correlation_id"),
                row.getString("sys_id"),
                row.getString("number"),
                row.getString("state"),
                Phase.valueOf(row.getString("phase")),
                row.getBoolean("reached"),
                Times.of(row, "opened_at"),
                acceptance(row),
                Json.fields(row.getString("sent_fields")),
                Json.head(row.getString("head")));
    }
}
