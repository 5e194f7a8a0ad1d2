package io.ticketbridge.ledger;

import io.ticketbridge.ticket.Acceptance;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Intent.Kind;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;

/** Tickets and the writes to them: an intent before each call, a record after it. (group, generation) is unique (P15). */
public final class Tickets {
    private final LedgerDatabase database;
    private final RunWrites writes;
    private final Clock clock;
    private volatile Began lastRun = new Began(-1, null);

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

    /** Of a group among those of its flow, and how many tickets its run opened. */
    private record Place(int urgency, int opened) {}

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
                        Kind.valueOf(row.getString("kind").toUpperCase(java.util.Locale.ROOT)),
                        row.getInt("generation"),
                        row.getString("reference"),
                        row.getLong("version"),
                        row.getString("state").equals("written"),
                        Times.of(row, "intended_at"),
                        row.getString("reason")))
                .optional();
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
        return openedInTheLastHour(claimed.group().flow()) >= quota.perHour().getAsInt();
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
        var key = new org.springframework.jdbc.support.GeneratedKeyHolder();
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
        if (find(claimed.group().id(), intent.generation()).isEmpty()) {
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

    /** Takes over the record that carries the group's key: it becomes its ticket of that generation (P13). */
    public void adopt(GroupCase claimed, int generation, String profile, String table, Seen seen, boolean reached) {
        adopt(claimed, generation, profile, table, seen, reached, null);
    }

    /**
     * Takes over a record that a query found, as the group's first ticket.
     *
     * @return false if it is the ticket of another group, which may have come to be just now
     */
    public boolean adoptFound(GroupCase claimed, String profile, String table, Seen seen, boolean reached) {
        if (isOfAnother(claimed, table, seen.sysId())) {
            return false;
        }
        try {
            adopt(claimed, 1, profile, table, seen, reached, table + "/" + seen.sysId());
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private boolean isOfAnother(GroupCase claimed, String table, String sysId) {
        return database.client()
                        .sql(
                                "select count(*) from ticket where sys_id = :sysId and table_name = :table and group_id <> :group")
                        .param("sysId", sysId)
                        .param("table", table)
                        .param("group", claimed.group().id())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void adopt(
            GroupCase claimed,
            int generation,
            String profile,
            String table,
            Seen seen,
            boolean reached,
            String adopted) {
        UUID group = claimed.group().id();
        database.transaction().executeWithoutResult(status -> {
            // What was intended and refused makes room; nothing hangs on its row.
            database.client()
                    .sql("delete from ticket where group_id = :group and generation <= :generation and sys_id is null")
                    .param("group", group)
                    .param("generation", generation)
                    .update();
            insertAdopted(claimed, generation, profile, table, seen, reached, adopted);
        });
    }

    private void insertAdopted(
            GroupCase claimed,
            int generation,
            String profile,
            String table,
            Seen seen,
            boolean reached,
            String adopted) {
        UUID group = claimed.group().id();
        database.client()
                .sql(
                        """
                        insert into ticket (group_id, generation, flow, profile, table_name, correlation_id, sys_id, number,
                            state, phase, reached, opened_at, intended_at, recorded_at, seen_at, sent_fields, head, adopted)
                        values (:group, :generation, :flow, :profile, :table, :correlation, :sysId, :number,
                            :state, :phase, :reached, :openedAt, :now, :now, :now, '{}', :head, :adopted)""")
                .param("adopted", adopted, java.sql.Types.VARCHAR)
                .param("group", group)
                .param("generation", generation)
                .param("flow", claimed.group().flow())
                .param("profile", profile)
                .param("table", table)
                .param("correlation", Ticket.correlationId(group, generation))
                .param("sysId", seen.sysId())
                .param("number", seen.number())
                .param("state", seen.state())
                .param("phase", seen.phase().name())
                .param("reached", reached)
                .param("openedAt", Times.sql(seen.openedAt()))
                .param("now", Times.sql(clock.instant()))
                .param("head", Json.write(claimed.group().head()))
                .update();
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

    /** The record is not there any more. */
    public void deleted(Ticket ticket) {
        database.client()
                .sql(
                        "update ticket set phase = 'DELETED', seen_at = :now where group_id = :group and generation = :generation")
                .param("now", Times.sql(clock.instant()))
                .param("group", ticket.groupId())
                .param("generation", ticket.generation())
                .update();
    }

    /**
     * ServiceNow has the record: from now on it is known by its sys_id, whatever becomes of its attachments.
     *
     * @param last whether nothing else is owed, so that the group is settled with it
     */
    public void recordOpened(
            GroupCase claimed, Intent intent, Seen seen, Map<String, String> sentFields, String problem, boolean last) {
        database.transaction().executeWithoutResult(status -> {
            showVersion(claimed, intent, last);
            // Of the first generation only what was held for long enough to be suppressed meanwhile.
            if (intent.generation() > 1 || claimed.group().suppressed() > 0) {
                forgetOlderSuppressions(claimed.group().id(), intent.version());
            }
            database.client()
                    .sql(
                            """
                            update ticket set sys_id = :sysId, number = :number, state = :state, phase = :phase,
                                reached = false, opened_at = :openedAt, recorded_at = :now, seen_at = :now,
                                sent_fields = :fields, head = :head, problem = :problem
                            where group_id = :group and generation = :generation""")
                    .param("sysId", seen.sysId())
                    .param("number", seen.number())
                    .param("state", seen.state())
                    .param("phase", seen.phase().name())
                    .param("openedAt", Times.sql(seen.openedAt()))
                    .param("now", Times.sql(clock.instant()))
                    .param("fields", Json.write(sentFields))
                    .param("head", Json.write(headShown(claimed, intent)))
                    .param("problem", Text.cut(problem, 4000))
                    .param("group", claimed.group().id())
                    .param("generation", intent.generation())
                    .update();
            setState(intent, last ? "done" : "written", answered(seen, problem));
        });
    }

    /** They keep no ticket open that does not list them. What was suppressed since keeps this one open. */
    private void forgetOlderSuppressions(UUID group, long version) {
        database.client()
                .sql(
                        """
                        update finding set keeps_open = false
                        where group_id = :group and keeps_open and version <= :version""")
                .param("group", group)
                .param("version", version)
                .update();
    }

    /**
     * ServiceNow has the change.
     *
     * @param last whether nothing else is owed, so that the group is settled with it
     */
    public void recordChanged(
            GroupCase claimed, Intent intent, Seen seen, Map<String, String> sentFields, String problem, boolean last) {
        database.transaction().executeWithoutResult(status -> {
            showVersion(claimed, intent, last);
            database.client()
                    .sql(
                            """
                            update ticket set state = :state, phase = :phase, reached = reached and :stays, seen_at = :now,
                                sent_fields = :fields, head = :head, problem = :problem
                            where group_id = :group and generation = :generation""")
                    .param("state", seen.state())
                    .param("phase", seen.phase().name())
                    .param("stays", intent.kind() != Kind.REOPENED)
                    .param("now", Times.sql(clock.instant()))
                    .param("fields", Json.write(sentFields))
                    .param("head", Json.write(headShown(claimed, intent)))
                    .param("problem", Text.cut(problem, 4000))
                    .param("group", claimed.group().id())
                    .param("generation", intent.generation())
                    .update();
            setState(intent, last ? "done" : "written", answered(seen, problem));
        });
    }

    /** The text that the write brought: an older intent that is found again shows what was known when it was sent. */
    public static Head headShown(GroupCase claimed, Intent intent) {
        return intent.version() == claimed.group().version()
                ? claimed.group().head()
                : claimed.latest().map(Ticket::head).orElse(claimed.group().head());
    }

    private static String answered(Seen seen, String problem) {
        return seen.number() + ", state " + seen.state() + (problem == null ? "" : "; " + problem);
    }

    /** A worker that was paused for longer than its lease must not write over what another has done since (P15). */
    private void showVersion(GroupCase claimed, Intent intent, boolean last) {
        UUID group = claimed.group().id();
        int shown = database.client()
                .sql("update finding_group set shown = greatest(shown, :version)"
                        + (last ? ", " + Groups.SETTLED + Groups.LET_GO : "")
                        + " where id = :id and fence = :fence")
                .param("version", intent.version())
                .param("id", group)
                .param("fence", claimed.fence())
                .update();
        if (shown == 0) {
            throw new LeaseLost(group);
        }
    }

    /** Attachments included, nothing of the intent is owed any more. */
    public void done(Intent intent) {
        setState(intent, "done", null);
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
            setState(intent, state, answer);
        });
    }

    private void setState(Intent intent, String state, String answer) {
        database.client()
                .sql(
                        "update action set state = :state, ended_at = :now, answer = coalesce(:answer, answer) where id = :id")
                .param("state", state)
                .param("now", Times.sql(clock.instant()))
                .param("answer", Text.cut(answer, 4000), java.sql.Types.VARCHAR)
                .param("id", intent.id())
                .update();
    }

    private static Acceptance acceptance(ResultSet row) throws SQLException {
        String as = row.getString("accepted_as");
        return as == null
                ? null
                : new Acceptance(as, Times.of(row, "accepted_until"), row.getBoolean("acceptance_over"));
    }

    static Ticket ticket(ResultSet row, int number) throws SQLException {
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
