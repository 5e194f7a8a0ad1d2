package io.ticketbridge.ledger.pair;

import io.ticketbridge.config.SyncMaps;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.identity.GroupsOf;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.SourceFields;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketFacts;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the states of both sides of all open pairs with what they agreed on, whatever the stamps say (P26). A pair that
 * differs is drift: it is counted, and looked at with the flow's next pass, which repairs it.
 */
public final class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    /** As many ids are asked for at once: a page of alerts. */
    private static final int AT_ONCE = 10;

    private final LedgerDatabase database;
    private final Pairs pairs;
    private final PairedSources sources;
    private final GroupsOf groupsOf;
    private final Clock clock;

    public Reconciliation(LedgerDatabase database, Pairs pairs, PairedSources sources, GroupsOf groupsOf, Clock clock) {
        this.database = database;
        this.pairs = pairs;
        this.sources = sources;
        this.groupsOf = groupsOf;
        this.clock = clock;
    }

    /** One comparison. Keeps an id per pair and no more (P36). One thread works on it. */
    public static final class Comparison {
        private final String flow;
        private final Map<UUID, Ticket> compared = new HashMap<>();
        private final Set<UUID> drifted = new HashSet<>();
        private final Set<UUID> openAtSource = new HashSet<>();
        private final Set<UUID> askedFor = new HashSet<>();

        private Comparison(String flow) {
            this.flow = flow;
        }
    }

    public Comparison begin(String flow) {
        return new Comparison(flow);
    }

    /** A page of tickets as ServiceNow has them now. */
    public void tickets(Comparison comparison, List<TicketFacts> page) {
        for (TicketFacts facts : page) {
            UUID group = facts.ticket().groupId();
            State state = state(facts.ticket());
            if (state == null || state.isOwed()) {
                continue;
            }
            comparison.compared.put(group, facts.ticket());
            boolean agrees = facts.present()
                    && facts.mark().equals(state.mark())
                    && state.agreement().fields().entrySet().stream()
                            .allMatch(field ->
                                    isSame(field.getValue(), facts.fields().get(field.getKey())));
            if (!agrees) {
                comparison.drifted.add(group);
            }
        }
    }

    /** What is empty says nothing: the user may not be allowed to read it any more. */
    private static boolean isSame(Both agreed, String now) {
        return now == null || now.isBlank() || now.equals(agreed.ticket());
    }

    /** A page of the cases or alerts that are open now. */
    public void sources(Comparison comparison, List<SourceRecord> page) {
        sources.read(comparison.flow, page);
        for (SourceRecord record : page) {
            if (record instanceof Finding finding) {
                for (UUID group : groupsOf.groups(finding, comparison.flow)) {
                    Ticket ticket = comparison.compared.get(group);
                    if (ticket == null) {
                        continue;
                    }
                    comparison.openAtSource.add(group);
                    State state = state(ticket);
                    if (state != null && !agrees(state.agreement(), finding)) {
                        comparison.drifted.add(group);
                    }
                }
            }
        }
    }

    /** Ids of cases or alerts that the pages did not have, so many as are asked for at once; each is named once. */
    public List<String> missing(Comparison comparison) {
        return comparison.compared.entrySet().stream()
                .filter(pair -> isMissing(comparison, pair.getKey(), pair.getValue()))
                .filter(pair -> comparison.askedFor.add(pair.getKey()))
                .limit(AT_ONCE)
                .map(pair -> pair.getValue().head())
                .flatMap(head -> head.subject().map(subject -> head.attributes().get(subject.word())).stream())
                .toList();
    }

    private boolean isMissing(Comparison comparison, UUID group, Ticket ticket) {
        State state = comparison.openAtSource.contains(group) ? null : state(ticket);
        return state != null && !state.closed() && !sources.isElsewhere(ticket);
    }

    /** Findings wait for the closing, so they are no drift before. */
    private static boolean agrees(Agreement agreement, Finding finding) {
        Map<SyncField, String> now = SourceFields.of(finding);
        return SourceFields.withSeverity(agreement).fields().entrySet().stream()
                .filter(field -> field.getKey() != SyncField.FINDINGS)
                .allMatch(field -> isSame(field.getKey(), field.getValue(), now.get(field.getKey())));
    }

    private static boolean isSame(SyncField field, Both agreed, String now) {
        return field == SyncField.NAME || field == SyncField.DESCRIPTION
                ? now.equals(agreed.source())
                : SyncMaps.isSame(now, agreed.source());
    }

    /** Everything was read: what drifted is looked at with the next pass, and the figures are kept. */
    public void end(Comparison comparison) {
        comparison.compared.forEach((group, ticket) -> {
            if (isMissing(comparison, group, ticket)) {
                comparison.drifted.add(group);
            }
        });
        comparison.drifted.forEach(group -> pairs.stir(comparison.compared.get(group)));
        database.client()
                .sql("insert into reconciliation (flow, at, pairs, drifted) values (:flow, :now, :pairs, :drifted)")
                .param("flow", comparison.flow)
                .param("now", Times.sql(clock.instant()))
                .param("pairs", comparison.compared.size())
                .param("drifted", comparison.drifted.size())
                .update();
        if (comparison.drifted.isEmpty()) {
            LOG.info("Tickets and cases agree. flow={} pairs={}", comparison.flow, comparison.compared.size());
        } else {
            LOG.warn(
                    "Tickets and cases differ; they are brought into step with the next pass. flow={} pairs={} drifted={}",
                    comparison.flow,
                    comparison.compared.size(),
                    comparison.drifted.size());
        }
    }

    /** @param isOwed whether a look at the pair is under way already, so that a difference is no drift */
    private record State(Agreement agreement, String mark, boolean closed, boolean isOwed) {}

    /** Null once the pair has ended, which it may at any time: deliveries go on meanwhile. */
    private State state(Ticket ticket) {
        return database.client()
                .sql(
                        """
                        select p.agreement, p.mark, p.seen_mark, p.closed, g.pending from pair p
                        join finding_group g on g.id = p.group_id
                        where p.group_id = :group and p.generation = :generation and p.ended is null""")
                .param("group", ticket.groupId())
                .param("generation", ticket.generation())
                .query((row, number) -> new State(
                        Json.agreement(row.getString("agreement")),
                        row.getString("mark"),
                        row.getBoolean("closed"),
                        row.getBoolean("pending") || !row.getString("mark").equals(row.getString("seen_mark"))))
                .optional()
                .orElse(null);
    }
}
