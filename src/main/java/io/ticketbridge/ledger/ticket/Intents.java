package io.ticketbridge.ledger.ticket;

import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.budget.Quota;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Intent.Kind;
import io.ticketbridge.ticket.Ticket;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** What is about to be written to a ticket: recorded before each call, ended by what became of it. (group, generation) is unique (P15). */
public final class Intents {
    /** What is due and would open a ticket, of one urgency; as many as matter. */
    static final String TO_OPEN =
            """
            select count(*) from (
                select g.id from finding_group g
                where g.pending = true and g.flow = :flow and g.urgency = :urgency and g.due_at <= :now
                  and exists (select 1 from finding f where f.group_id = g.id and f.result = 0)
                  and not exists (select 1 from ticket t where t.group_id = g.id and t.phase in ('OPEN', 'INTENDED'))
                order by g.pending, g.flow, g.urgency, g.due_at, g.label_key, g.id
                limit :most) as worse""";

    private final LedgerDatabase database;
    private final Tickets tickets;
    private final RunWrites writes;
    private final Clock clock;

    /** Of a group among those of its flow, and how many tickets its run opened. */
    private record Place(int urgency, int opened) {}

    public Intents(LedgerDatabase database, Tickets tickets, Clock clock) {
        this.database = database;
        this.tickets = tickets;
        this.writes = new RunWrites(database);
        this.clock = clock;
    }

    /**
     * Records what is about to be written, inside the transaction that made sure of the claim.
     *
     * @param request what is about to be sent, for whoever asks later what was
     * @param quota how many writes of this kind may be made; counted under a lock, so that parallel deliveries can't slip
     *     past a breaker together
     * @return empty if as many have been made already
     * @throws WorseComesFirst if what may still be opened is for others
     */
    Optional<Intent> intend(
            GroupCase claimed, Intent intent, Object request, String profile, String table, Quota quota) {
        if (isHourUsedUp(claimed, quota) || !writes.count(claimed.group().runId(), intent.kind(), quota.perRun())) {
            return Optional.empty();
        }
        if (intent.kind() == Kind.OPENED && quota.perRun() < Integer.MAX_VALUE) {
            letWorseGoFirst(claimed, quota.perRun());
        }
        return Optional.of(insertIntent(claimed, intent, request, profile, table));
    }

    /** Deliveries run in parallel: what was handed out first need not come here first. The run is locked, so that nobody else counts now. */
    private void letWorseGoFirst(GroupCase claimed, int perRun) {
        Place place = place(claimed);
        int left = perRun - place.opened();
        // One urgency at a time, and no more than matter: so the index is read from its beginning, however much is
        // owed.
        for (int urgency = 0; urgency < place.urgency() && left >= 0; urgency++) {
            left -= toOpen(claimed.group().flow(), urgency, left + 1);
        }
        if (left < 0) {
            throw new WorseComesFirst(claimed.group().id());
        }
    }

    private Place place(GroupCase claimed) {
        return database.client()
                .sql(
                        """
                        select urgency, coalesce((select opened from run where id = :run), 0) as opened
                        from finding_group where id = :group""")
                .param("run", claimed.group().runId())
                .param("group", claimed.group().id())
                .query((row, number) -> new Place(row.getInt("urgency"), row.getInt("opened")))
                .single();
    }

    private int toOpen(String flow, int urgency, int most) {
        return database.client()
                .sql(TO_OPEN)
                .param("flow", flow)
                .param("urgency", urgency)
                .param("now", Times.sql(clock.instant()))
                .param("most", most)
                .query(Integer.class)
                .single();
    }

    private boolean isHourUsedUp(GroupCase claimed, Quota quota) {
        if (quota.perHour().isEmpty()) {
            return false;
        }
        lockFlow(claimed.group().flow());
        return tickets.openedInTheLastHour(claimed.group().flow())
                >= quota.perHour().getAsInt();
    }

