package io.ticketbridge.ledger.pair;

import io.ticketbridge.ledger.Columns;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.ticket.LeaseLost;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Editions;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.Ticket;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tickets and what they are kept in step with: what both sides last agreed on, and what was carried over (P24, P25). */
public final class Pairs {
    private static final Agreement NOTHING_YET = new Agreement(Map.of(), Map.of(), Map.of());

    private final LedgerDatabase database;
    private final Clock clock;

    public Pairs(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The pair of a group's latest ticket; one that never was in step has version 0 and has agreed on nothing. */
    public Pair of(GroupCase claimed) {
        // On one connection: who waits for a second one while it holds the first may wait for others that do the same.
        return database.transaction().execute(status -> of(claimed.latest().orElseThrow()));
    }

    private Pair of(Ticket ticket) {
        UUID group = ticket.groupId();
        int generation = ticket.generation();
        ensure(ticket);
        Set<String> known = known(ticket);
        return database.client()
                .sql("select " + Columns.PAIR + " from pair where group_id = :group and generation = :generation")
                .param("group", group)
                .param("generation", generation)
                .query((row, number) -> new Pair(
                        group,
                        generation,
                        Json.agreement(row.getString("agreement")),
                        row.getLong("version"),
                        row.getString("mark"),
                        Times.of(row, "source_updated_at"),
                        Optional.ofNullable(row.getString("ended")),
                        noted(group, generation, "state <> 'sending'"),
                        noted(group, generation, "state = 'sending'"),
                        known,
                        written(group, generation, Times.of(row, "agreed_at"))))
                .single();
    }

    private void ensure(Ticket ticket) {
        database.transaction().executeWithoutResult(status -> {
            if (!exists(ticket.groupId(), ticket.generation())) {
                insert(ticket.groupId(), ticket.generation(), ticket.flow(), NOTHING_YET, 0, "");
                if (!ticket.sentFields().isEmpty()) {
                    // Opened before pairs were kept: it was told of the notes that its head has.
                    ticket.head().notes().forEach(note -> Editions.of(note)
                            .forEach(id -> carry(ticket.groupId(), ticket.generation(), id, "carried")));
                }
            }
        });
    }

    /**
     * A ticket was opened: it agrees with what it was opened from. The pairs of earlier tickets of its group end.
     *
     * @param carried the notes of the case that it was opened with
     */
    public void opened(
            GroupCase claimed, int generation, Agreement agreement, String mark, Collection<String> carried) {
        UUID group = claimed.group().id();
        database.transaction().executeWithoutResult(status -> {
            database.client()
                    .sql(
                            "update pair set ended = 'a later ticket took its place' where group_id = :group and generation < :generation and ended is null")
                    .param("group", group)
                    .param("generation", generation)
                    .update();
            if (!exists(group, generation)) {
                insert(group, generation, claimed.group().flow(), agreement, 1, mark);
            }
            carried.forEach(note -> carry(group, generation, note, "carried"));
        });
    }

    /**
     * Both sides are in step again. Who stood still meanwhile may know an older agreement than there is: then nothing is written.
     *
     * @param seenMark the ticket's mark after our own write, which no poll need take for a change; empty if there was none
     */
    public void agree(
            Pair pair,
            Agreement agreement,
            String mark,
            String seenMark,
            Instant sourceUpdatedAt,
            Collection<String> carried) {
        database.transaction().executeWithoutResult(status -> {
            int agreed = database.client()
                    .sql(
                            """
                            update pair set agreement = :agreement, version = version + :more, closed = :closed, mark = :mark,
                                seen_mark = case when :seen <> '' then :seen when seen_mark = '?' then :mark else seen_mark end,
                                source_updated_at = case when source_updated_at > :updated then source_updated_at else :updated end,
                                agreed_at = :now
                            where group_id = :group and generation = :generation and version = :version""")
                    .param("agreement", Json.write(agreement))
                    .param("more", pair.version() == 0 || !agreement.equals(pair.agreement()) ? 1 : 0)
                    .param("closed", isClosed(agreement))
                    .param("mark", Text.cut(mark, 100))
                    .param("seen", Text.cut(seenMark, 100))
                    .param("updated", Times.sql(sourceUpdatedAt), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                    .param("now", Times.sql(clock.instant()))
                    .param("group", pair.groupId())
                    .param("generation", pair.generation())
                    .param("version", pair.version())
                    .update();
            if (agreed == 0) {
                throw new LeaseLost(pair.groupId());
            }
            carried.forEach(note -> carry(pair.groupId(), pair.generation(), note, "carried"));
        });
    }

    private static boolean isClosed(Agreement agreement) {
        Both status = agreement.fields().get(SyncField.STATUS);
        return status != null && "Closed".equals(status.source());
    }

    /** The two are no longer kept in step, and why. Who stood still may not know that they are again: then nothing is written. */
    public void end(Pair pair, String reason) {
        int ended = database.client()
                .sql(
                        "update pair set ended = :reason where group_id = :group and generation = :generation and version = :version")
                .param("reason", Text.cut(reason, 1000))
                .param("group", pair.groupId())
                .param("generation", pair.generation())
                .param("version", pair.version())
                .update();
        if (ended == 0) {
            throw new LeaseLost(pair.groupId());
        }
    }

    /** @param state {@code sending} before it is sent, then {@code carried} or {@code refused} */
    public void carried(Pair pair, String note, String state) {
        carry(pair.groupId(), pair.generation(), note, state);
    }

    /** The file will not be tried again before a replay. */
    public void refused(UUID group, int generation, String file) {
        carry(group, generation, file, "refused");
    }

    public boolean isRefused(UUID group, int generation, String file) {
        return noted(group, generation, "state = 'refused'").contains(Text.cut(file, 200));
    }

    /**
     * What a poll saw of a ticket: one whose mark is another than when both sides agreed was changed since. A look that was asked for
     * stays asked for where it saw nothing new. A summary ticket has nothing to be in step with.
     */
    public void seen(Ticket ticket, String mark) {
        if (ticket.head().isStorm()) {
            return;
        }
        ensure(ticket);
        database.client()
                .sql(
                        """
                        update pair set seen_mark = :mark where group_id = :group and generation = :generation
                            and not (seen_mark = '?' and mark = :mark)""")
                .param("mark", Text.cut(mark, 100))
                .param("group", ticket.groupId())
                .param("generation", ticket.generation())
                .update();
    }

    /**
     * What the two were to get was refused for good, with the ticket as it was read: only what changes it after that, or the
     * reconciliation, asks for another look.
     *
     * @param mark the ticket's mark as it was read; empty if it was not read
     */
    public void refused(Ticket ticket, String mark) {
        database.client()
                .sql(
                        """
                        update pair set
                            mark = case when :mark <> '' then :mark when seen_mark = '?' then mark else seen_mark end,
                            seen_mark = case when seen_mark <> '?' and seen_mark <> mark then seen_mark
                                when :mark <> '' then :mark else mark end
                        where group_id = :group and generation = :generation""")
                .param("mark", Text.cut(mark, 100))
                .param("group", ticket.groupId())
                .param("generation", ticket.generation())
                .update();
    }

    /** Whether all of these files of the ticket are on the other side already, or were refused there. */
    public boolean hasCarried(Ticket ticket, Collection<String> files) {
        return noted(ticket.groupId(), ticket.generation(), "state <> 'sending'")
                .containsAll(files);
    }

    /** Asks for a look at both sides, whatever the marks say. */
    public void stir(Ticket ticket) {
        seen(ticket, "?");
    }

    private boolean exists(UUID group, int generation) {
        return database.client()
                        .sql("select count(*) from pair where group_id = :group and generation = :generation")
                        .param("group", group)
                        .param("generation", generation)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void insert(UUID group, int generation, String flow, Agreement agreement, long version, String mark) {
        database.client()
                .sql(
                        """
                        insert into pair (group_id, generation, flow, agreement, version, closed, mark, seen_mark, agreed_at)
                        values (:group, :generation, :flow, :agreement, :version, :closed, :mark, :mark, :now)""")
                .param("group", group)
                .param("generation", generation)
                .param("flow", flow)
                .param("agreement", Json.write(agreement))
                .param("version", version)
                .param("closed", isClosed(agreement))
                .param("mark", Text.cut(mark, 100))
                .param("now", Times.sql(clock.instant()))
                .update();
    }

    /** Under the group's claim, so that nobody else writes the same row. */
    private void carry(UUID group, int generation, String note, String state) {
        int known = carry(
                "update carried set state = :state, carried_at = :now where group_id = :group and generation = :generation and note_id = :note",
                group,
                generation,
                note,
                state);
        if (known == 0) {
            carry(
                    "insert into carried (group_id, generation, note_id, state, carried_at) values (:group, :generation, :note, :state, :now)",
                    group,
                    generation,
                    note,
                    state);
        }
    }

    private int carry(String sql, UUID group, int generation, String note, String state) {
        return database.client()
                .sql(sql)
                .param("group", group)
                .param("generation", generation)
                .param("note", Text.cut(note, 200))
                .param("state", state)
                .param("now", Times.sql(clock.instant()))
                .update();
    }

    private Set<String> noted(UUID group, int generation, String which) {
        return new HashSet<>(database.client()
                .sql("select note_id from carried where group_id = :group and generation = :generation and " + which)
                .param("group", group)
                .param("generation", generation)
                .query(String.class)
                .list());
    }

    private Set<String> written(UUID group, int generation, Instant agreedAt) {
        return new HashSet<>(database.client()
                .sql(
                        """
                        select reference from action where group_id = :group and generation = :generation
                            and state = 'done' and intended_at > :agreed""")
                .param("group", group)
                .param("generation", generation)
                .param("agreed", Times.sql(agreedAt))
                .query(String.class)
                .list());
    }

    private Set<String> known(Ticket ticket) {
        Set<String> known = new HashSet<>(database.client()
                .sql("select reference from action where group_id = :group")
                .param("group", ticket.groupId())
                .query(String.class)
                .list());
        known.add(References.ofOpening(ticket.correlationId()));
        return known;
    }
}
