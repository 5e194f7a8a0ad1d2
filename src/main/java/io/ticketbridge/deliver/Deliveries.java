package io.ticketbridge.deliver;

import io.ticketbridge.config.Baseline;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.finding.Note;
import io.ticketbridge.ledger.DeadLetters;
import io.ticketbridge.ledger.Groups;
import io.ticketbridge.ledger.HeldGroups;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.Pairs;
import io.ticketbridge.ledger.Quota;
import io.ticketbridge.ledger.Tickets;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Breaker;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.DeliveryListener;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.SourceFields;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;

/** The steps of P15's cycle as the routes call them: claim, decide, intend, record, settle. Thread-safe. */
public final class Deliveries {
    private final Settings settings;
    private final Groups groups;
    private final Tickets tickets;
    private final Pairs pairs;
    private final HeldGroups held;
    private final DeadLetters deadLetters;
    private final History history;
    private final Attachments attachments;
    private final DeliveryListener listener;
    private final Circuits circuits;
    private final Logger log;
    private final Clock clock;
    private final Set<String> reportedRewrites = ConcurrentHashMap.newKeySet();
    private final Set<String> sharedQueries = ConcurrentHashMap.newKeySet();
    private final Set<Long> heldRuns = ConcurrentHashMap.newKeySet();

    /** @param log where each write is said; a plan says nothing of what it does not do */
    public Deliveries(
            Settings settings,
            Groups groups,
            Tickets tickets,
            Pairs pairs,
            HeldGroups held,
            DeadLetters deadLetters,
            History history,
            Attachments attachments,
            DeliveryListener listener,
            Circuits circuits,
            Logger log,
            Clock clock) {
        this.settings = settings;
        this.groups = groups;
        this.tickets = tickets;
        this.pairs = pairs;
        this.held = held;
        this.deadLetters = deadLetters;
        this.history = history;
        this.attachments = attachments;
        this.listener = listener;
        this.circuits = circuits;
        this.log = log;
        this.clock = clock;
    }

    /** @return the group, claimed, or null if there is nothing to do about it here and now */
    public Delivery claim(UUID id, Exchange exchange) {
        // What has not begun when a stop is asked for stays owed: a long queue must not hold up the end.
        Delivery delivery = exchange.getContext().isStopping() ? null : claim(id);
        // Where a step fails, the body may be anything: the error route finds the delivery here.
        exchange.setProperty("delivery", delivery);
        if (delivery == null) {
            Trail.leave();
        } else {
            Trail.follow(delivery.group().runId());
        }
        return delivery;
    }

    private Delivery claim(UUID id) {
        Optional<GroupCase> claimed = groups.claim(id);
        if (claimed.isEmpty()) {
            return null;
        }
        GroupCase group = claimed.get();
        if (!settings.delivers(group.group().flow())) {
            // Nothing of such a flow is handed out here: what it owes waits for whoever delivers for it.
            groups.postpone(group);
            return null;
        }
        FlowSettings flow = settings.flows().get(group.group().flow());
        Delivery delivery = new Delivery(flow, settings.profiles().get(flow.profile()), group);
        if (hasIntent(delivery)) {
            takeProfileOfTicket(delivery);
        }
        return delivery;
    }

    /**
     * A step of a route chooses the profile of the ticket that may be opened. A ticket that is there keeps its own, and so does
     * one that was intended and not recorded.
     *
     * @throws IllegalArgumentException if there is no such profile, or the flow is kept in step, which takes one table and one
     *     set of maps
     */
    public void useProfile(Delivery delivery, String name) {
        ProfileSettings chosen = settings.profiles().get(name);
        if (chosen == null) {
            throw new IllegalArgumentException("A route chose the profile " + name + " for flow "
                    + delivery.flow().name() + ", and there is none: set ticketbridge.profile." + name
                    + ".table, or choose one of " + settings.profiles().keySet());
        }
        if (delivery.flow().syncBack()) {
            throw new IllegalArgumentException("A route chose the profile " + name + " for flow "
                    + delivery.flow().name() + ", which is kept in step and has one profile: make two flows with a"
                    + " source-filter each, or set ticketbridge.flow."
                    + delivery.flow().name() + ".sync-back=false");
        }
        Lifecycle lifecycle = Lifecycle.of(chosen.table());
        if (!lifecycle.knows(delivery.flow().newTicketWhenStatus())) {
            throw new IllegalArgumentException("A route chose the profile " + name + " for flow "
                    + delivery.flow().name() + ", whose new-ticket-when-status "
                    + delivery.flow().newTicketWhenStatus() + " is no state of " + chosen.table()
                    + ": choose a profile of a table with that state, or one of " + lifecycle.labels());
        }
        if (!hasIntent(delivery)) {
            delivery.take(chosen);
        }
    }