    /** The flow's oldest run stands for the flow; taken before a newer one, so that nobody locks them crosswise. */
    private void lockFlow(String flow) {
        database.client()
                .sql("select id from run where id = (select min(id) from run where flow = :flow) for update")
                .param("flow", flow)
                .query(Long.class)
                .optional();
    }

    private Intent insertIntent(GroupCase claimed, Intent intent, Object request, String profile, String table) {
        UUID group = claimed.group().id();
        Instant now = clock.instant();
        if (intent.kind() == Kind.OPENED && !takeUpTicket(claimed, intent, profile, table)) {
            insertTicket(claimed, intent, profile, table, now);
        }
        var key = new GeneratedKeyHolder();
        database.client()
                .sql(
                        """
                            insert into action (group_id, generation, flow, run_id, kind, reason, reference, version, state,
                                intended_at, request)
                            values (:group, :generation, :flow, :run, :kind, :reason, :reference, :version, 'intended', :now,
                                :request)""")
                .param("group", group)
                .param("generation", intent.generation())
                .param("flow", claimed.group().flow())
                .param("run", claimed.group().runId())
                .param("kind", intent.kind().word())
                .param("reason", Text.cut(intent.reason(), 1000))
                .param("reference", intent.reference())
                .param("version", intent.version())
                .param("now", Times.sql(now))
                .param("request", Text.cut(Json.write(request)))
                .update(key, "id");
        return intent.recorded(key.getKey().longValue(), now);
    }

    /**
     * One that was given up before may have been meant for another table.
     *
     * @return whether there is one of that generation
     */
    private boolean takeUpTicket(GroupCase claimed, Intent intent, String profile, String table) {
        if (claimed.isFirst()) {
            return false;
        }
        if (tickets.find(claimed.group().id(), intent.generation()).isEmpty()) {
            return false;
        }
        database.client()
                .sql(
                        """
                        update ticket set profile = :profile, table_name = :table, head = :head
                        where group_id = :group and generation = :generation and sys_id is null""")
                .param("head", Json.write(claimed.group().head()))
                .param("profile", profile)
                .param("table", table)
                .param("group", claimed.group().id())
                .param("generation", intent.generation())
                .update();
        return true;
    }

    private void insertTicket(GroupCase claimed, Intent intent, String profile, String table, Instant now) {
        UUID group = claimed.group().id();
        database.client()
                .sql(
                        """
                        insert into ticket (group_id, generation, flow, profile, table_name, correlation_id, phase, reached,
                            intended_at, sent_fields, head)
                        values (:group, :generation, :flow, :profile, :table, :correlation, 'INTENDED', false, :now, '{}', :head)""")
                .param("group", group)
                .param("generation", intent.generation())
                .param("flow", claimed.group().flow())
                .param("profile", profile)
                .param("table", table)
                .param("correlation", Ticket.correlationId(group, intent.generation()))
                .param("now", Times.sql(now))
                .param("head", Json.write(claimed.group().head()))
                .update();
    }

    /** Attachments included, nothing of the intent is owed any more. */
    public void done(Intent intent) {
        ended(intent, "done", null);
    }

    /** ServiceNow does not have it and will not: the intent is off, and what is owed is decided anew. */
    public void withdraw(Intent intent, String why) {
        takeBack(intent, "withdrawn", why);
    }

    /** ServiceNow refused it for good. */
    public void refused(Intent intent, String answer) {
        takeBack(intent, "refused", answer);
    }

    private void takeBack(Intent intent, String state, String answer) {
        database.transaction().executeWithoutResult(status -> {
            writes.takeBack(intent);
            ended(intent, state, answer);
        });
    }

    void ended(Intent intent, String state, String answer) {
        database.client()
                .sql(
                        "update action set state = :state, ended_at = :now, answer = coalesce(:answer, answer) where id = :id")
                .param("state", state)
                .param("now", Times.sql(clock.instant()))
                .param("answer", Text.cut(answer, 4000), Types.VARCHAR)
                .param("id", intent.id())
                .update();
    }
}
