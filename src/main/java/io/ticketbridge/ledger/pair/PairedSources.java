package io.ticketbridge.ledger.pair;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.identity.FormerOrigins;
import io.ticketbridge.ledger.identity.GroupsOf;
import io.ticketbridge.ledger.identity.Origin;
import io.ticketbridge.ledger.identity.OriginHistory;
import io.ticketbridge.ledger.identity.Origins;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.Ticket;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cases and alerts that tickets are kept in step with, as far as their flow reads them. One that is read is there, whatever was
 * believed of it; of one that the flow can't see, since it reads another tenant or list by now, nothing is known (P26). Thread-safe.
 */
public final class PairedSources {
    private static final Logger LOG = LoggerFactory.getLogger(PairedSources.class);

    private final LedgerDatabase database;
    private final Pairs pairs;
    private final Origins origins;
    private final Watermarks watermarks;
    private final GroupsOf groupsOf;
    private final Clock clock;

    public PairedSources(
            LedgerDatabase database,
            Pairs pairs,
            Origins origins,
            Watermarks watermarks,
            GroupsOf groupsOf,
            Clock clock) {
        this.database = database;
        this.pairs = pairs;
        this.origins = origins;
        this.watermarks = watermarks;
        this.groupsOf = groupsOf;
        this.clock = clock;
    }

    private record Known(UUID group, int generation, Instant updatedAt, boolean ended) {}

    /**
     * A page was read, whether it brings news or not. A pair that had ended without its case begins again, and when an open case was last
     * changed is kept: a later closing of one that nobody touches is told by it (P27).
     */
    public void read(String flow, List<SourceRecord> page) {
        Map<UUID, Finding> read = new HashMap<>();
        for (SourceRecord record : page) {
            if (record instanceof Finding finding) {
                groupsOf.groups(finding, flow).forEach(group -> read.put(group, finding));
            }
        }
        if (read.isEmpty()) {
            return;
        }
        int again = 0;
        for (Known pair : known(flow, read)) {
            Finding finding = read.get(pair.group());
            if (pair.ended()) {
                again += beginAgain(pair);
            } else if (finding.result() == Result.FAIL
                    && pair.updatedAt() != null
                    && pair.updatedAt().isBefore(finding.observedAt())) {
                updated(pair, finding.observedAt());
            }
        }
        if (again > 0) {
            LOG.info(
                    "Cases or alerts that were not there are read again, and kept in step with their tickets. flow={} pairs={}",
                    flow,
                    again);
        }
    }

    /** Of the latest tickets, as far as those are there themselves: what ended with a deleted one begins again with that. */
    private List<Known> known(String flow, Map<UUID, Finding> read) {
        return database.client()
                .sql(
                        """
                        select p.group_id, p.generation, p.source_updated_at, p.ended from pair p
                        join ticket t on t.group_id = p.group_id and t.generation = p.generation
                        where p.flow = :flow and p.group_id in (:groups) and t.phase <> 'DELETED'
                          and not exists (select 1 from ticket later
                              where later.group_id = p.group_id and later.generation > p.generation)""")
                .param("flow", flow)
                .param("groups", read.keySet())
                .query((row, number) -> new Known(
                        row.getObject("group_id", UUID.class),
                        row.getInt("generation"),
                        Times.of(row, "source_updated_at"),
                        row.getString("ended") != null))
                .list();
    }

    /** In another version, so that nobody ends it who has looked before. */
    private int beginAgain(Known pair) {
        return database.client()
                .sql(
                        """
                        update pair set ended = null, seen_mark = '?', version = case when version = 0 then 0 else version + 1 end
                        where group_id = :group and generation = :generation and ended is not null""")
                .param("group", pair.group())
                .param("generation", pair.generation())
                .update();
    }

    private void updated(Known pair, Instant at) {
        database.client()
                .sql(
                        "update pair set source_updated_at = :at where group_id = :group and generation = :generation and source_updated_at < :at")
                .param("at", Times.sql(at))
                .param("group", pair.group())
                .param("generation", pair.generation())
                .update();
    }

    /**
     * The pair of a group's latest ticket. Where its flow does not read the case any more, it rests, and neither side is asked or told: as
     * one that has ended, until the case is read again.
     */
    public Pair pair(GroupCase claimed) {
        Pair pair = pairs.of(claimed);
        Ticket ticket = claimed.latest().orElseThrow();
        if (pair.isOver() || !isElsewhere(ticket)) {
            return pair;
        }
        String number = ticket.number();
        pairs.end(
                pair,
                "flow " + ticket.flow() + " reads " + origins.of(ticket.flow()).said()
                        + " now, and " + number + " is about " + claimed.group().label() + " of elsewhere: " + number
                        + " rests until the flow reads that again");
        return pairs.of(claimed);
    }

    /** Whether its flow reads another tenant, or another list, than the one that the ticket's case came from. */
    boolean isElsewhere(Ticket ticket) {
        Origin now = origins.of(ticket.flow());
        if (now == null) {
            return false;
        }
        boolean isOfAnotherList = ticket.head()
                .subject()
                .filter(subject -> !now.source().endsWith(subject.word() + "s"))
                .isPresent();
        return isOfAnotherList || isOfFormer(ticket, now);
    }

    /** Today's settings count as soon as they are there, before the flow's next run takes them down. */
    private boolean isOfFormer(Ticket ticket, Origin now) {
        List<OriginHistory.Period> former = watermarks
                .of(FormerOrigins.key(ticket.flow()))
                .map(OriginHistory::of)
                .map(history -> history.reads(now, clock.instant()).former())
                .orElse(List.of())
                .stream()
                .filter(period -> !now.wasCalled(period.origin(), origins.isNameTaken(period.origin())))
                .toList();
        return !former.isEmpty()
                && firstSeen(ticket.groupId())
                        .filter(first -> former.stream().anyMatch(period -> period.holds(first)))
                        .isPresent();
    }

    private Optional<Instant> firstSeen(UUID group) {
        return database.client()
                .sql("select first_seen from finding where group_id = :group order by first_seen desc limit 1")
                .param("group", group)
                .query((row, number) -> Times.of(row, "first_seen"))
                .optional();
    }
}