    private void takeProfileOfTicket(Delivery delivery) {
        ProfileSettings own = settings.profiles().get(delivery.ticket().profile());
        if (own != null && !delivery.flow().syncBack()) {
            delivery.take(own);
        }
    }

    public boolean hasIntent(Delivery delivery) {
        return delivery.getIntent() != null;
    }

    /** Whether it is open if ServiceNow has what was intended. */
    public boolean isInDoubt(Delivery delivery) {
        return hasIntent(delivery) && !delivery.getIntent().written();
    }

    public boolean isUndecided(Delivery delivery) {
        return !hasIntent(delivery);
    }

    /**
     * Whether a record that is there already may be the group's (P13): asked before a ticket is opened. Before the next generation
     * and where ServiceNow refused the one that is known, too: a ledger that was restored from a back-up may not know what came
     * of it.
     */
    public boolean mayAdopt(Delivery delivery) {
        return isUndecided(delivery)
                && delivery.flow().baseline() == Baseline.ADOPT
                && delivery.claimed()
                        .latest()
                        .map(ticket -> ticket.phase() != Phase.OPEN
                                || ticket.reached()
                                || delivery.flow().newTicketAfterDays().isPresent())
                        .orElse(true)
                && delivery.group().failing() > 0
                && !delivery.group().head().isStorm();
    }

    /** Whether any other record may be: only a group that never had a ticket. */
    public boolean mayAdoptQueried(Delivery delivery) {
        return mayAdopt(delivery) && delivery.claimed().latest().isEmpty();
    }

    /** Finds records that carry the group's correlation id, of whatever generation. */
    public ServiceNowCall adoptable(Delivery delivery) {
        groups.keep(delivery.claimed());
        return ServiceNowCall.find(
                delivery.profile().table(),
                EncodedQuery.where(
                                "correlation_display",
                                Ticket.display(delivery.flow().name()))
                        .contains(
                                "correlation_id",
                                Ticket.correlationPrefix(delivery.group().id()))
                        .orderBy("sys_created_on"),
                Row.STATE_COLUMNS,
                100);
    }

    /** Takes over the newest generation there is, if the ledger does not know it. */
    public Delivery adopt(Delivery delivery, List<Map<String, Object>> rows) {
        String prefix = Ticket.correlationPrefix(delivery.group().id());
        MissingTickets.requireNoneHidden(
                rows,
                "A record with correlation_id " + prefix,
                delivery.profile().table());
        int missing = delivery.claimed()
                .latest()
                .map(ticket -> ticket.generation() + (ticket.phase() == Phase.INTENDED ? 0 : 1))
                .orElse(1);
        return rows.stream()
                .filter(row -> Row.text(row, "correlation_id").matches(prefix + "[1-9]\\d{0,8}"))
                .filter(row -> generation(row, prefix) >= missing)
                .max(Comparator.comparingInt(row -> generation(row, prefix)))
                .map(row -> adopted(delivery, row, generation(row, prefix)))
                .orElse(delivery);
    }

    /** Takes over the one open record that the profile's query finds; of several it can't be told which is meant. */
    public Delivery adoptQueried(Delivery delivery, List<Map<String, Object>> rows) {
        List<Map<String, Object>> open = rows.stream()
                .filter(row -> Row.seen(delivery.profile().table(), row).phase() == Phase.OPEN)
                .toList();
        if (open.size() > 1) {
            log.warn(
                    "Several records match the adopt-query; none is adopted. profile={} group=\"{}\" records={}",
                    delivery.profile().name(),
                    Lines.cut(Lines.one(delivery.group().label()), 200),
                    open.size());
        }
        return open.size() == 1 ? adoptedByQuery(delivery, open.get(0)) : delivery;
    }

