package io.ticketbridge.ledger.ticket;

import io.ticketbridge.ledger.Columns;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.Ticket;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Records that carry our mark and that no ticket of the ledger knows: what the sweep found of them, and what it did (P15). */
public final class StrayRecords {
    /** Longer than a write takes: one that was begun so long ago was not ended by whoever began it. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    /** A record that is beside another, or that nobody knows. */
    public record Stray(String table, String sysId, String flow, String number, String correlationId) {}

    private final LedgerDatabase database;
    private final Clock clock;

    public StrayRecords(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The tables in which the flow has tickets. */
    public List<String> tables(String flow) {
        return database.client()
                .sql("select distinct table_name from ticket where flow = :flow order by table_name")
                .param("flow", flow)
                .query(String.class)
                .list();
    }

    /** The tickets that are known by one of these correlation ids. */
    public List<Ticket> tickets(Collection<String> correlationIds) {
        return correlationIds.isEmpty()
                ? List.of()
                : database.client()
                        .sql("select " + Columns.TICKET + " from ticket where correlation_id in (:ids)")
                        .param("ids", correlationIds)
                        .query(Tickets::ticket)
                        .list();
    }

    /**
     * Keeps what is about to be done, before it is.
     *
     * @return false if it was done, or is being done by somebody else
     */
    public boolean begin(Stray stray, String keptNumber) {
        return database.transaction().execute(status -> {
            int again = database.client()
                    .sql(
                            """
                            update stray_record set state = 'merging', kept_number = :kept, found_at = :now
                            where table_name = :table and sys_id = :sysId
                              and (state = 'unknown' or state = 'merging' and found_at < :abandoned)""")
                    .param("kept", keptNumber)
                    .param("now", Times.sql(clock.instant()))
                    .param("abandoned", Times.sql(clock.instant().minus(ABANDONED)))
                    .param("table", stray.table())
                    .param("sysId", stray.sysId())
                    .update();
            return again > 0 || insert(stray, keptNumber, "merging");
        });
    }

    /** @return whether it was not reported before */
    public boolean unknown(Stray stray) {
        return insert(stray, null, "unknown");
    }

    private boolean insert(Stray stray, String keptNumber, String state) {
        return database.client()
                        .sql(
                                """
                                insert into stray_record (table_name, sys_id, flow, number, correlation_id, kept_number, state, found_at)
                                select :table, :sysId, :flow, :number, :correlation, cast(:kept as varchar(40)), :state, cast(:now as timestamp(6) with time zone)
                                where not exists (select 1 from stray_record where table_name = :table and sys_id = :sysId)""")
                        .param("table", stray.table())
                        .param("sysId", stray.sysId())
                        .param("flow", stray.flow())
                        .param("number", Text.cut(stray.number(), 40))
                        .param("correlation", Text.cut(stray.correlationId(), 100))
                        .param("kept", keptNumber, Types.VARCHAR)
                        .param("state", state)
                        .param("now", Times.sql(clock.instant()))
                        .update()
                > 0;
    }

    /** A record that waits for somebody, with its state. */
    public record Waiting(Stray stray, String state) {}

    /** Those of a flow's table that wait for a sweep or for a person; not what somebody is just about to close. */
    public List<Waiting> waiting(String flow, String table) {
        return database.client()
                .sql(
                        """
                        select table_name, sys_id, flow, number, correlation_id, state from stray_record
                        where flow = :flow and table_name = :table
                          and (state in ('linked', 'unknown') or state = 'merging' and found_at < :abandoned)
                        order by sys_id""")
                .param("flow", flow)
                .param("table", table)
                .param("abandoned", Times.sql(clock.instant().minus(ABANDONED)))
                .query((row, number) -> new Waiting(
                        new Stray(
                                row.getString("table_name"),
                                row.getString("sys_id"),
                                row.getString("flow"),
                                row.getString("number"),
                                row.getString("correlation_id")),
                        row.getString("state")))
                .list();
    }

    /** Whether it is the record of a ticket by now. */
    public boolean isTicket(Stray stray) {
        return database.client()
                        .sql("select count(*) from ticket where sys_id = :sysId and table_name = :table")
                        .param("sysId", stray.sysId())
                        .param("table", stray.table())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** It is no record of ours any more, or no one's but a ticket's: nobody need know of it. */
    public void forget(Stray stray) {
        database.client()
                .sql("delete from stray_record where table_name = :table and sys_id = :sysId")
                .param("table", stray.table())
                .param("sysId", stray.sysId())
                .update();
    }

    /** @param state {@code merged}, {@code linked} if it could not be closed, or {@code refused} */
    public void ended(Stray stray, String state) {
        database.client()
                .sql(
                        "update stray_record set state = :state, ended_at = :now where table_name = :table and sys_id = :sysId")
                .param("state", state)
                .param("now", Times.sql(clock.instant()))
                .param("table", stray.table())
                .param("sysId", stray.sysId())
                .update();
    }

    /** How many there are of each state, by state. */
    public Map<String, Long> countByState() {
        Map<String, Long> counts = new TreeMap<>();
        database.jdbc().query("select state, count(*) from stray_record group by state", row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }
}
