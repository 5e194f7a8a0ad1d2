package io.ticketbridge.ledger.account;

import io.ticketbridge.finding.Digest;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.Head;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;

/**
 * One summary ticket per flow while a breaker holds (P12). It is the ticket of a group with one finding of our own, which
 * fails for as long as something is held: so it takes the way of all tickets, intent and look-up included.
 */
public final class Storms {
    /** A count that changes while tickets are still being delivered is told again after as long. */
    private static final Duration TOLD_AGAIN = Duration.ofMinutes(10);

    /** Of no account and no scan: what no scan covers is never concluded to be absent, and no run counts it. */
    private static final UUID NO_SCOPE = new UUID(0, 0);

    private static final long NO_RUN = 0;
    private static final String HELD = "held";

    private record Told(long version, Head head, Instant at) {
        long held() {
            return head.failing() ? Long.parseLong(head.attributes().getOrDefault(HELD, "0")) : 0;
        }
    }

    private final LedgerDatabase database;
    private final Set<String> flows;
    private final Set<String> wanted;
    private final Clock clock;

    /**
     * @param flows all flows
     * @param wanted those that want a summary ticket; what others have is brought to its end
     */
    public Storms(LedgerDatabase database, Set<String> flows, Set<String> wanted, Clock clock) {
        this.database = database;
        this.flows = Set.copyOf(flows);
        this.wanted = Set.copyOf(wanted);
        this.clock = clock;
    }

    public static UUID groupOf(String flow) {
        return Digest.of("storm-1", flow);
    }

    /** @return whether a summary ticket is now owed something that it was not before */
    public boolean look() {
        return flows.stream().filter(this::tell).count() > 0;
    }

    private boolean tell(String flow) {
        Optional<Told> told = told(flow, "");
        if (told.isEmpty() && !wanted.contains(flow)) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(database.transaction().execute(status -> tellIfNews(flow)));
        } catch (DuplicateKeyException e) {
            // Another replica was first.
            return false;
        }
    }

    private boolean tellIfNews(String flow) {

        Optional<Told> last = told(flow, " for update");
        List<String> reasons = wanted.contains(flow) ? reasons(flow) : List.of();
        long held = reasons.isEmpty() ? 0 : count(flow, "held >= ''");
        boolean isSettled = count(flow, "pending = true") == 0;
        boolean isLate = held > 0
                && last.isPresent()
                && last.get().at().isBefore(clock.instant().minus(TOLD_AGAIN));
        if (held == last.map(Told::held).orElse(0L) || !isSettled && !isLate) {
            return false;
        }
        write(flow, last, held, reasons);
        return true;
    }

    private Optional<Told> told(String flow, String how) {
        return database.client()
                .sql("select version, head, due_at from finding_group where id = :id" + how)
                .param("id", groupOf(flow))
                .query((row, number) ->
                        new Told(row.getLong("version"), Json.head(row.getString("head")), Times.of(row, "due_at")))
                .optional();
    }

    private long count(String flow, String which) {
        return database.client()
                .sql("select count(*) from finding_group where flow = :flow and id <> :own and " + which)
                .param("flow", flow)
                .param("own", groupOf(flow))
                .query(Long.class)
                .single();
    }

    private List<String> reasons(String flow) {
        return database.client()
                .sql(
                        """
                        select held, count(*) as groups_held from finding_group where flow = :flow and id <> :own and held >= ''
                        group by held order by held""")
                .param("flow", flow)
                .param("own", groupOf(flow))
                .query((row, number) -> row.getLong("groups_held") + ": " + row.getString("held"))
                .list();
    }

    private void write(String flow, Optional<Told> last, long held, List<String> reasons) {
        UUID group = groupOf(flow);
        String head = Json.write(head(flow, held, reasons));
        long version = last.map(Told::version).orElse(0L) + 1;
        if (last.isEmpty()) {
            database.jdbc()
                    .update(
                            """
                            insert into finding_group (id, flow, label, grouping, head, version, settled, shown, run_id, pending,
                                released, silenced, let_go, dead, due_at, attempts, fence)
                            values (?, ?, ?, 'storm', ?, ?, 0, 0, ?, true, false, false, false, false, ?, 0, 0)""",
                            group,
                            flow,
                            "breakers of " + flow,
                            head,
                            version,
                            NO_RUN,
                            Times.sql(clock.instant()));
        } else {
            database.jdbc()
                    .update(
                            """
                            update finding_group set head = ?, version = ?, run_id = ?, pending = true, held = null,
                                released = false, dead = false, due_at = ?, attempts = 0 where id = ?""",
                            head,
                            version,
                            NO_RUN,
                            Times.sql(clock.instant()),
                            group);
        }
        writeFinding(flow, group, held > 0 ? Result.FAIL : Result.PASS, version);
    }

    private void writeFinding(String flow, UUID group, Result result, long version) {
        int updated = database.jdbc()
                .update(
                        "update finding set result = ?, version = ?, listed = true, changed_at = ?, accepted_in = null where group_id = ?",
                        result.ordinal(),
                        version,
                        Times.sql(clock.instant()),
                        group);
        if (updated == 0) {
            database.jdbc()
                    .update(
                            """
                            insert into finding (id, group_id, content, result, severity, version, listed, run_id, scope_id,
                                source_scope, account, region, check_id, resource_uid, resource_name, resource_type, message,
                                first_seen, changed_at)
                            values (?, ?, ?, ?, ?, ?, false, ?, ?, ?, '', '', ?, ?, ?, '', '', ?, ?)""",
                            group,
                            group,
                            NO_SCOPE,
                            result.ordinal(),
                            Severity.HIGH.ordinal(),
                            version,
                            NO_RUN,
                            NO_SCOPE,
                            NO_SCOPE,
                            Head.STORM,
                            flow,
                            "flow " + flow,
                            Times.sql(clock.instant()),
                            Times.sql(clock.instant()));
        }
    }

    private static Head head(String flow, long held, List<String> reasons) {
        return new Head(
                groupOf(flow),
                flow,
                "Breakers hold tickets of flow " + flow,
                held == 0
                        ? "Nothing is held any more."
                        : "Ticketbridge holds back " + held + " groups of flow " + flow
                                + " that would open or change a ticket. Nothing is lost.\n"
                                + String.join("\n", reasons),
                "Find out what happened. What is held follows by and by; `release " + flow
                        + "` delivers all of it now.",
                "",
                Head.STORM,
                List.of(),
                Map.of(HELD, String.valueOf(held)),
                List.of(),
                Severity.HIGH,
                held > 0);
    }
}