    /** One record is one group's: else the first group that is clean would resolve it for all. */
    private Delivery adoptedByQuery(Delivery delivery, Map<String, Object> row) {
        String profile = delivery.profile().name();
        String key = Row.text(row, "correlation_id");
        boolean isFree = !key.startsWith(Ticket.CORRELATION)
                || key.startsWith(Ticket.correlationPrefix(delivery.group().id()));
        if (isFree
                && tickets.adoptFound(
                        delivery.claimed(),
                        profile,
                        delivery.profile().table(),
                        Row.seen(delivery.profile().table(), row),
                        hasReached(delivery, row))) {
            return again(delivery, row, 1, "found by the profile's adopt-query");
        }
        if (sharedQueries.add(profile)) {
            log.warn(
                    "The adopt-query finds the ticket of another group; one record is adopted once, and the others get a"
                            + " ticket of their own. Make ticketbridge.profile.{}.adopt-query tell the groups apart; this is"
                            + " said once. number={} group=\"{}\"",
                    profile,
                    Row.text(row, "number"),
                    Lines.cut(Lines.one(delivery.group().label()), 200));
        }
        return delivery;
    }

    private static int generation(Map<String, Object> row, String prefix) {
        return Integer.parseInt(Row.text(row, "correlation_id").substring(prefix.length()));
    }

    private Delivery adopted(Delivery delivery, Map<String, Object> row, int generation) {
        String table = delivery.profile().table();
        tickets.adopt(
                delivery.claimed(),
                generation,
                delivery.profile().name(),
                table,
                Row.seen(table, row),
                hasReached(delivery, row));
        return again(delivery, row, generation, "found by its correlation_id");
    }

    private static boolean hasReached(Delivery delivery, Map<String, Object> row) {
        return Lifecycle.of(delivery.profile().table())
                .hasReached(
                        Row.text(row, "state"),
                        Row.isActive(row),
                        delivery.flow().newTicketWhenStatus());
    }

    private Delivery again(Delivery delivery, Map<String, Object> row, int generation, String how) {
        String number = Row.text(row, "number");
        history.adopted(delivery.claimed(), generation, number + " was there already: " + how);
        log.info(
                "Ticket adopted. number={} table={} flow={} group=\"{}\" reason=\"{}\"",
                number,
                delivery.profile().table(),
                delivery.flow().name(),
                Lines.cut(Lines.one(delivery.group().label()), 200),
                how);
        return again(delivery);
    }

    private Delivery again(Delivery delivery) {
        return new Delivery(delivery.flow(), delivery.profile(), groups.reload(delivery.claimed()));
    }

    /** Takes what the policy decided, unless the profile's circuit is open (P18). */
    public void take(Delivery delivery, Decision decision) {
        if (isWrite(decision.action()) && decision.action() != Action.OPEN) {
            takeProfileOfTicket(delivery);
        }
        String profile = delivery.profile().name();
        delivery.decide(
                isWrite(decision.action()) && circuits.isOpen(profile)
                        ? new Decision(
                                Action.HOLD,
                                decision.generation(),
                                "profile " + profile + " is refused again and again: " + circuits.reason(profile))
                        : decision);
        history.decided(delivery.claimed(), delivery.getDecision());
    }

    private static boolean isWrite(Action action) {
        return action != Action.HOLD && action != Action.NOTHING;
    }

    /**
     * Just before sending: makes sure that the group is still ours, and records what is about to be sent; or turns to holding
     * it, if a breaker says so.
     */
    public void intend(Delivery delivery, ServiceNowCall call) {
        Action action = delivery.getDecision().action();
        Quota quota = delivery.group().letGo() || delivery.group().head().isStorm()
                ? Quota.NONE
                : switch (action) {
                    case OPEN ->
                        new Quota(
                                delivery.flow().maxNewTicketsPerRun(),
                                delivery.flow().maxNewTicketsPerHour());
                    case RESOLVE -> Quota.perRun(delivery.flow().maxClosuresPerRun());
                    default -> Quota.NONE;
                };
        groups.intend(
                        delivery.claimed(),
                        delivery.writing(),
                        call.body(),
                        delivery.profile().name(),
                        delivery.profile().table(),
                        quota)
                .ifPresentOrElse(
                        delivery::intend,
                        () -> delivery.decide(new Decision(
                                Action.HOLD,
                                delivery.getDecision().generation(),
                                used(delivery, action).reason())));
    }

