package io.ticketbridge.ledger.ticket;

import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Columns;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Ticket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads all that a decision about a group needs: what its findings say, its tickets, and what is intended for them. */
final class GroupCases {
    private final LedgerDatabase database;
    private final Tickets tickets;

    GroupCases(LedgerDatabase database, Tickets tickets) {
        this.database = database;
        this.tickets = tickets;
    }

    /** @param mayBeFirst whether a group that nobody claimed before is known to have neither ticket nor intent */
    GroupCase load(UUID id, boolean mayBeFirst) {
        return database.client()
                .sql("select " + Columns.FINDING_GROUP + " from finding_group where id = :id")
                .param("id", id)
                .query((row, number) -> {
                    long fence = row.getLong("fence");
                    if (mayBeFirst && fence == 1) {
                        return new GroupCase(state(row, Optional.empty()), List.of(), Optional.empty(), fence);
                    }
                    List<Ticket> all = tickets.of(id);
                    return new GroupCase(state(row, all.stream().findFirst()), all, tickets.openIntent(id), fence);
                })
                .single();
    }

    private GroupState state(ResultSet row, Optional<Ticket> latest) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        long version = row.getLong("version");
        long shown = row.getLong("shown");
        Head head = Json.head(row.getString("head"));
        long[] counts = new long[Result.values().length];
        long[] changed = new long[Result.values().length];
        long[] accepted = new long[1];
        Severity[] worst = {Severity.UNKNOWN};
        database.jdbc()
                .query(
                        """
                        select result,
                            sum(case when accepted_in is null then 1 else 0 end),
                            max(case when accepted_in is null then severity else 0 end),
                            sum(case when version > ? and accepted_in is null and listed = (result <> 0) then 1 else 0 end),
                            sum(case when accepted_in is not null then 1 else 0 end),
                            sum(case when keeps_open then 1 else 0 end)
                        from finding where group_id = ? group by result""",
                        counted -> {
                            int result = counted.getInt(1);
                            counts[result] = counted.getLong(2);
                            changed[result] = counted.getLong(4);
                            if (result == Result.FAIL.ordinal()) {
                                worst[0] = Severity.values()[counted.getInt(3)];
                                accepted[0] = counted.getLong(5);
                            } else if (result == Result.SUPPRESSED.ordinal()) {
                                counts[result] = counted.getLong(6);
                            }
                        },
                        shown,
                        id);
        Step step = latest.map(this::step).orElse(Step.NONE);
        return new GroupState(
                id,
                row.getString("flow"),
                row.getString("label"),
                head,
                version,
                shown,
                row.getLong("run_id"),
                counts[Result.FAIL.ordinal()],
                accepted[0],
                counts[Result.SUPPRESSED.ordinal()],
                changed[Result.FAIL.ordinal()],
                changed[Result.PASS.ordinal()] + changed[Result.INCONCLUSIVE.ordinal()],
                changed[Result.SUPPRESSED.ordinal()],
                latest.filter(Ticket::reached).map(this::cameBack).orElse(0L),
                worst[0],
                latest.isPresent()
                        && (row.getBoolean("again") || !latest.get().head().saysTheSameAs(head)),
                row.getBoolean("silenced"),
                row.getBoolean("let_go"),
                row.getBoolean("released"),
                step.agreedClosed(),
                step.ticketChanged());
    }

    /** By findings and not by events, which a plan's copy does not have. */
    private long cameBack(Ticket ticket) {
        return database.client()
                .sql(
                        """
                        select count(*) from finding where group_id = :group and result = 0 and accepted_in is null
                          and changed_at > first_seen and changed_at > (
                            select greatest(t.intended_at, coalesce(max(a.intended_at), t.intended_at)) from ticket t
                            left join action a on a.group_id = t.group_id and a.generation = t.generation
                              and a.kind in ('opened', 'reopened') and a.state in ('done', 'written')
                            where t.group_id = :group and t.generation = :generation group by t.intended_at)""")
                .param("group", ticket.groupId())
                .param("generation", ticket.generation())
                .query(Long.class)
                .single();
    }

    /** How far a ticket is in step with its case. */
    private record Step(boolean agreedClosed, boolean ticketChanged) {
        private static final Step NONE = new Step(false, false);
    }

    private Step step(Ticket ticket) {
        return database.client()
                .sql(
                        """
                        select closed, ended is null and seen_mark <> mark as changed from pair
                        where group_id = :group and generation = :generation""")
                .param("group", ticket.groupId())
                .param("generation", ticket.generation())
                .query((row, number) -> new Step(row.getBoolean("closed"), row.getBoolean("changed")))
                .optional()
                .orElse(Step.NONE);
    }
}