    private Breaker used(Delivery delivery, Action action) {
        if (action != Action.OPEN) {
            return Breaker.CLOSURES_PER_RUN;
        }
        return tickets.writes(delivery.group().runId()).opened()
                        >= delivery.flow().maxNewTicketsPerRun()
                ? Breaker.NEW_TICKETS_PER_RUN
                : Breaker.NEW_TICKETS_PER_HOUR;
    }

    /** Before each request of several that belong to one intent: all together may take longer than a claim lasts. */
    public void keep(Delivery delivery) {
        groups.keep(delivery.claimed());
    }

    /** The query that finds what an intent may have left behind, by its key. */
    public ServiceNowCall lookUp(Delivery delivery) {
        groups.keep(delivery.claimed());
        Intent intent = delivery.getIntent();
        if (intent.kind() == Intent.Kind.OPENED) {
            return ServiceNowCall.find(
                    delivery.ticket().table(),
                    EncodedQuery.where("correlation_id", correlationId(delivery))
                            .orderBy("sys_created_on"),
                    TicketColumns.all(delivery.ticket().table()),
                    10);
        }
        // Not sys_journal_field: few users may read it, and without the right it answers with no rows, as if nothing
        // was there.
        return ServiceNowCall.findBoth(
                delivery.ticket().table(),
                EncodedQuery.where("sys_id", delivery.ticket().sysId()),
                Row.STATE_COLUMNS + ",work_notes",
                10);
    }

    /**
     * Takes the answer of a look-up. Rows that do not carry the key are not ours: ServiceNow drops a condition that it does
     * not understand and answers with every row (P16).
     */
    public void lookedUp(Delivery delivery, List<Map<String, Object>> rows) {
        groups.keep(delivery.claimed());
        Intent intent = delivery.getIntent();
        boolean opened = intent.kind() == Intent.Kind.OPENED;
        String column = opened ? "correlation_id" : "sys_id";
        String key = opened ? correlationId(delivery) : delivery.ticket().sysId();
        if (rows.stream().anyMatch(row -> !Row.text(row, column).equals(key))) {
            throw new WrongAnswer("ServiceNow answered a query for " + key
                    + " with rows that do not carry it: it dropped the condition. Grant the integration's user read access to "
                    + column);
        }
        MissingTickets.requireNoneHidden(
                rows,
                opened
                        ? "A record with correlation_id " + key
                        : delivery.ticket().number(),
                delivery.ticket().table());
        if (rows.isEmpty() && !opened) {
            gone(delivery);
        }
        List<Map<String, Object>> ours = rows.stream()
                .filter(row -> opened || Row.shown(row, "work_notes").contains(intent.reference()))
                .toList();
        if (ours.isEmpty()) {
            tickets.withdraw(intent, "looked up, ServiceNow does not have it");
            delivery.intend(null);
        } else if (opened) {
            Seen seen = Row.seen(delivery.ticket().table(), ours.get(0));
            groups.atOnce(delivery.claimed(), () -> {
                recordSeen(delivery, seen, null, Map.of(), false);
                pair(delivery, ours.get(0));
            });
            say(delivery, seen);
        } else {
            Seen seen = Row.seen(delivery.ticket().table(), ours.get(0));
            delivery.ends(seen.phase().isOver());
            tickets.recordChanged(
                    delivery.claimed(), intent, seen, delivery.ticket().sentFields(), null, false);
        }
    }

    /** The record that was to be changed is not there any more: the policy decides anew, knowing that. */
    private void gone(Delivery delivery) {
        String gone = delivery.ticket().number() + " is not in ServiceNow any more";
        tickets.refused(delivery.getIntent(), gone);
        tickets.deleted(delivery.ticket());
        throw new NotNow(gone, Duration.ZERO);
    }

    private static String correlationId(Delivery delivery) {
        return Ticket.correlationId(delivery.group().id(), delivery.getIntent().generation());
    }

    /** ServiceNow answered the write: verified, recorded, said. */
    public void record(Delivery delivery, Map<String, Object> answer) {
        String table = delivery.table();
        Seen seen = Row.seen(table, answer);
        if (delivery.getIntent().kind() == Intent.Kind.OPENED && seen.sysId().isEmpty()) {
            throw new WrongAnswer("ServiceNow answered the new record without its sys_id");
        }
        // Recorded all the same, by its sys_id: else each retry would look for it in vain and open another.
        Map<String, String> sent = new HashMap<>(delivery.sent());
        String key = sent.get("correlation_id");
        boolean isKeyTaken = key == null || key.equals(Row.text(answer, "correlation_id"));
        if (!isKeyTaken) {
            sent.remove("correlation_id");
        }
        Verification verification = Verification.of(table, delivery.sent(), answer);
        report(delivery, verification, seen);
        delivery.ends(seen.phase().isOver());
        // What is kept in step, and what has attachments, is not done with yet.
        boolean last = !delivery.isInStep() && !attachments.areOwed(delivery) && !isAnotherLeftOpen(delivery);
        groups.atOnce(delivery.claimed(), () -> {
            recordSeen(delivery, seen, verification.problem(), sent, last);
            pair(delivery, answer);
            if (last) {
                closeLetters(delivery);
            }
        });
        if (last) {
            delivery.settled();
        }
        say(delivery, seen);
        if (isKeyTaken) {
            circuits.passed(delivery.profile().name());
        } else {
            circuits.refused(delivery.profile().name(), verification.problem());
        }
    }

    private void recordSeen(Delivery delivery, Seen seen, String problem, Map<String, String> sent, boolean last) {
        Intent intent = delivery.getIntent();
        delivery.recorded(seen.sysId(), seen.number());
        if (intent.kind() == Intent.Kind.OPENED) {
            tickets.recordOpened(delivery.claimed(), intent, seen, SentFields.of(sent), problem, last);
        } else {
            tickets.recordChanged(
                    delivery.claimed(),
                    intent,
                    seen,
                    SentFields.merge(delivery.ticket().sentFields(), sent),
                    problem,
                    last);
        }
    }

    private void say(Delivery delivery, Seen seen) {
        Intent intent = delivery.getIntent();
        listener.written(delivery.flow().name(), intent.kind(), tickets.lag(delivery.claimed()));
        log.info(
                "Ticket {}. number={} table={} flow={} group=\"{}\" reason=\"{}\"",
                intent.kind().word(),
                seen.number(),
                delivery.table(),
                delivery.flow().name(),
                Lines.cut(Lines.one(delivery.group().label()), 200),
                Lines.one(intent.reason()));
    }

    /** A new ticket is in step with the case that it was opened from. */
    private void pair(Delivery delivery, Map<String, Object> answer) {
        if (!delivery.isInStep() || delivery.getIntent().kind() != Intent.Kind.OPENED) {
            return;
        }
        Head head = Tickets.headShown(delivery.claimed(), delivery.getIntent());
        Map<SyncField, Both> fields = new EnumMap<>(SyncField.class);
        TicketColumns.fields(delivery.table(), answer)
                .forEach((field, value) ->
                        fields.put(field, new Both(SourceFields.of(head).get(field), value)));
        pairs.opened(
                delivery.claimed(),
                delivery.getIntent().generation(),
                new Agreement(
                        fields,
                        SourceFields.others(head.attributes()),
                        Map.of(
                                TicketColumns.ASSIGNED_TO, Row.text(answer, TicketColumns.ASSIGNED_TO),
                                TicketColumns.CLOSE_NOTES, Row.text(answer, TicketColumns.CLOSE_NOTES))),
                Row.mark(answer),
                head.notes().stream().map(Note::id).toList());
    }

    /** Takes the plan that brings the ticket into step, and what it asks of ServiceNow as the decision. */
    public void plan(Delivery delivery, SyncPlan plan, Sourced sourced, TicketRecord record) {
        delivery.plan(plan, sourced.finding().orElse(null), record);
        if (!record.present()) {
            tickets.deleted(delivery.ticket());
        }
        if (!plan.problems().isEmpty()) {
            String problem = String.join("; ", plan.problems());
            log.error(
                    "A ticket can't be kept in step. number={} flow={} cause=\"{}\"",
                    delivery.ticket().number(),
                    delivery.flow().name(),
                    problem);
            delivery.notTaken();
            deadLetters.refused(
                    delivery.flow().name(),
                    delivery.group().runId(),
                    "no-map",
                    delivery.group().id(),
                    problem,
                    "");
        }
        delivery.decide(new Decision(plan.action(), delivery.getDecision().generation(), plan.reason()));
        if (plan.leavesSourceAlone()) {
            history.decided(delivery.claimed(), delivery.getDecision());
        }
    }

    /** Whether ServiceNow is to be written to. */
    public boolean isWrite(Delivery delivery) {
        return isWrite(delivery.getDecision().action());
    }

    private void report(Delivery delivery, Verification verification, Seen seen) {
        if (verification.problem() != null) {
            log.error(
                    "ServiceNow did not take all of a ticket. number={} profile={} problem=\"{}\"",
                    seen.number(),
                    delivery.profile().name(),
                    verification.problem());
            delivery.notTaken();
            deadLetters.refused(
                    delivery.flow().name(),
                    delivery.group().runId(),
                    "not-taken",
                    delivery.group().id(),
                    verification.problem(),
                    delivery.sent().toString());
        }
        for (String column : verification.rewritten()) {
            if (reportedRewrites.add(delivery.profile().name() + "." + column)) {
                log.info(
                        "The instance rewrites a column as its rules say; this is said once. profile={} column={}",
                        delivery.profile().name(),
                        column);
            }
        }
    }

    /**
     * What was looked up is written: settled, or, where both sides are kept in step, decided anew, for it is only a part of
     * what was to be done.
     */
    public Delivery settleLookedUp(Delivery delivery, Exchange exchange) {
        if (!delivery.isInStep()) {
            settle(delivery);
            return delivery;
        }
        tickets.done(delivery.getIntent());
        Delivery again = again(delivery);
        exchange.setProperty("delivery", again);
        return again;
    }

    /** A new ticket is settled; one that is kept in step is looked at once more, so that its case is told of it. */
    public void settleOpened(Delivery delivery) {
        settle(delivery, delivery.isInStep());
    }

    /** Nothing is owed any more, attachments included. */
    public void settle(Delivery delivery) {
        settle(delivery, isAnotherLeftOpen(delivery));
    }

    /** Once the latest is resolved, those before it that were left open follow, each with an intent of its own. */
    private static boolean isAnotherLeftOpen(Delivery delivery) {
        return delivery.isOver()
                && delivery.getIntent() != null
                && delivery.getIntent().kind() == Intent.Kind.RESOLVED
                && delivery.claimed().tickets().stream()
                        .skip(1)
                        .anyMatch(
                                ticket -> ticket.phase() == Phase.OPEN && ticket.generation() != delivery.generation());
    }

    private void settle(Delivery delivery, boolean again) {
        if (!delivery.isSettled()) {
            groups.atOnce(delivery.claimed(), () -> settleNow(delivery, again));
            delivery.settled();
        }
    }

    private void settleNow(Delivery delivery, boolean again) {
        if (delivery.getIntent() != null) {
            tickets.done(delivery.getIntent());
        }
        long version = delivery.getIntent() == null
                ? delivery.group().version()
                : delivery.getIntent().version();
        if (again) {
            groups.settleAndLookAgain(delivery.claimed(), version);
        } else {
            groups.settle(delivery.claimed(), version);
        }
        closeLetters(delivery);
    }

    /** Those of an earlier try, unless this one has left one, too. */
    private void closeLetters(Delivery delivery) {
        if (!delivery.isNotTaken() && !delivery.claimed().isFirst()) {
            deadLetters.settle(delivery.group().id());
        }
    }

    /** A breaker or an open circuit holds the group (P12, P18). */
    public void hold(Delivery delivery) {
        String reason = delivery.getDecision().reason();
        if (heldRuns.add(delivery.group().runId())) {
            log.warn(
                    "Tickets are held; they follow with the next pass or with release. flow={} reason=\"{}\"",
                    delivery.flow().name(),
                    reason);
            // What may be adopted is looked for one by one, and so held one by one.
            if (Breaker.holdsOpenings(reason) && delivery.flow().baseline() != Baseline.ADOPT) {
                held.holdSurplus(delivery.claimed(), reason);
            }
        }
        history.decided(delivery.claimed(), delivery.getDecision());
        groups.hold(delivery.claimed(), reason);
    }
}
